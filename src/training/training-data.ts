import { corruptLabels } from "../labels/corrupt-labels";
import { selectLabels } from "../labels/select-labels";
import type { LabelOutcome, LabelSettings } from "../protocol/trainer";
import { selectImages, type Dataset, type Labels, type LabelledImages } from "./datasets/dataset";
import type { LabelledBox } from "./detection/boxes";

/** What a run trains on. */
export interface TrainingData {
  /** With the labels it is given. */
  readonly images: LabelledImages;
  /** What the labels were before corruption. */
  readonly trueLabels: Labels;
  readonly outcome: LabelOutcome;
}

/**
 * The training images of a run: those of the chosen label kinds (with a detector's boxes of other kinds dropped), the
 * first `count` of them, their labels corrupted as the settings say. Test labels are never touched.
 */
export function trainingData(
  { kinds, train }: Dataset,
  settings: LabelSettings,
  count: number | null,
): TrainingData {
  const { fraction, equalImages, corruption, seed } = settings;
  const chosen = selectLabels(
    train.labels.type === "classes"
      ? train.labels.classes
      : train.labels.boxes.map((boxes) => boxes.map(({ kind }) => kind)),
    { count: kinds.length, fraction, seed },
    equalImages,
  );
  const whole = fraction === 1 && !equalImages && (count ?? Infinity) >= train.images.count;
  const { images, labels } = whole
    ? train
    : selectImages(train, chosen.indices.slice(0, count ?? undefined));
  const trueLabels = fraction === 1 ? labels : withKinds(labels, new Set(chosen.kinds));
  const flat = flattened(trueLabels);
  const corrupted = corruption
    ? corruptLabels(flat, { ...corruption, seed, kinds: [...chosen.kinds].sort((a, b) => a - b) })
    : { labels: flat, chosen: 0, changed: 0 };
  return {
    images: {
      images,
      labels: corruption ? relabelled(trueLabels, corrupted.labels) : trueLabels,
    },
    trueLabels,
    outcome: {
      kinds: chosen.kinds.map((kind) => kinds[kind]),
      images: images.count,
      labels: flat.length,
      chosen: corrupted.chosen,
      changed: corrupted.changed,
    },
  };
}

/** Without boxes of other kinds. */
function withKinds(labels: Labels, kinds: ReadonlySet<number>): Labels {
  if (labels.type === "classes") return labels;
  return {
    type: "boxes",
    boxes: labels.boxes.map((boxes) => boxes.filter(({ kind }) => kinds.has(kind))),
  };
}

/** Kinds of all images or boxes, one after the other. */
function flattened(labels: Labels): Uint16Array {
  return labels.type === "classes"
    ? labels.classes
    : Uint16Array.from(labels.boxes.flatMap((boxes) => boxes.map(({ kind }) => kind)));
}

function relabelled(labels: Labels, flat: Uint16Array): Labels {
  if (labels.type === "classes") return { type: "classes", classes: flat };
  let next = 0;
  const boxes = labels.boxes.map((image) =>
    image.map((box): LabelledBox => ({ ...box, kind: flat[next++] })),
  );
  return { type: "boxes", boxes };
}
