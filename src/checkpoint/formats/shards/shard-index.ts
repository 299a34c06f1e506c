import type { ByteSource, Folder } from "../../byte-source";
import type { Checkpoint } from "../../checkpoint";
import { isPlainName } from "../../disk-folder";
import { CheckpointError } from "../../error";
import type { CheckpointFormat } from "../../format";
import { quoted } from "../../quoted";
import { joinShards, listed, openShards, type Shards } from "./open-shards";

/** A name takes about 100 bytes. */
const MAX_INDEX_BYTES = 1 << 26;
const HEAD_BYTES = 1 << 16;

/**
 * The index of Hugging Face's sharded checkpoints, such as model.safetensors.index.json: a JSON object whose
 * "weight_map" says which file each tensor is in. It must say what the files hold, neither more nor less.
 */
export const shardIndex: CheckpointFormat = {
  recognises: async (head, file) => {
    if (!/^\s*\{/.test(Buffer.from(head.subarray(0, 64)).toString("latin1"))) return false;
    const start = Buffer.alloc(Math.min(HEAD_BYTES, await file.size()));
    await file.read(start, 0);
    return start.includes('"weight_map"');
  },
  open: openIndex,
  inDirectory: (names) => {
    const ending = (end: string) => names.filter((name) => name.endsWith(end));
    const safetensors = ending(".safetensors.index.json");
    const indexes = safetensors.length > 0 ? safetensors : ending(".bin.index.json");
    const usual = indexes.filter((name) => name.startsWith("model.") || name.startsWith("pytorch"));
    if (indexes.length === 1) return indexes[0];
    return usual.length === 1 ? usual[0] : null;
  },
};

async function openIndex(file: ByteSource, folder: Folder): Promise<Checkpoint> {
  const { weightMap, metadata } = await readIndex(file);
  await file.close();
  const names = [...new Set(weightMap.values())].sort();
  const odd = names.find((name) => !isPlainName(name));
  if (odd !== undefined)
    throw new CheckpointError(file.path, `the shard ${quoted(odd)} is not a plain name of a file`);
  const shards = await openShards(folder, names);
  try {
    compare(file.path, weightMap, shards);
    return joinShards(file.path, shards, metadata);
  } catch (error) {
    await Promise.all(Array.from(shards.values(), (shard) => shard.close()));
    throw error;
  }
}

/** A stale index names tensors that are elsewhere or nowhere; an incomplete one leaves some out. */
function compare(path: string, weightMap: ReadonlyMap<string, string>, shards: Shards): void {
  const unreadable = new Set(
    [...shards.values()].flatMap((shard) => shard.unreadable.map(({ name }) => name)),
  );
  const stale = [...weightMap].filter(
    ([name, shard]) => !shards.get(shard)?.tensor(name) && !unreadable.has(name),
  );
  if (stale.length > 0) {
    const [[, shard]] = stale;
    const where = listed(stale.map(([name]) => name));
    throw new CheckpointError(
      path,
      `the index is stale: ${quoted(shard)} and others lack ${where}`,
    );
  }
  const left = [...shards.values()].flatMap(({ tensors }) =>
    tensors.map(({ name }) => name).filter((name) => !weightMap.has(name)),
  );
  if (left.length > 0)
    throw new CheckpointError(path, `the index is incomplete: it lacks ${listed(left)}`);
}

interface ShardIndex {
  readonly weightMap: ReadonlyMap<string, string>;
  readonly metadata: ReadonlyMap<string, string>;
}

async function readIndex(file: ByteSource): Promise<ShardIndex> {
  const fail = (reason: string): never => {
    throw new CheckpointError(file.path, reason, 0);
  };
  const size = await file.size();
  if (size > MAX_INDEX_BYTES) fail(`an index of ${size} bytes is larger than ${MAX_INDEX_BYTES}`);
  const bytes = new Uint8Array(size);
  await file.read(bytes, 0);
  const { weight_map: map, metadata } = entries(
    parse(bytes) ?? fail("the index is not valid JSON"),
  );
  const weightMap = Object.entries(entries(map));
  if (weightMap.length === 0) fail("the index has no weight_map");
  const texts = weightMap.filter((pair): pair is [string, string] => typeof pair[1] === "string");
  if (texts.length < weightMap.length) fail("the index's weight_map names no file for a tensor");
  const about = Object.entries(entries(metadata)).map(([key, value]): [string, string] => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return { weightMap: new Map(texts), metadata: new Map(about) };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return null;
  }
}

function entries(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
