import type { LabelledBox } from "../detection/boxes";

/** Height, width, channels. */
export type ImageShape = readonly [number, number, number];

/** Images of one shape, channels last, a byte a value; read one by one. */
export interface Images {
  readonly count: number;
  readonly shape: ImageShape;
  /** Bytes of one image; a promise where it must be read or decoded first. @throws Error with the file's name */
  readonly read: (index: number) => Uint8Array | Promise<Uint8Array>;
}

export type Labels =
  /** Class index of each image. */
  | { readonly type: "classes"; readonly classes: Uint16Array }
  | { readonly type: "boxes"; readonly boxes: readonly (readonly LabelledBox[])[] };

/** Images with what they show. */
export interface LabelledImages<L extends Labels = Labels> {
  readonly images: Images;
  readonly labels: L;
}

export interface Dataset<L extends Labels = Labels> {
  /** Names of the label kinds, in the order of their indices. */
  readonly kinds: readonly string[];
  readonly train: LabelledImages<L>;
  readonly test: LabelledImages<L>;
}

export type ClassLabels = Extract<Labels, { type: "classes" }>;
export type BoxLabels = Extract<Labels, { type: "boxes" }>;

/** Images that lie in memory one after the other. */
export function imagesInMemory(values: Uint8Array, shape: ImageShape): Images {
  const size = shape[0] * shape[1] * shape[2];
  return {
    count: values.length / size,
    shape,
    read: (index) => values.subarray(index * size, (index + 1) * size),
  };
}

/** The images at some indices, with their labels. */
export function selectImages<L extends Labels>(
  { images, labels }: LabelledImages<L>,
  indices: readonly number[],
): LabelledImages<L> {
  const selected: Labels =
    labels.type === "classes"
      ? { type: "classes", classes: Uint16Array.from(indices, (index) => labels.classes[index]) }
      : { type: "boxes", boxes: indices.map((index) => labels.boxes[index]) };
  return {
    images: {
      count: indices.length,
      shape: images.shape,
      read: (index) => images.read(indices[index]),
    },
    labels: selected as L,
  };
}
