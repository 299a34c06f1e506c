/** The built-in datasets, described; src/training/datasets reads them. */
export interface DatasetEntry {
  readonly id: string;
  readonly title: string;
  /** Height, width, channels. */
  readonly inputShape: readonly [number, number, number];
  readonly labelKinds: number;
  /** Folder and files below a data directory; empty where the data are generated. */
  readonly folder: string;
  readonly files: readonly string[];
}

const idxFiles = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
] as const;

export const datasets: readonly DatasetEntry[] = [
  {
    id: "mnist",
    title: "MNIST",
    inputShape: [28, 28, 1],
    labelKinds: 10,
    folder: "mnist",
    files: idxFiles,
  },
  {
    id: "mnist-3-6",
    title: "MNIST, digits 3 (label 1) and 6 (label 0)",
    inputShape: [28, 28, 1],
    labelKinds: 2,
    folder: "mnist",
    files: idxFiles,
  },
  {
    id: "generated-32x32x3",
    title: "Generated 32x32 colour images in ten classes",
    inputShape: [32, 32, 3],
    labelKinds: 10,
    folder: "",
    files: [],
  },
];

/** The entry of a dataset, or undefined where there is none of that name. */
export function findDataset(id: string): DatasetEntry | undefined {
  return datasets.find((dataset) => dataset.id === id);
}
