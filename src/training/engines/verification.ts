import * as tf from "@tensorflow/tfjs-core";
import { RandomStream } from "../../random/stream";
import { stepNames } from "../compiler/step";
import type { ModelDefinition } from "../models";
import { kernelsFrom, tensorsOf } from "../models/initial-weights";
import { allocateMasks, fillDropoutMask } from "./dropout-masks";
import { eagerGradients } from "./eager-gradients";
import type { NamedTensor } from "./engine";
import { useFastConvolutions } from "./fast-convolution";
import { type InferenceSession, type Tensor, loadRuntime } from "./onnx-runtime";

/** What eager tfjs computed in a step, and of what. */
interface Reference {
  readonly rows: number;
  readonly images: Float32Array;
  readonly targets: readonly (Float32Array | Int32Array)[];
  /** Shapes are those of one row. */
  readonly masks: readonly { readonly values: Float32Array; readonly shape: readonly number[] }[];
  readonly state: readonly NamedTensor[];
  readonly loss: number;
  /** What the step computes of each tensor, by the name of the compiled step's output. */
  readonly results: readonly { readonly name: string; readonly values: Float32Array }[];
}

/**
 * How far a weight tensor's gradient may be from eager tfjs's, over that gradient's norm. Correct lowerings
 * differ by some 1e-6 (float32 sums in another order); a wrong one by its whole size.
 */
const tolerance = 1e-3;

/**
 * A gradient that is this much smaller than the largest counts as if it were larger: one that is 0 but for
 * rounding, as that of a bias before batch norm, need not agree in what rounding left.
 */
const negligible = 1e-3;

/**
 * How often it is tried, each time on other images and weights. Dozens of layers of batch norm over few pixels magnify
 * rounding until, now and then, a ReLU near 0 opens for one engine alone, which moves a gradient by percents (seen:
 * changing ResNet-50's inputs by 1e-7 of themselves moves its first gradient by 2e-4, or by 5e-1). A wrong lowering
 * disagrees every time.
 */
const tries = 3;

const references = new WeakMap<ModelDefinition, Map<string, Reference>>();

/**
 * Holds one step of a compiled session against eager tfjs and throws where they disagree. The session's
 * batch repeats two different rows (one, where its rows are odd): their mean gradient is that of the two
 * alone, which JavaScript computes in tolerable time.
 */
export async function verifyTrainingStep(
  model: ModelDefinition,
  session: InferenceSession,
  rows: number,
): Promise<void> {
  let disagreement: string | null = null;
  for (let attempt = 0; attempt < tries; attempt++) {
    const reference = referenceOf(model, rows % 2 === 0 ? 2 : 1, attempt);
    disagreement = await disagreementWith(reference, model, session, rows);
    if (disagreement === null) return;
  }
  throw new Error(`The compiled step of ${model.id} disagrees with tfjs in ${disagreement}.`);
}

/** Where a session's step is not the reference's: a weight's name or the loss; null where it is nowhere. */
async function disagreementWith(
  reference: Reference,
  model: ModelDefinition,
  session: InferenceSession,
  rows: number,
): Promise<string | null> {
  const { Tensor } = await loadRuntime();
  const tensor = (values: Float32Array | Int32Array, shape: readonly number[]) =>
    values instanceof Int32Array
      ? new Tensor("int32", values, shape)
      : new Tensor("float32", values, shape);
  const repeated = (values: Float32Array | Int32Array, shape: readonly number[]) => {
    const length = (values.length / reference.rows) * rows;
    const whole = values instanceof Int32Array ? new Int32Array(length) : new Float32Array(length);
    for (let start = 0; start < length; start += values.length) whole.set(values, start);
    return tensor(whole, [rows, ...shape]);
  };
  const feeds: Record<string, Tensor> = {
    [stepNames.images]: repeated(reference.images, model.inputShape),
  };
  model.targets.forEach(({ name, shape }, index) => {
    feeds[stepNames.target(name)] = repeated(reference.targets[index], shape);
  });
  reference.masks.forEach(({ values, shape }, index) => {
    feeds[stepNames.mask(index)] = repeated(values, shape);
  });
  for (const { name, values, shape } of reference.state) feeds[name] = tensor(values, shape);
  const names = reference.results.map(({ name }) => name);
  const outputs = await session.run(feeds, [stepNames.loss, ...names]);
  const loss = outputs[stepNames.loss].data as Float32Array;
  if (!(Math.abs(loss[0] - reference.loss) <= tolerance * (1 + Math.abs(reference.loss))))
    return "its loss";
  const norms = reference.results.map(({ values }) => distance(values));
  const least = negligible * Math.max(...norms);
  const wrong = reference.results.find(({ name, values }, i) => {
    const found = outputs[name].data as Float32Array;
    return !(distance(values, found) <= tolerance * Math.max(norms[i], least));
  });
  return wrong?.name ?? null;
}

function referenceOf(model: ModelDefinition, rows: number, attempt: number): Reference {
  const known = references.get(model) ?? new Map<string, Reference>();
  references.set(model, known);
  const key = `${rows}/${attempt}`;
  const reference = known.get(key) ?? computeReference(model, rows, attempt);
  known.set(key, reference);
  return reference;
}

function computeReference(model: ModelDefinition, rows: number, attempt: number): Reference {
  useFastConvolutions();
  const random = new RandomStream("verification", model.id, rows, attempt);
  let masks: readonly tf.Tensor[] = [];
  const network = model.build({
    kernelInitializer: kernelsFrom(attempt),
    masks: (index) => masks[index],
  });
  try {
    const size = model.inputShape.reduce((product, length) => product * length, rows);
    const images = Float32Array.from({ length: size }, () => random.uniform());
    const targets = (model.exampleTargets ?? exampleTargets(model))(rows, random);
    const maskValues = allocateMasks(network.dropouts, rows);
    maskValues.forEach((mask, index) => {
      fillDropoutMask(mask, network.dropouts[index].rate, attempt, 0, index);
    });
    // Biases start from 0 and batch norm's factors from 1, where leaving them out would go unseen.
    for (const { variable } of network.weights.filter(({ variable: { rank } }) => rank === 1)) {
      const changes = Float32Array.from({ length: variable.size }, () => random.normal() / 10);
      tf.tidy(() => {
        variable.assign(tf.add(variable, tf.tensor(changes, variable.shape)));
      });
    }
    const state = tensorsOf(network);
    const batch = { images, targets, rows };
    const setMasks = (tensors: readonly tf.Tensor[]) => (masks = tensors);
    const { loss, gradients } = eagerGradients(model, network, batch, maskValues, setMasks);
    const results = [
      ...network.weights.map(({ name, variable }) => ({
        name: stepNames.gradient(name),
        values: Float32Array.from(gradients[variable.name].dataSync()),
      })),
      ...network.buffers.map(({ name, variable }) => ({
        name: stepNames.updated(name),
        values: Float32Array.from(variable.dataSync()),
      })),
    ];
    tf.dispose(gradients);
    const masksOfRow = maskValues.map((values, index) => ({
      values,
      shape: network.dropouts[index].shape,
    }));
    return { rows, images, targets, masks: masksOfRow, state, loss, results };
  } finally {
    network.dispose();
  }
}

/** Integers below the model's outputs, as class indices are, and numbers below 1. */
function exampleTargets({ targets, outputs }: ModelDefinition) {
  return (rows: number, random: RandomStream) =>
    targets.map(({ dtype, shape }) => {
      const length = shape.reduce((product, size) => product * size, rows);
      return dtype === "int32"
        ? Int32Array.from({ length }, () => random.below(Math.max(outputs, 2)))
        : Float32Array.from({ length }, () => random.uniform());
    });
}

/** L2 distance, from 0 where `b` is left out. */
function distance(a: Float32Array, b?: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - (b?.[i] ?? 0)) ** 2;
  return Math.sqrt(sum);
}
