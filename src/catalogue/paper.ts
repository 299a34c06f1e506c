import type {
  PaperConfiguration,
  PaperDistance,
  PaperRank,
  PaperRemark,
  PaperValues,
} from "../protocol/paper";

/** The paper's figures: Tables 1 to 3 and the captions of its figures, model by model. */

const flowers: Pick<PaperConfiguration, "dataset" | "batchSize" | "optimizer" | "preprocessing"> = {
  dataset: "TF Flower",
  batchSize: 32,
  optimizer: "Stochastic Gradient Descent",
  preprocessing: ["normalize", "mean-subtraction", "rescale"],
};
const demo: Omit<PaperConfiguration, "dataset"> = {
  learningRate: "0.01",
  epochs: 10,
  batchSize: 128,
  optimizer: "Stochastic Gradient Descent",
  preprocessing: ["normalize", "rescale", "standardize"],
};

/** A row of Table 2; c_v in per cent, as printed there. */
function distance(mean: number, std: number, cvPercent: number): PaperDistance {
  return { count: 1000, mean, std, cvPercent };
}

function rank(expected: number, actual: number, dataset: string): PaperRank {
  return { expected, actual, dataset };
}

function values(
  model: string,
  title: string,
  parts: Pick<PaperValues, "configuration" | "distance" | "rank"> &
    Partial<Pick<PaperValues, "sphere">>,
  ...remarks: readonly PaperRemark[]
): PaperValues {
  return { model, title, sphere: null, ...parts, remarks };
}

/** In the order of Table 2. */
export const paperValues: readonly PaperValues[] = [
  values("tf-cnn", "TF CNN Demo", {
    configuration: { ...demo, dataset: "CIFAR-10" },
    distance: distance(4.026, 0.053, 1.316),
    rank: rank(2, 3, "cifar-10"),
    sphere: {
      initial: { meanRadius: 1.28, std: 0.007 },
      final: { meanRadius: 1.34, std: 0.12 },
    },
  }),
  values(
    "tf-mnist",
    "TF MNIST Demo",
    {
      configuration: { ...demo, dataset: "MNIST" },
      distance: distance(1.358, 0.031, 2.282),
      rank: rank(1, 2, "MNIST"),
    },
    "two-digits",
  ),
  values("googlenet", "GoogleNet", {
    configuration: { ...flowers, learningRate: "0.01", epochs: 20 },
    distance: distance(28.084, 0.482, 1.718),
    rank: rank(6, 6, "TF Flower"),
  }),
  values(
    "resnet",
    "ResNet",
    {
      configuration: { ...flowers, learningRate: "0.01 (decay)", epochs: 40 },
      distance: distance(8785.243, 1172.836, 13.35),
      rank: rank(5, 7, "TF Flower"),
    },
    "moving-averages",
  ),
  values("vgg", "VGG", {
    configuration: { ...flowers, learningRate: "0.01 (decay)", epochs: 20 },
    distance: distance(0.556, 0.012, 2.158),
    rank: rank(4, 1, "TF Flower"),
  }),
  values(
    "alexnet",
    "AlexNet",
    {
      configuration: { ...flowers, learningRate: "0.01 (decay)", epochs: 20 },
      distance: distance(4.849, 0.589, 12.163),
      rank: rank(3, 4, "cifar-10"),
    },
    "dataset-differs",
  ),
  values("yolo-v3", "Yolo v3", {
    configuration: {
      dataset: "Pascal",
      learningRate: "0.01 (decay)",
      epochs: 20,
      batchSize: 64,
      optimizer: "Stochastic Gradient Descent",
      preprocessing: ["normalize", "rescale", "standardize"],
    },
    distance: distance(26.863, 6.286, 23.4),
    rank: rank(7, 5, "Pascal VOC"),
  }),
];

/** What the paper says of a model; null of one that it does not have. */
export function paperOf(model: string): PaperValues | null {
  return paperValues.find((entry) => entry.model === model) ?? null;
}
