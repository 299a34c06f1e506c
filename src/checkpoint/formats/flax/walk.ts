import type { FlaxArray } from "./array";
import { ARRAY, readFlaxArray, SCALAR } from "./array";
import type { MsgpackReader, Token } from "./reader";

export type FlaxValue = Token & { readonly kind: "value" };

/** What a Flax file holds, by the path of dictionary keys that lead to it. */
export interface FlaxVisitor {
  array(path: readonly string[], array: FlaxArray): void;
  value(path: readonly string[], value: FlaxValue["value"]): void;
}

const MAX_DEPTH = 100;
const MAX_NAME = 2000;

/**
 * Walks through the nested dictionaries of a file.
 * @throws CheckpointError
 */
export async function walkFlax(reader: MsgpackReader, visitor: FlaxVisitor): Promise<void> {
  const path: string[] = [];
  let nameLength = 0;
  await visit();

  async function visit(): Promise<void> {
    const token = await reader.next();
    if (token.kind === "value") visitor.value(path, token.value);
    else if (token.kind === "binary") reader.skip(token.length);
    else if (token.kind === "extension") await extension(token.type, token.length);
    else await members(token.kind, token.count);
  }

  async function extension(type: number, length: number): Promise<void> {
    if (type === ARRAY || type === SCALAR) visitor.array(path, await readFlaxArray(reader, length));
    else reader.skip(length);
  }

  async function members(kind: "map" | "array", count: number): Promise<void> {
    if (path.length === MAX_DEPTH) reader.fail("dictionaries nested too deeply");
    for (let i = 0; i < count; i++) {
      const key = kind === "map" ? await reader.next() : null;
      if (key && key.kind !== "value") return reader.fail("a key that is no text");
      const name = String(key ? key.value : i);
      nameLength += name.length + 1;
      if (nameLength > MAX_NAME) reader.fail("a name that is too long");
      path.push(name);
      await visit();
      path.pop();
      nameLength -= name.length + 1;
    }
  }
}
