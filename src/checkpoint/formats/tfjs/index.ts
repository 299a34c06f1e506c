import type { ByteSource, Folder } from "../../byte-source";
import type { Checkpoint, TensorRole, UnreadableTensor } from "../../checkpoint";
import { CheckpointError } from "../../error";
import type { CheckpointFormat } from "../../format";
import { quoted } from "../../quoted";
import { CompanionFiles } from "../companion-files";
import { Concatenated } from "../concatenated";
import { StoredCheckpoint, type StoredTensor } from "../stored-checkpoint";
import { parseModelJson, type ManifestWeight, type ModelJson } from "./manifest";
import { placeWeights } from "./place-weights";

/** A graph-model's topology is in the JSON: tens of megabytes at most. */
const MAX_JSON = 1 << 26;

/**
 * TensorFlow.js models (tfjs-core, io/types.ts: ModelJSON): model.json and the binary files that it names, of
 * layers-models and graph-models.
 */
export const tfjs: CheckpointFormat = {
  recognises(head) {
    const text = new TextDecoder().decode(head);
    return (
      text.trimStart().startsWith("{") &&
      /"(modelTopology|weightsManifest)"|"(layers|graph)-model"/.test(text)
    );
  },
  open: openTfjs,
  inDirectory: (names) => (names.includes("model.json") ? "model.json" : null),
};

async function openTfjs(file: ByteSource, folder: Folder): Promise<Checkpoint> {
  const fail = (reason: string): never => {
    throw new CheckpointError(file.path, reason, 0);
  };
  const size = await file.size();
  if (size > MAX_JSON) fail(`a model.json of ${size} bytes`);
  const text = new Uint8Array(size);
  await file.read(text, 0);
  const parsed = parseModelJson(new TextDecoder().decode(text));
  if ("reason" in parsed) return fail(`model.json: ${parsed.reason}`);
  const companions = new CompanionFiles(file, folder);
  try {
    const tensors: StoredTensor[] = [];
    const unreadable: UnreadableTensor[] = [];
    for (const { paths, weights } of parsed.model.weightsManifest) {
      const files: ByteSource[] = [];
      for (const name of paths) {
        if (name.includes("/")) fail(`the data file ${quoted(name)} is not beside it`);
        files.push(await companions.open(name));
      }
      const stream = await Concatenated.of(files);
      for await (const { weight, tensor } of placeWeights(stream, weights, fail))
        if (tensor) tensors.push({ ...tensor, name: weight.name, role: roleOf(weight) });
        else unreadable.push({ name: weight.name, reason: "holds text" });
    }
    const metadata = metadataOf(parsed.model);
    const opened = [file, companions];
    return new StoredCheckpoint(file.path, "tfjs", tensors, metadata, opened, unreadable);
  } catch (error) {
    await companions.close();
    throw error;
  }
}

function roleOf({ name, group }: ManifestWeight): TensorRole {
  if (group === "optimizer") return "optimizer";
  return /(^|\/)moving_(mean|variance)(_\d+)?$/.test(name) ? "buffer" : "weight";
}

function metadataOf(model: ModelJson): Map<string, string> {
  const metadata = new Map<string, string>();
  for (const key of ["format", "generatedBy", "convertedBy"] as const)
    if (model[key]) metadata.set(key, model[key]);
  return metadata;
}
