import type { CheckpointFormat } from "../format";
import { flax } from "./flax";
import { gguf } from "./gguf";
import { hdf5, keras } from "./keras";
import { kerasShards } from "./keras/sharded";
import { notRead } from "./not-read";
import { npy, npz } from "./numpy";
import { onnx } from "./onnx";
import { pytorchLegacy, pytorchTar, pytorchZip } from "./pytorch";
import { safetensors } from "./safetensors";
import { ggufSplit, shardDirectory, shardIndex } from "./shards";
import { tensorBundle } from "./tensorbundle";
import { tfjs } from "./tfjs";

/** Every format, in the order in which they are asked whether a file is theirs. */
export const formats: readonly CheckpointFormat[] = [
  safetensors,
  kerasShards,
  shardIndex,
  shardDirectory,
  pytorchZip,
  pytorchLegacy,
  pytorchTar,
  ggufSplit,
  gguf,
  npz,
  npy,
  keras,
  hdf5,
  onnx,
  tensorBundle,
  tfjs,
  flax,
  notRead,
];
