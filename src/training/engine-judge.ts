import type { Labels, LabelledImages } from "./datasets/dataset";
import type { TrainingEngine } from "./engines/engine";
import { BatchReader } from "./batches";
import type { LearningTask } from "./learning-task";
import type { ImageWriter } from "./preprocessing";

/** Values of the images that are judged at once: 64 MiB. */
const judgedValues = 1 << 24;

/** Judges a network's outputs as they are now. */
export class EngineJudge {
  constructor(
    private readonly engine: TrainingEngine,
    private readonly task: LearningTask,
    private readonly write: ImageWriter,
  ) {}

  reader(images: LabelledImages): BatchReader {
    return new BatchReader(images, this.task, this.write);
  }

  /** Scores of the first `limit` images by several sets of labels. */
  async scores(
    from: LabelledImages,
    labels: readonly Labels[],
    limit = Infinity,
  ): Promise<(number | null)[]> {
    const { count, shape } = from.images;
    const judged = Math.min(limit, count);
    const reader = this.reader(from);
    const judge = this.task.judge();
    const rows = Math.max(
      1,
      Math.min(1000, Math.floor(judgedValues / (shape[0] * shape[1] * shape[2]))),
    );
    for (let start = 0; start < judged; start += rows) {
      const length = Math.min(rows, judged - start);
      const images = await reader.inputs(Array.from({ length }, (_, i) => start + i));
      judge.add(await this.engine.evaluate(images, length), length);
    }
    return labels.map((one) => judge.score(one));
  }
}
