import { intersectionOverUnion, type Detection } from "./boxes";

/** Two boxes of one kind that overlap by more are one object found twice: Darknet's threshold. */
export const overlapThreshold = 0.45;

/** Greedy non-maximum suppression, each kind for itself; the highest scores first, of equal ones the first given. */
export function withoutDuplicates(
  detections: readonly Detection[],
  threshold = overlapThreshold,
): Detection[] {
  const kept: Detection[] = [];
  const ofKind = new Map<number, Detection[]>();
  for (const detection of [...detections].sort((a, b) => b.score - a.score)) {
    const rivals = ofKind.get(detection.kind) ?? [];
    if (rivals.some((rival) => intersectionOverUnion(rival, detection) > threshold)) continue;
    rivals.push(detection);
    ofKind.set(detection.kind, rivals);
    kept.push(detection);
  }
  return kept;
}
