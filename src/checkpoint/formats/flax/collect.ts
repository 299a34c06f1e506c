import type { ByteSource } from "../../byte-source";
import type { TensorRole } from "../../checkpoint";
import { JoinedSource } from "../../joined-source";
import { MAX_TENSORS } from "../../limits";
import type { PlacedTensor } from "../../placed-tensor";
import { elementCount } from "../../shape";
import type { FlaxArray } from "./array";
import type { MsgpackReader } from "./reader";
import { walkFlax, type FlaxValue } from "./walk";

/** Marks a dictionary of "shape" and "chunks" that stands for an array too large for one extension. */
const CHUNKED = "/__msgpack_chunked_array__";

export interface FlaxContent {
  readonly tensors: readonly PlacedTensor[];
  /** Numbers and texts by their paths. */
  readonly values: ReadonlyMap<string, FlaxValue["value"]>;
}

/**
 * Lists a file's arrays, called by the keys that lead to them, joined by "/".
 * @throws CheckpointError
 */
export async function collectFlax(file: ByteSource, reader: MsgpackReader): Promise<FlaxContent> {
  const arrays = new Map<string, FlaxArray>();
  const values = new Map<string, FlaxValue["value"]>();
  await walkFlax(reader, {
    array: (path, array) => {
      const name = path.join("/");
      if (arrays.size === MAX_TENSORS) reader.fail(`more than ${MAX_TENSORS} arrays`);
      if (arrays.has(name)) reader.fail("a name that occurs twice");
      arrays.set(name, array);
    },
    value: (path, value) => {
      if (values.size === MAX_TENSORS) reader.fail(`more than ${MAX_TENSORS} values`);
      values.set(path.join("/"), value);
    },
  });
  const chunked = [...values.keys()].filter((name) => name.endsWith(CHUNKED));
  const chunks = chunked.map((name) => {
    const prefix = name.slice(0, -CHUNKED.length);
    values.delete(name);
    return joinChunks(file, prefix, arrays, values) ?? reader.fail("an array in wrong chunks");
  });
  const whole = Array.from(arrays, ([name, { dtype, shape, offset, bytes }]) =>
    place(name, dtype, shape, bytes === 0 ? 0 : offset, file),
  );
  return { tensors: [...whole, ...chunks], values };
}

/** The array of a dictionary of chunks, whose parts are taken out of what was collected. */
function joinChunks(
  file: ByteSource,
  prefix: string,
  arrays: Map<string, FlaxArray>,
  values: Map<string, FlaxValue["value"]>,
): PlacedTensor | null {
  const shape = take(values, `${prefix}/shape/`).map(Number);
  const parts = take(arrays, `${prefix}/chunks/`);
  if (parts.length === 0 || parts.some(({ dtype }) => dtype !== parts[0].dtype)) return null;
  return place(prefix, parts[0].dtype, shape, 0, new JoinedSource(file, parts));
}

/** What is called prefix0, prefix1 and so on. */
function take<T>(map: Map<string, T>, prefix: string): T[] {
  const taken: T[] = [];
  for (let i = 0; map.has(`${prefix}${i}`); i++) {
    taken.push(map.get(`${prefix}${i}`)!);
    map.delete(`${prefix}${i}`);
  }
  return taken;
}

function place(
  name: string,
  dtype: FlaxArray["dtype"],
  shape: readonly number[],
  offset: number,
  source: ByteSource,
): PlacedTensor {
  const parameters = elementCount(shape);
  return { name: name || "array", role: roleOf(name), dtype, shape, parameters, source, offset };
}

/** By the collections of Flax and the fields of its TrainState. */
function roleOf(name: string): TensorRole {
  const keys = name.split("/").slice(0, -1);
  if (keys.includes("opt_state")) return "optimizer";
  if (keys.some((key) => /^(ema|ema_params|params_ema)$/.test(key))) return "average";
  if (keys.includes("batch_stats")) return "buffer";
  return keys.length === 0 && /^(step|rng|key)$/.test(name) ? "other" : "weight";
}
