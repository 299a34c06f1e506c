import type { Preprocessing } from "../protocol/trainer";
import type { ImageShape, Images } from "./datasets/dataset";

/** Writes one image's bytes, channels last, as network inputs. */
export type ImageWriter = (bytes: Uint8Array, into: Float32Array, offset: number) => void;

/**
 * How images become inputs, see `Preprocessing`. Computed in float64 and rounded to float32 once.
 * @param training images whose channels' means are subtracted; read once, where that is asked for
 */
export async function imageWriter(
  preprocessing: Preprocessing,
  training: Images,
): Promise<ImageWriter> {
  switch (preprocessing) {
    case "normalize":
      return byTable([Float32Array.from({ length: 256 }, (_, value) => value / 255)]);
    case "rescale":
      return byTable([Float32Array.from({ length: 256 }, (_, value) => value / 127.5 - 1)]);
    case "subtract-mean": {
      const means = await channelMeans(training);
      return byTable(
        means.map((mean) =>
          Float32Array.from({ length: 256 }, (_, value) => 2 * (value / 255 - mean / 255)),
        ),
      );
    }
    case "standardize":
      return standardized;
  }
}

/** Each byte through its channel's table, or through the only one. */
function byTable(tables: readonly Float32Array[]): ImageWriter {
  const [table] = tables;
  if (tables.length === 1)
    return (bytes, into, offset) => {
      for (let i = 0; i < bytes.length; i++) into[offset + i] = table[bytes[i]];
    };
  const channels = tables.length;
  return (bytes, into, offset) => {
    for (let channel = 0; channel < channels; channel++) {
      const own = tables[channel];
      for (let i = channel; i < bytes.length; i += channels) into[offset + i] = own[bytes[i]];
    }
  };
}

const standardized: ImageWriter = (bytes, into, offset) => {
  let sum = 0;
  let squares = 0;
  for (const value of bytes) {
    sum += value;
    squares += value * value;
  }
  const count = bytes.length;
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  const scale = 1 / Math.max(deviation, 1 / Math.sqrt(count));
  for (let i = 0; i < count; i++) into[offset + i] = (bytes[i] - mean) * scale;
};

const known = new WeakMap<Images, Promise<readonly number[]>>();

/** Mean byte of each channel over images, of exact integer sums; each set of images is read once. */
export function channelMeans(images: Images): Promise<readonly number[]> {
  const means = known.get(images) ?? computeMeans(images);
  known.set(images, means);
  return means;
}

async function computeMeans(images: Images): Promise<readonly number[]> {
  const [height, width, channels]: ImageShape = images.shape;
  const sums = new Float64Array(channels);
  for (let index = 0; index < images.count; index++) {
    const bytes = await images.read(index);
    for (let i = 0; i < bytes.length; i++) sums[i % channels] += bytes[i];
  }
  return Array.from(sums, (sum) => sum / (images.count * height * width));
}
