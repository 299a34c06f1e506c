import { type ModelEntry, findModel } from "../../catalogue/models";
import { alexNet } from "./alexnet";
import { type StackOf, stackedClassifier } from "./classifier";
import type { ModelDefinition, ModelSizes } from "./definition";
import { googLeNet } from "./googlenet";
import { mnistDense } from "./mnist-dense";
import { resNet } from "./resnet";
import { tfCnn } from "./tf-cnn";
import { tfMnist } from "./tf-mnist";
import { vgg } from "./vgg";
import { yoloV3 } from "./yolo-v3";

export { type Stack, stackedClassifier } from "./classifier";
export type { ModelDefinition, TargetDescription } from "./definition";

/** What may be asked of a built-in model; what is left out or null is as in its paper and on its dataset. */
export interface ModelVariant {
  /** Label kinds of the dataset. */
  readonly labelKinds?: number;
  readonly depth?: number | null;
  readonly width?: number;
  readonly inputSize?: number | null;
}

type Define = (sizes: ModelSizes) => ModelDefinition;

const stacked =
  (stackOf: StackOf, options?: Parameters<typeof stackedClassifier>[2]): Define =>
  (sizes) =>
    stackedClassifier(sizes, stackOf(sizes), options);

const models: Readonly<Record<string, Define | undefined>> = {
  "mnist-dense": stacked(mnistDense),
  "tf-cnn": stacked(tfCnn),
  "tf-mnist": stacked(tfMnist),
  googlenet: stacked(googLeNet, { auxiliaryWeight: 0.3 }),
  resnet: stacked(resNet, { scheme: "he-normal" }),
  vgg: stacked(vgg),
  alexnet: stacked(alexNet),
  "yolo-v3": yoloV3,
};

/** Models whose step eager tfjs computes in seconds as they are. */
const quick = ["mnist-dense", "tf-cnn", "tf-mnist"];

const definitions = new Map<string, ModelDefinition>();

/** A variant of the built-in model of that id, always the same object; throws where there is none. */
export function modelDefinition(id: string, variant: ModelVariant = {}): ModelDefinition {
  const entry = findModel(id);
  const define = models[id];
  if (entry === undefined || define === undefined) throw new Error(`There is no model "${id}".`);
  const { width = 1 } = variant;
  const labelKinds = variant.labelKinds ?? entry.labelKinds;
  const depth = variant.depth ?? entry.depth;
  const inputSize = variant.inputSize ?? entry.inputShape[0];
  const key = JSON.stringify([id, labelKinds, depth, width, inputSize]);
  const known = definitions.get(key);
  if (known) return known;
  const definition = {
    ...define({
      id,
      batchSize: entry.batchSize,
      inputShape: [inputSize, inputSize, entry.inputShape[2]],
      outputs: outputsFor(entry, labelKinds),
      filters: scaledBy(width),
      depth,
    }),
    ...verification(entry, { labelKinds, depth, width, inputSize }),
  };
  definitions.set(key, definition);
  return definition;
}

/** The MNIST demo tells two digits apart with one logit. */
function outputsFor({ id }: ModelEntry, labelKinds: number): number {
  return id === "tf-mnist" && labelKinds === 2 ? 1 : labelKinds;
}

/** Multiples of 8, for convolutions run on blocks of 8 channels; of the published width what is published. */
function scaledBy(width: number): (published: number) => number {
  return (published) =>
    width === 1 ? published : Math.max(8, 8 * Math.round((published * width) / 8));
}

/** A small variant to verify a large one with; none of one that is small itself. */
function verification(
  { id, inputSizes: { least, step } }: ModelEntry,
  { width, inputSize, depth, labelKinds }: Required<ModelVariant>,
): Pick<ModelDefinition, "verifyWith"> {
  // The least size leaves some layers a single pixel.
  const small = Math.min(inputSize ?? Infinity, least + 32 * Math.ceil(step / 32));
  const narrow = Math.min(width, 1 / 8);
  // A hundred layers of batch norm are chaotic at such sizes; fifty are made of the same blocks.
  const shallow = depth === null ? null : Math.min(depth, 50);
  if (quick.includes(id) || (inputSize === small && width === narrow && depth === shallow))
    return {};
  const options = { labelKinds, width: narrow, inputSize: small, depth: shallow };
  return { verifyWith: modelDefinition(id, options) };
}
