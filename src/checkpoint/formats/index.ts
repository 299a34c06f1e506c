import type { CheckpointFormat } from "../format";
import { onnx } from "./onnx";
import { safetensors } from "./safetensors";

/** Every format, in the order in which they are asked whether a file is theirs. */
export const formats: readonly CheckpointFormat[] = [safetensors, onnx];
