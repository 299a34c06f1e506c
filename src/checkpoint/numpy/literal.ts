/** A Python literal: tuples and lists are arrays. */
export type Literal = string | number | boolean | null | Literal[] | Map<string, Literal>;

const MAX_DEPTH = 16;
const token = /\s*(?:'([^'\\]*)'|"([^"\\]*)"|(\d+)L?|(True|False|None)\b|([{}()[\],:]))/y;

/** Reads the literals of an .npy header and nothing else; undefined where the text is anything else. */
export function parseLiteral(text: string): Literal | undefined {
  const tokens: (string | Literal[])[] = [];
  token.lastIndex = 0;
  let end = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [, single, double, digits, name, sign] = match as (string | undefined)[];
    if (sign !== undefined) tokens.push(sign);
    else if (digits !== undefined) tokens.push([Number(digits)]);
    else if (name !== undefined) tokens.push([name === "None" ? null : name === "True"]);
    else tokens.push([single ?? double ?? ""]);
    end = token.lastIndex;
  }
  if (text.slice(end).trim() !== "") return undefined;
  let at = 0;
  const value = read(0);
  return at === tokens.length ? value : undefined;

  /** Leaves `at` behind what was read. */
  function read(depth: number): Literal | undefined {
    const next = tokens[at++] as string | Literal[] | undefined;
    if (next === undefined || depth > MAX_DEPTH) return undefined;
    if (typeof next !== "string") return next[0];
    if (next === "{") return dictionary(depth);
    return next === "(" ? list(")", depth) : next === "[" ? list("]", depth) : undefined;
  }

  function list(close: string, depth: number): Literal[] | undefined {
    const items: Literal[] = [];
    while (tokens[at] !== close) {
      const item = read(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      if (tokens[at] === ",") at++;
      else if (tokens[at] !== close) return undefined;
    }
    at++;
    return items;
  }

  function dictionary(depth: number): Map<string, Literal> | undefined {
    const entries = new Map<string, Literal>();
    while (tokens[at] !== "}") {
      const key = read(depth + 1);
      if (typeof key !== "string" || entries.has(key) || tokens[at++] !== ":") return undefined;
      const value = read(depth + 1);
      if (value === undefined) return undefined;
      entries.set(key, value);
      if (tokens[at] === ",") at++;
      else if (tokens[at] !== "}") return undefined;
    }
    at++;
    return entries;
  }
}
