import { RandomStream } from "../../random/stream";
import { imagesInMemory, type ClassLabels, type Dataset, type LabelledImages } from "./dataset";

const size = 32;
const channels = 3;
const kinds = 10;

/**
 * Generated 32x32 colour images in ten classes, for models whose dataset is not on this machine: each class
 * has a smooth pattern of its own, each image is that pattern under noise. Fixed by its name alone.
 */
export function generateImages(): Dataset<ClassLabels> {
  const patterns = Array.from({ length: kinds }, (_, kind) => pattern(kind));
  return {
    kinds: Array.from({ length: kinds }, (_, kind) => String(kind)),
    train: generate("train", 10_000, patterns),
    test: generate("test", 2_000, patterns),
  };
}

/** A few waves of random direction, phase and colour; values about -1 to 1. */
function pattern(kind: number): Float64Array {
  const random = new RandomStream("generated-32x32x3", "pattern", kind);
  const values = new Float64Array(size * size * channels);
  for (let wave = 0; wave < 4; wave++) {
    const [across, down, phase] = [
      random.normal(),
      random.normal(),
      2 * Math.PI * random.uniform(),
    ];
    const colour = [random.normal(), random.normal(), random.normal()];
    for (let i = 0; i < values.length; i++) {
      const pixel = Math.floor(i / channels);
      const angle = (across * (pixel % size) + down * Math.floor(pixel / size)) / 3 + phase;
      values[i] += (Math.sin(angle) * colour[i % channels]) / 4;
    }
  }
  return values;
}

function generate(
  part: string,
  count: number,
  patterns: readonly Float64Array[],
): LabelledImages<ClassLabels> {
  const random = new RandomStream("generated-32x32x3", part);
  const pixels = size * size * channels;
  const images = new Uint8Array(count * pixels);
  const classes = new Uint16Array(count);
  for (let n = 0; n < count; n++) {
    const kind = random.below(kinds);
    classes[n] = kind;
    const values = patterns[kind];
    for (let i = 0; i < pixels; i++) {
      const noise = random.uint32() / 4294967296 - 0.5;
      images[n * pixels + i] = Math.min(
        255,
        Math.max(0, Math.round(128 + 64 * values[i] + 160 * noise)),
      );
    }
  }
  return {
    images: imagesInMemory(images, [size, size, channels]),
    labels: { type: "classes", classes },
  };
}
