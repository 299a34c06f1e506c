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
    "pytorch/torch-2-types.pt",
    "pytorch/torch-2-recurrent.pt",
  ],
  "pytorch-legacy": [
    "pytorch/dtypes-legacy.pt",
    "pytorch/nested-legacy.pt",
    "pytorch/protocol-4-legacy.pt",
  ],
  npz: ["numpy/stored.npz", "numpy/deflated.npz", "numpy/streamed.npz"],
  npy: ["numpy/version-1.npy", "numpy/version-3.npy"],
  gguf: ["gguf/every-type.gguf", "gguf/aligned.gguf", "gguf/split-00002-of-00003.gguf"],
  flax: ["flax/train-state.msgpack", "flax/types.msgpack", "flax/chunked.msgpack"],
  onnx: ["onnx/every-type.onnx", "onnx/pieces.onnx", "onnx/external.onnx", "onnx/sparse.onnx"],
  tensorflow: [
    "tensorflow/every-dtype/model.index",
    "tensorflow/partitioned/model.ckpt-1.index",
    "tensorflow/snappy/model.index",
    "tensorflow/training/checkpoint",
  ],
  tfjs: ["tfjs/sharded/model.json", "tfjs/quantised/model.json", "tfjs/layers/model.json"],
  hdf5: [
    "hdf5/types.h5",
    "hdf5/chunked.h5",
    "hdf5/chunked-latest.h5",
    "hdf5/groups.h5",
    "hdf5/groups-latest.h5",
    "hdf5/resizable.h5",
    "hdf5/newest.h5",
    "hdf5/lzf.h5",
    "hdf5/partly.h5",
  ],
  keras: [
    "keras/model.keras",
    "keras/deflated.keras",
    "keras/legacy.h5",
    "keras/keras2.h5",
    "keras/keras2.keras",
    "keras/sharded/model.weights.json",
    "keras/sharded/model_00001.weights.h5",
  ],
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
