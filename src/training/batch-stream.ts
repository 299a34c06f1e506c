import type { AugmentationSettings } from "../protocol/trainer";
import { epochChanges } from "./augmentation";
import { epochOrder, type BatchReader } from "./batches";
import type { Batch } from "./engines/engine";

export interface BatchStreamOptions {
  /** Training images. */
  readonly count: number;
  readonly batchSize: number;
  /** The run's order seed. */
  readonly seed: number;
  readonly augmentation: AugmentationSettings | null;
}

/** The batches of a run: pass after pass over its images, each in an order of its own, the last batch smaller. */
export class BatchStream {
  /** Batches of one pass. */
  readonly perPass: number;
  private pass: ReturnType<BatchStream["draw"]>;

  constructor(
    private readonly reader: BatchReader,
    private readonly options: BatchStreamOptions,
  ) {
    this.perPass = Math.ceil(options.count / options.batchSize);
    this.pass = this.draw(0);
  }

  /** The batch of a step, which must come one after the other. */
  gather(step: number): Promise<Batch> {
    const { batchSize } = this.options;
    const place = step % this.perPass;
    if (place === 0 && step > 0) this.pass = this.draw(step / this.perPass);
    const [start, end] = [place * batchSize, (place + 1) * batchSize];
    const { order, changes } = this.pass;
    const batch = this.reader.gather(order.subarray(start, end), changes?.slice(start, end));
    // It is awaited later: until then nobody else hears of its failure.
    batch.catch(() => undefined);
    return batch;
  }

  private draw(pass: number) {
    const { count, seed, augmentation } = this.options;
    return {
      order: epochOrder(count, seed, pass),
      changes: augmentation ? epochChanges(count, augmentation, seed, pass) : null,
    };
  }
}
