import { intersectionOverUnion, type Detection, type LabelledBox } from "./boxes";

/** What was found in an image, and what is in it. */
export interface EvaluatedImage {
  readonly detections: readonly Detection[];
  readonly boxes: readonly LabelledBox[];
}

/**
 * How Pascal VOC averages precision over recall: "11-point" until 2009, the mean of the best precision at a recall of
 * 0, 0.1 ... 1 or beyond; "all-point" since 2010, the area under the best precision at each recall or beyond.
 */
export type Averaging = "11-point" | "all-point";

/**
 * Mean over kinds of the average precision (Everingham et al. 2010, 4.2): of the kinds that are in any image, those that
 * are nowhere or only difficult left out. Boxes are plain rectangles; VOC's own program counts their last pixel too.
 * @param overlap intersection over union from which on a box is found
 * @returns 0 to 1; null where no image holds a box to be found
 */
export function meanAveragePrecision(
  images: readonly EvaluatedImage[],
  averaging: Averaging = "all-point",
  overlap = 0.5,
): number | null {
  const kinds = new Set(
    images.flatMap(({ boxes }) =>
      boxes.filter(({ difficult }) => !difficult).map(({ kind }) => kind),
    ),
  );
  if (kinds.size === 0) return null;
  const sum = [...kinds].reduce(
    (total, kind) => total + averagePrecision(images, kind, averaging, overlap),
    0,
  );
  return sum / kinds.size;
}

/** Average precision of one kind, 0 to 1; NaN where no image holds it. */
export function averagePrecision(
  images: readonly EvaluatedImage[],
  kind: number,
  averaging: Averaging,
  overlap = 0.5,
): number {
  const ofKind = images.map(({ detections, boxes }) => ({
    detections: detections.filter((detection) => detection.kind === kind),
    boxes: boxes.filter((box) => box.kind === kind),
  }));
  const wanted = ofKind.reduce(
    (sum, { boxes }) => sum + boxes.filter(({ difficult }) => !difficult).length,
    0,
  );
  const verdicts = ofKind
    .flatMap((image) => judged(image, overlap))
    .sort((a, b) => b.score - a.score);
  let right = 0;
  const curve = verdicts.map(({ found }, index) => {
    right += Number(found);
    return { recall: right / wanted, precision: right / (index + 1) };
  });
  return averaging === "11-point" ? elevenPoints(curve) : area(curve);
}

interface Verdict {
  readonly score: number;
  readonly found: boolean;
}

/**
 * Which of an image's detections are right, all of one kind: each is held against the box that it overlaps most, and
 * of several for one box only the likeliest is. Those of difficult boxes are left out.
 */
function judged({ detections, boxes }: EvaluatedImage, overlap: number): Verdict[] {
  const taken = new Set<LabelledBox>();
  const verdicts: Verdict[] = [];
  for (const detection of [...detections].sort((a, b) => b.score - a.score)) {
    let best: LabelledBox | undefined;
    let most = -1;
    for (const box of boxes) {
      const own = intersectionOverUnion(detection, box);
      if (own > most) [best, most] = [box, own];
    }
    if (best === undefined || most < overlap)
      verdicts.push({ score: detection.score, found: false });
    else if (!best.difficult) {
      verdicts.push({ score: detection.score, found: !taken.has(best) });
      taken.add(best);
    }
  }
  return verdicts;
}

type Curve = readonly { readonly recall: number; readonly precision: number }[];

function elevenPoints(curve: Curve): number {
  let sum = 0;
  for (let tenth = 0; tenth <= 10; tenth++)
    sum += curve.reduce(
      // A recall of 3 of 10 is 0.3 in whatever way it is computed.
      (best, { recall, precision }) =>
        recall >= tenth / 10 - 1e-12 ? Math.max(best, precision) : best,
      0,
    );
  return sum / 11;
}

function area(curve: Curve): number {
  let sum = 0;
  let best = 0;
  for (let i = curve.length - 1; i >= 0; i--) {
    best = Math.max(best, curve[i].precision);
    sum += (curve[i].recall - (i > 0 ? curve[i - 1].recall : 0)) * best;
  }
  return sum;
}
