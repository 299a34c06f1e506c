/** Images with a class index each. */
export interface LabelledImages {
  readonly count: number;
  /** `count` images of height x width x channels bytes, channels last; 255 is 1. */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

export interface Dataset {
  /** Height, width, channels. */
  readonly inputShape: readonly [number, number, number];
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

/** The images at some indices, as new arrays. */
export function selectImages(from: LabelledImages, indices: readonly number[]): LabelledImages {
  const size = from.images.length / from.count;
  const images = new Uint8Array(indices.length * size);
  const labels = new Uint8Array(indices.length);
  indices.forEach((index, i) => {
    images.set(from.images.subarray(index * size, (index + 1) * size), i * size);
    labels[i] = from.labels[index]!;
  });
  return { count: indices.length, images, labels };
}
