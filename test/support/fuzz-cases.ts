import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * What is broken for each format: files in test/fixtures/checkpoint; those beside a file stay whole. A new format
 * joins by a line.
 */
export const fuzzCases: Readonly<Record<string, readonly string[]>> = {
  safetensors: ["every-dtype.safetensors", "shards/listed.safetensors"],
  shards: [
    "shards/indexed/model.safetensors.index.json",
    "shards/indexed/model-00002-of-00003.safetensors",
  ],
  pytorch: [
    "pytorch/dtypes.pt",
    "pytorch/nested.pt",
    "pytorch/script.pt",
    "pytorch/module.pt",
    "pytorch/numpy.pt",
    "pytorch/deflated.pt",
  ],
  "pytorch-legacy": [
    "pytorch/dtypes-legacy.pt",
    "pytorch/nested-legacy.pt",
    "pytorch/protocol-4-legacy.pt",
  ],
  npz: ["numpy/stored.npz", "numpy/deflated.npz", "numpy/streamed.npz"],
  npy: ["numpy/version-1.npy", "numpy/version-3.npy"],
  gguf: ["gguf/every-type.gguf", "gguf/aligned.gguf"],
  flax: ["flax/train-state.msgpack", "flax/types.msgpack", "flax/chunked.msgpack"],
};

const fixtures = "test/fixtures/checkpoint";

export interface FuzzFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** All files of its folder, itself too. */
  readonly folder: ReadonlyMap<string, Uint8Array>;
}

/** The files of a format. Run from the repository's root. */
export function fuzzFiles(format: string): readonly FuzzFile[] {
  return fuzzCases[format].map((file) => {
    const directory = path.join(fixtures, path.dirname(file));
    const names = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isFile());
    const folder = new Map(
      names.map((entry) => [entry.name, readFileSync(path.join(directory, entry.name))]),
    );
    const name = path.basename(file);
    return { name, bytes: folder.get(name)!, folder };
  });
}
