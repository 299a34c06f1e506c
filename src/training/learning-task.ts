import type { Labels } from "./datasets/dataset";
import type { LabelledBox } from "./detection/boxes";
import { decodeDetections } from "./detection/decode";
import type { DetectionGrid } from "./detection/detection-grid";
import { meanAveragePrecision, type EvaluatedImage } from "./detection/mean-average-precision";
import { encodeTargets } from "./detection/targets";
import type { ModelDefinition } from "./models";

/** What labels are to a training step, and how well a network's outputs tell them. */
export interface LearningTask {
  /** A batch's targets, in the order of the model's. @throws Error on labels of another type */
  targets(labels: Labels): readonly (Float32Array | Int32Array)[];
  /**
   * Takes what a network put out for images in order, a few rows at a time; then scores that against labels of all
   * those images: 0 to 1, the share told right, or for boxes the mean average precision (VOC, intersection over union
   * 0.5; null without a box to find).
   */
  judge(): Judge;
}

export interface Judge {
  add(outputs: readonly Float32Array[], rows: number): void;
  score(labels: Labels): number | null;
}

export function learningTask(model: ModelDefinition): LearningTask {
  return model.detection ? detection(model.detection) : classification(model.outputs);
}

function classification(outputs: number): LearningTask {
  return {
    targets: (labels) => [Int32Array.from(classesOf(labels))],
    judge: () => {
      const told: number[] = [];
      return {
        add: ([logits], rows) => {
          for (let row = 0; row < rows; row++)
            told.push(predicted(logits.subarray(row * outputs, (row + 1) * outputs)));
        },
        score: (labels) => {
          const classes = classesOf(labels);
          const right = told.reduce((sum, kind, i) => sum + Number(kind === classes[i]), 0);
          return told.length === 0 ? null : right / told.length;
        },
      };
    },
  };
}

function detection(grid: DetectionGrid): LearningTask {
  return {
    targets: (labels) => encodeTargets(grid, boxesOf(labels)),
    judge: () => {
      const found: EvaluatedImage["detections"][] = [];
      return {
        add: (outputs, rows) => {
          found.push(...decodeDetections(grid, outputs, rows));
        },
        score: (labels) => {
          const boxes = boxesOf(labels);
          return meanAveragePrecision(
            found.map((detections, i) => ({ detections, boxes: boxes[i] })),
          );
        },
      };
    },
  };
}

/** Class of one image: the largest logit, or for a single one whether it is positive. */
function predicted(logits: Float32Array): number {
  if (logits.length === 1) return Number(logits[0] > 0);
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i] > logits[best]) best = i;
  return best;
}

function classesOf(labels: Labels): Uint16Array {
  if (labels.type === "classes") return labels.classes;
  throw new Error("This model tells classes apart; the dataset labels boxes.");
}

function boxesOf(labels: Labels): readonly (readonly LabelledBox[])[] {
  if (labels.type === "boxes") return labels.boxes;
  throw new Error("This model finds boxes; the dataset labels whole images.");
}
