import type { AugmentationSettings } from "../protocol/trainer";
import { RandomStream } from "../random/stream";
import type { ImageShape } from "./datasets/dataset";
import type { LabelledBox } from "./detection/boxes";

/** How one image is changed: mirrored first, then moved right and down by whole pixels. */
export interface Change {
  readonly mirrored: boolean;
  readonly right: number;
  readonly down: number;
}

/**
 * The changes of an epoch's images in the order they are trained on, from the stream `augmentation/<seed>/<epoch>`:
 * for each image one bit where images are mirrored, then two moves of -shift ... shift pixels where they are moved.
 */
export function epochChanges(
  count: number,
  { flip, shift }: AugmentationSettings,
  seed: number,
  epoch: number,
): readonly Change[] {
  const random = new RandomStream("augmentation", seed, epoch);
  return Array.from({ length: count }, () => {
    const mirrored = flip && random.below(2) === 1;
    const right = shift > 0 ? random.below(2 * shift + 1) - shift : 0;
    const down = shift > 0 ? random.below(2 * shift + 1) - shift : 0;
    return { mirrored, right, down };
  });
}

/** An image's bytes, changed; what comes in from outside of it is black. */
export function changeImage(
  bytes: Uint8Array,
  [height, width, channels]: ImageShape,
  { mirrored, right, down }: Change,
): Uint8Array {
  const changed = new Uint8Array(bytes.length);
  for (let row = Math.max(0, down); row < Math.min(height, height + down); row++)
    for (let column = Math.max(0, right); column < Math.min(width, width + right); column++) {
      const from = mirrored ? width - 1 - (column - right) : column - right;
      const source = ((row - down) * width + from) * channels;
      const target = (row * width + column) * channels;
      for (let channel = 0; channel < channels; channel++)
        changed[target + channel] = bytes[source + channel];
    }
  return changed;
}

/** The boxes of a changed image, cut off at its edges; those whose centre left it are dropped. */
export function changeBoxes(
  boxes: readonly LabelledBox[],
  [height, width]: ImageShape,
  { mirrored, right, down }: Change,
): readonly LabelledBox[] {
  return boxes.flatMap((box) => {
    const x = (mirrored ? 1 - box.x : box.x) + right / width;
    const y = box.y + down / height;
    if (x <= 0 || x >= 1 || y <= 0 || y >= 1) return [];
    const [left, end] = [Math.max(0, x - box.width / 2), Math.min(1, x + box.width / 2)];
    const [top, bottom] = [Math.max(0, y - box.height / 2), Math.min(1, y + box.height / 2)];
    return [
      {
        ...box,
        x: (left + end) / 2,
        y: (top + bottom) / 2,
        width: end - left,
        height: bottom - top,
      },
    ];
  });
}
