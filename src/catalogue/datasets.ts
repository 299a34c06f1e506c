import { archives, type DatasetArchive } from "./dataset-archives";

/** How a dataset lies on a disk, below a folder of its own. */
export type DatasetLayout =
  /** These files, no more. */
  | { readonly form: "files"; readonly files: readonly string[] }
  /** Every file of some kinds below some folders (all, where none is named), and no others. */
  | {
      readonly form: "tree";
      readonly folders: readonly string[];
      readonly extensions: readonly string[];
    };

/** The built-in datasets, described; src/training/datasets reads them. */
export interface DatasetEntry {
  readonly id: string;
  readonly title: string;
  /** One class an image, or boxes with a class each. */
  readonly labels: "classes" | "boxes";
  /** Height, width, channels; null for photographs of any size, which are brought to the model's. */
  readonly inputShape: readonly [number, number, number] | null;
  /** Null where the folders on the disk tell. */
  readonly labelKinds: number | null;
  /** As published; null where that is not known before it is read. */
  readonly images: { readonly train: number; readonly test: number } | null;
  /** Folder below a data directory; empty where the data are generated, or lie where the experiment says. */
  readonly folder: string;
  /** The first that is there is read; none where the data are generated. */
  readonly layouts: readonly DatasetLayout[];
  /** What `datasets download` fetches; empty where there is nothing to. */
  readonly archives: readonly DatasetArchive[];
}

const idxFiles = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
];

/** Files that are read as images. */
export const imageExtensions = [".jpg", ".jpeg", ".png"];

const cifarBatches = (folder: string, extension: string): DatasetLayout => ({
  form: "files",
  files: [
    ...[1, 2, 3, 4, 5].map((number) => `${folder}/data_batch_${number}${extension}`),
    `${folder}/test_batch${extension}`,
  ],
});

const voc = (year: string): DatasetLayout => ({
  form: "tree",
  folders: ["Annotations", "ImageSets/Main", "JPEGImages"].map(
    (name) => `VOCdevkit/VOC${year}/${name}`,
  ),
  extensions: [".jpg", ".xml", ".txt"],
});

const handwritten = {
  labels: "classes",
  inputShape: [28, 28, 1],
  labelKinds: 10,
  images: { train: 60_000, test: 10_000 },
  layouts: [{ form: "files", files: idxFiles }],
} as const;

const generated = { folder: "", layouts: [], archives: [] } as const;

export const datasets: readonly DatasetEntry[] = [
  { id: "mnist", title: "MNIST", folder: "mnist", archives: archives.mnist, ...handwritten },
  {
    ...handwritten,
    id: "mnist-3-6",
    title: "MNIST, digits 3 (label 1) and 6 (label 0)",
    labelKinds: 2,
    images: { train: 12_049, test: 1_968 },
    folder: "mnist",
    archives: archives.mnist,
  },
  {
    id: "fashion-mnist",
    title: "Fashion-MNIST",
    folder: "fashion-mnist",
    archives: archives.fashionMnist,
    ...handwritten,
  },
  {
    id: "cifar-10",
    title: "CIFAR-10",
    labels: "classes",
    inputShape: [32, 32, 3],
    labelKinds: 10,
    images: { train: 50_000, test: 10_000 },
    folder: "cifar-10",
    layouts: [
      cifarBatches("cifar-10-batches-bin", ".bin"),
      cifarBatches("cifar-10-batches-py", ""),
    ],
    archives: archives.cifar10,
  },
  {
    id: "tf-flowers",
    title: "TF Flowers, every fifth photograph for tests",
    labels: "classes",
    inputShape: null,
    labelKinds: 5,
    images: { train: 2_939, test: 731 },
    folder: "tf-flowers",
    layouts: [{ form: "tree", folders: ["flower_photos"], extensions: imageExtensions }],
    archives: archives.flowers,
  },
  {
    id: "voc-2007",
    title: "Pascal VOC 2007, trained on trainval",
    labels: "boxes",
    inputShape: null,
    labelKinds: 20,
    images: { train: 5_011, test: 4_952 },
    folder: "voc-2007",
    layouts: [voc("2007")],
    archives: archives.voc2007,
  },
  {
    id: "voc-2012",
    title: "Pascal VOC 2012, trained on train, tested on val",
    labels: "boxes",
    inputShape: null,
    labelKinds: 20,
    images: { train: 5_717, test: 5_823 },
    folder: "voc-2012",
    layouts: [voc("2012")],
    archives: archives.voc2012,
  },
  {
    id: "image-folder",
    title: "A folder of images of your own, one folder for each label kind",
    labels: "classes",
    inputShape: null,
    labelKinds: null,
    images: null,
    folder: "",
    layouts: [{ form: "tree", folders: [], extensions: imageExtensions }],
    archives: [],
  },
  {
    ...generated,
    id: "generated-32x32x3",
    title: "Generated 32x32 colour images in ten classes",
    labels: "classes",
    inputShape: [32, 32, 3],
    labelKinds: 10,
    images: { train: 10_000, test: 2_000 },
  },
  {
    ...generated,
    id: "generated-shapes",
    title: "Generated scenes of drawn shapes with their boxes, three kinds",
    labels: "boxes",
    inputShape: null,
    labelKinds: 3,
    images: { train: 400, test: 100 },
  },
];

/** The entry of a dataset, or undefined where there is none of that name. */
export function findDataset(id: string): DatasetEntry | undefined {
  return datasets.find((dataset) => dataset.id === id);
}
