import type { Detection } from "./boxes";
import type { DetectionGrid } from "./detection-grid";
import { withoutDuplicates } from "./non-maximum-suppression";

/** Scores below are never looked at: what Darknet evaluates with. */
export const scoreThreshold = 0.005;

/** Of one image: what bounds the time an untrained network takes, which finds something everywhere. */
const mostCandidates = 1000;

/**
 * The boxes that a network finds in each of `rows` images, without duplicates, the likeliest first.
 * @param outputs one for each scale, [rows, cells, cells, anchors * (5 + kinds)]
 */
export function decodeDetections(
  grid: DetectionGrid,
  outputs: readonly Float32Array[],
  rows: number,
  threshold = scoreThreshold,
): Detection[][] {
  return Array.from({ length: rows }, (_, row) => {
    const found: Detection[] = [];
    grid.scales.forEach((_, scale) => {
      const size = outputs[scale].length / rows;
      const own = outputs[scale].subarray(row * size, (row + 1) * size);
      found.push(...candidates(grid, scale, own, threshold));
    });
    found.sort((a, b) => b.score - a.score);
    return withoutDuplicates(found.slice(0, mostCandidates));
  });
}

/** Every box of one image and scale whose score for a kind reaches the threshold. */
function* candidates(
  { scales, kinds }: DetectionGrid,
  scale: number,
  output: Float32Array,
  threshold: number,
): Generator<Detection> {
  const { cells, anchors } = scales[scale];
  for (let place = 0; place < cells * cells * anchors.length; place++) {
    const at = output.subarray(place * (5 + kinds), (place + 1) * (5 + kinds));
    const objectness = sigmoid(at[4]);
    if (!(objectness >= threshold)) continue;
    const cell = Math.floor(place / anchors.length);
    const anchor = anchors[place % anchors.length];
    const box = {
      x: ((cell % cells) + sigmoid(at[0])) / cells,
      y: (Math.floor(cell / cells) + sigmoid(at[1])) / cells,
      width: Math.exp(at[2]) * anchor.width,
      height: Math.exp(at[3]) * anchor.height,
    };
    for (let kind = 0; kind < kinds; kind++) {
      const score = objectness * sigmoid(at[5 + kind]);
      if (score >= threshold) yield { ...box, kind, score };
    }
  }
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
