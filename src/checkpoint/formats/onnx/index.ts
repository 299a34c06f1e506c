import type { ByteSource, Folder } from "../../byte-source";
import type { Checkpoint, UnreadableTensor } from "../../checkpoint";
import { CheckpointError } from "../../error";
import type { CheckpointFormat } from "../../format";
import { CompanionFiles } from "../companion-files";
import { FileFields } from "../protobuf/file-fields";
import { readField } from "../protobuf/wire";
import { StoredCheckpoint, type StoredTensor } from "../stored-checkpoint";
import { placeTensor } from "./place-tensor";
import { scanModel } from "./scan-model";

/**
 * ONNX models (https://onnx.ai/onnx/repo-docs/IR.html): a ModelProto whose graph's initializers are the weights.
 * Protobuf has no magic number; every writer begins with ir_version, field 1, a small number.
 */
export const onnx: CheckpointFormat = {
  recognises(head) {
    const first = readField(head, 0);
    const second = first && readField(head, first.end);
    const isVersion = first?.number === 1 && first.value > 0 && first.value < 1000;
    return isVersion && second !== null && modelFields.has(second.number);
  },
  open: openOnnx,
};

/** Numbers of ModelProto's other fields. */
const modelFields = new Set([2, 3, 4, 5, 6, 7, 8, 14, 20, 25, 26]);

async function openOnnx(file: ByteSource, folder: Folder): Promise<Checkpoint> {
  const { hasGraph, scanned, statistics, metadata } = await scanModel(await FileFields.of(file));
  if (!hasGraph) throw new CheckpointError(file.path, "not an ONNX model: no graph in it", 0);
  const companions = new CompanionFiles(file, folder);
  try {
    const tensors: StoredTensor[] = [];
    const unreadable: UnreadableTensor[] = [];
    for (const each of scanned) {
      const tensor = await placeTensor(file, companions, each);
      if ("reason" in tensor) unreadable.push(tensor);
      else tensors.push(statistics.has(tensor.name) ? { ...tensor, role: "buffer" } : tensor);
    }
    const files = [file, companions];
    return new StoredCheckpoint(file.path, "onnx", tensors, metadata, files, unreadable);
  } catch (error) {
    await companions.close();
    throw error;
  }
}
