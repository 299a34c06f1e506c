/**
 * The built-in models' settings, after the paper's Table 1. Data only: the scheduler, the command line and
 * the editor read it without loading a training engine; src/training/models builds the networks.
 */
export type LossName = "softmax-cross-entropy" | "sigmoid-cross-entropy";

export interface ModelEntry {
  readonly id: string;
  readonly title: string;
  /** Trainable parameters. */
  readonly parameters: number;
  /** Height, width, channels. */
  readonly inputShape: readonly [number, number, number];
  /** Units of the last layer. */
  readonly outputs: number;
  readonly loss: LossName;
  /** Dataset that the paper trains it on. */
  readonly dataset: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
}

export const models: readonly ModelEntry[] = [
  {
    id: "mnist-dense",
    title: "Dense network 784-128-10 on MNIST",
    parameters: 101_770,
    inputShape: [28, 28, 1],
    outputs: 10,
    loss: "softmax-cross-entropy",
    dataset: "mnist",
    epochs: 10,
    batchSize: 128,
    learningRate: 0.01,
  },
  {
    id: "tf-mnist",
    title: "TF MNIST demo: digits 3 and 6",
    parameters: 1_198_721,
    inputShape: [28, 28, 1],
    outputs: 1,
    loss: "sigmoid-cross-entropy",
    dataset: "mnist-3-6",
    epochs: 10,
    batchSize: 128,
    learningRate: 0.01,
  },
  {
    id: "tf-cnn",
    title: "TF CNN demo",
    parameters: 122_570,
    inputShape: [32, 32, 3],
    outputs: 10,
    loss: "softmax-cross-entropy",
    dataset: "generated-32x32x3",
    epochs: 10,
    batchSize: 128,
    learningRate: 0.01,
  },
];

/** The entry of a model, or undefined where there is none of that name. */
export function findModel(id: string): ModelEntry | undefined {
  return models.find((model) => model.id === id);
}
