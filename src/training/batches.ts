import { RandomStream } from "../random/stream";
import { changeBoxes, changeImage, type Change } from "./augmentation";
import type { LabelledImages, Labels } from "./datasets/dataset";
import type { LabelledBox } from "./detection/boxes";
import type { Batch } from "./engines/engine";
import type { LearningTask } from "./learning-task";
import type { ImageWriter } from "./preprocessing";

/** Makes batches of labelled images. */
export class BatchReader {
  constructor(
    private readonly from: LabelledImages,
    private readonly task: LearningTask,
    private readonly write: ImageWriter,
  ) {}

  /** The given images with their targets; `changes` holds one for each, where they are augmented. */
  async gather(indices: ArrayLike<number>, changes?: readonly Change[]): Promise<Batch> {
    const targets = this.task.targets(this.chosen(this.from.labels, indices, changes));
    return { images: await this.inputs(indices, changes), targets, rows: indices.length };
  }

  /**
   * The given images as network inputs. Those that must be read or decoded are asked for at once: other threads work
   * on them while this one trains.
   */
  async inputs(indices: ArrayLike<number>, changes?: readonly Change[]): Promise<Float32Array> {
    const { images } = this.from;
    const size = images.shape[0] * images.shape[1] * images.shape[2];
    const inputs = new Float32Array(indices.length * size);
    const waiting: Promise<void>[] = [];
    for (let row = 0; row < indices.length; row++) {
      const put = (bytes: Uint8Array) => {
        const changed = changes ? changeImage(bytes, images.shape, changes[row]) : bytes;
        this.write(changed, inputs, row * size);
      };
      const bytes = images.read(indices[row]);
      if (bytes instanceof Uint8Array) put(bytes);
      else waiting.push(bytes.then(put));
    }
    if (waiting.length > 0) await Promise.all(waiting);
    return inputs;
  }

  private chosen(labels: Labels, indices: ArrayLike<number>, changes?: readonly Change[]): Labels {
    if (labels.type === "classes")
      return {
        type: "classes",
        classes: Uint16Array.from(indices, (index) => labels.classes[index]),
      };
    const boxes = Array.from(indices, (index, row): readonly LabelledBox[] =>
      changes
        ? changeBoxes(labels.boxes[index], this.from.images.shape, changes[row])
        : labels.boxes[index],
    );
    return { type: "boxes", boxes };
  }
}

/** Order of `count` training images in one epoch: a permutation drawn from the run's order seed. */
export function epochOrder(count: number, seed: number, epoch: number): Uint32Array {
  return new RandomStream("order", seed, epoch).shuffle(
    Uint32Array.from({ length: count }, (_, i) => i),
  );
}
