import type { RunSeeds } from "./results";

/** What decides a run's bytes, beside the data: hashed into the run's key. */
export interface TrainingSettings {
  readonly model: string;
  readonly dataset: string;
  /** Use only this many training images, the first ones of the label kinds trained on; null for all. */
  readonly trainingImages: number | null;
  readonly labels: LabelSettings;
  /** Random changes of training images; null for none. */
  readonly augmentation: AugmentationSettings | null;
  readonly epochs: number;
  /** Count epochs as if all label kinds were trained on: as many steps at every label fraction. */
  readonly equalSteps: boolean;
  /** "steps": after the last epoch. "fit": as soon as all training images are told right, at the latest then. */
  readonly stop: "steps" | "fit";
  /** Steps between checkpoints kept along the way; "auto" for about 20 of them, null for none. */
  readonly checkpointEvery: number | "auto" | null;
  readonly batchSize: number;
  /** Of the first step. */
  readonly learningRate: number;
  readonly schedule: LearningRateSchedule;
  readonly optimizer: OptimizerSettings;
  /** Times each kernel, added to its gradient: the L2 penalty weightDecay / 2 |kernel|^2. */
  readonly weightDecay: number;
  readonly preprocessing: Preprocessing;
  /** Layers with weights, of a model that comes in several depths; null for its own. */
  readonly depth: number | null;
  /** Filters and units over those of the model's paper. */
  readonly width: number;
  /** Height and width in pixels that images are brought to; null for the model's own. */
  readonly inputSize: number | null;
}

/** Which label kinds are trained on (Experiment 3), and with which labels (Experiment 4); see src/labels. */
export interface LabelSettings {
  /** Share of the label kinds, above 0; 1 for all. */
  readonly fraction: number;
  /** As many images at every fraction. */
  readonly equalImages: boolean;
  /** `rate` is the share of labels that are chosen, 0 to 1; null for none. */
  readonly corruption: { readonly kind: "shuffle" | "uniform"; readonly rate: number } | null;
  /** Draws kinds, images and corrupted labels, the same for every run of an experiment. */
  readonly seed: number;
}

export interface AugmentationSettings {
  /** Mirror every other image, left to right. */
  readonly flip: boolean;
  /** Move each image by up to so many pixels in both directions. */
  readonly shift: number;
}

/** How the learning rate changes over a run. Epochs may be fractions; a step counts as its share of an epoch. */
export type LearningRateSchedule =
  | { readonly name: "constant" }
  /** Times `factor` each `every` epochs or steps: at once (`staircase`), or little by little. */
  | {
      readonly name: "exponential";
      readonly factor: number;
      readonly every: number;
      readonly unit: "epochs" | "steps";
      readonly staircase: boolean;
    }
  /** Times `factor` once each of these epochs or steps is over. */
  | {
      readonly name: "step";
      readonly factor: number;
      readonly at: readonly number[];
      readonly unit: "epochs" | "steps";
    };

/**
 * What is done to an image's bytes v, each step of Table 1 taking what the one before left:
 * - "normalize": v / 255, in [0, 1];
 * - "rescale": v / 127.5 - 1, in [-1, 1] (Table 1's normalise and rescale);
 * - "subtract-mean": 2 (v / 255 - m), m the channel's mean over the training images (normalise, mean subtraction,
 *   rescale);
 * - "standardize": (v - mean) / max(standard deviation, 1 / sqrt(values)) over the image's own values, as
 *   tf.image.per_image_standardization (normalise, rescale, standardise: the last undoes the others).
 */
export type Preprocessing = "normalize" | "rescale" | "subtract-mean" | "standardize";

/** How a step's gradients change the weights; the learning rate is given with each step. */
export type OptimizerSettings =
  | { readonly name: "sgd" }
  | { readonly name: "momentum"; readonly momentum: number; readonly nesterov?: boolean }
  | {
      readonly name: "adam";
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
    };

/**
 * What a trainer is asked to compute with: "auto" is onnxruntime, or tfjs where that cannot be loaded;
 * "onnxruntime-plain" does without ONNX Runtime's blocked convolutions, "onnx-webgpu" runs it on a GPU, and tfjs-node
 * is a package that the user installs.
 */
export const engineChoices = [
  "auto",
  "onnxruntime",
  "onnxruntime-plain",
  "onnx-webgpu",
  "tfjs",
  "tfjs-node",
] as const;
export type EngineChoice = (typeof engineChoices)[number];

/** The engine a trainer computes with; part of a run's key, since it decides the bytes. */
export interface EngineDescription {
  readonly name: "onnxruntime" | "onnxruntime-webgpu" | "tfjs-cpu" | "tfjs-node";
  readonly version: string;
  /** How steps are lowered: nchwc blocks of 8 or 16 channels, or plain NCHW. */
  readonly lowering: "nchwc8" | "nchwc16" | "plain" | "none";
  /** Vector instruction set of the CPU kernels, such as "avx2" or "avx512"; "webgpu" on a GPU. */
  readonly kernelLevel: string;
  readonly threads: number;
}

/** What a training gave, beside its weights. Nothing of it depends on when or where it ran. */
export interface TrainingOutcome {
  readonly parameters: number;
  readonly steps: number;
  /** Whether the training stopped because all training images were told right; null where that was not asked. */
  readonly fitted: boolean | null;
  /** Steps after which a checkpoint was kept, rising; not the first and not the last weights. */
  readonly checkpoints: readonly number[];
  /** Mean loss over each epoch's steps; null once it is not finite. */
  readonly epochLosses: readonly (number | null)[];
  /**
   * Share of test examples classified right after training, of a detector its mean average precision (VOC, at an
   * intersection over union of 0.5); null without a test set.
   */
  readonly testAccuracy: number | null;
  /**
   * The same on training images, the first `images` of them: by the labels given, and by the true ones. This and the
   * next are null in runs of versions that did not tell.
   */
  readonly trainAccuracy: {
    readonly images: number;
    readonly given: number | null;
    readonly true: number | null;
  } | null;
  readonly labels: LabelOutcome | null;
  /** Sum over steps of the norm of the whole step's change. */
  readonly pathLength: number | null;
  /** Sum over steps of its square. */
  readonly sumSquaredSteps: number | null;
  /** The same for each tensor alone. */
  readonly tensors: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly pathLength: number | null;
    readonly sumSquaredSteps: number | null;
  }[];
}

/** What label fraction and corruption made of the training set. */
export interface LabelOutcome {
  /** Label kinds trained on, in the seeded order. */
  readonly kinds: readonly string[];
  readonly images: number;
  /** Labels in all: of images, or of boxes. */
  readonly labels: number;
  /** Of those: chosen to be corrupted, and really changed. */
  readonly chosen: number;
  readonly changed: number;
}

/** How a run went on this machine; it differs between two equal runs, so it is kept apart from them. */
export interface TrainingPace {
  /** From the request to the end of the first step: data read, model compiled, first batch decoded. */
  readonly secondsToFirstStep: number | null;
  /** Over all steps but the first. */
  readonly imagesPerSecond: number | null;
  /** Largest resident memory of the trainer's process so far. */
  readonly peakMemoryBytes: number;
}

/** Scheduler to trainer. */
export type TrainerRequest =
  /** First of all: load the engine, for all runs to come, and compile this model; answered by "ready". */
  | {
      readonly type: "prepare";
      readonly engine: EngineChoice;
      readonly settings: TrainingSettings;
      /** Label kinds of the dataset. */
      readonly labelKinds: number;
    }
  | {
      readonly type: "train";
      readonly settings: TrainingSettings;
      readonly labelKinds: number;
      readonly seeds: RunSeeds;
      readonly data: {
        /** Folder of the dataset's files; empty where the data are generated. */
        readonly folder: string;
        /** What identifies their bytes. */
        readonly sha256: string;
      };
      /** Where initial.safetensors and final.safetensors go; it exists. */
      readonly directory: string;
    }
  | { readonly type: "pause" }
  | { readonly type: "resume" };

/** Trainer to scheduler. */
export type TrainerMessage =
  | {
      readonly type: "ready";
      readonly engine: EngineDescription;
      /** Of all that a checkpoint of the model holds. */
      readonly weightBytes: number;
    }
  | {
      readonly type: "progress";
      /** Epoch under way, from 1. */
      readonly epoch: number;
      /** Steps done, of all epochs. */
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
      /** Over the last second or so; null before the second step. */
      readonly imagesPerSecond: number | null;
      /** After the last whole epoch, on the first few test images; null before. */
      readonly accuracy: number | null;
    }
  | {
      readonly type: "finished";
      readonly seconds: number;
      readonly pace: TrainingPace;
      readonly outcome: TrainingOutcome;
    }
  | {
      readonly type: "failed";
      readonly message: string;
      /** The operating system's error code, such as ENOSPC, where there is one. */
      readonly code: string | null;
    };
