import { sizeOverlap, type LabelledBox } from "./boxes";
import { placeCount, type DetectionGrid } from "./detection-grid";

/**
 * What a training step is told of one image's boxes. Places run over scales, rows, columns and anchors, as the outputs
 * of the network do when each is reshaped to [cells * cells * anchors, 5 + kinds].
 *
 * - `assigned` [places, 6 + kinds]: offset of the centre in its cell (x, y), logarithm of the size over the anchor's
 *   (w, h), weight of these four, objectness, and the kinds as 0 or 1; all 0 where no box is.
 * - `priors` [places, 5]: the cell's left and top, its size, and the anchor's width and height, in units of the image.
 * - `boxes` [mostBoxes, 4]: centre and size of the true boxes, then zeros.
 */
export function targetDescriptions(grid: DetectionGrid) {
  const places = placeCount(grid);
  return [
    { name: "assigned", dtype: "float32", shape: [places, 6 + grid.kinds] },
    { name: "priors", dtype: "float32", shape: [places, 5] },
    { name: "boxes", dtype: "float32", shape: [grid.mostBoxes, 4] },
  ] as const;
}

/**
 * Encodes the boxes of a batch of images, each box at the one place that answers for it: the cell that its centre lies
 * in, at the anchor of all scales whose size overlaps most (Darknet's yolo_layer). Where two boxes meet in one place
 * the later gives its size and both kinds stand. Small boxes weigh up to twice as much as large ones: 2 - width height.
 * @throws RangeError on a box outside of the image, without size, or of no kind, and on more boxes than fit
 */
export function encodeTargets(
  grid: DetectionGrid,
  images: readonly (readonly LabelledBox[])[],
): readonly [assigned: Float32Array, priors: Float32Array, boxes: Float32Array] {
  const places = placeCount(grid);
  const columns = 6 + grid.kinds;
  const assigned = new Float32Array(images.length * places * columns);
  const priors = new Float32Array(images.length * places * 5);
  const boxes = new Float32Array(images.length * grid.mostBoxes * 4);
  const ownPriors = priorsOf(grid);
  images.forEach((image, row) => {
    if (image.length > grid.mostBoxes)
      throw new RangeError(`An image has ${image.length} boxes; ${grid.mostBoxes} is the most.`);
    priors.set(ownPriors, row * ownPriors.length);
    image.forEach((box, index) => {
      check(box, grid.kinds);
      boxes.set([box.x, box.y, box.width, box.height], (row * grid.mostBoxes + index) * 4);
      const { place, values } = assignment(grid, box);
      const start = (row * places + place) * columns;
      assigned.set(values, start);
      assigned[start + 6 + box.kind] = 1;
    });
  });
  return [assigned, priors, boxes];
}

/** The place that answers for a box and what it should say: x, y, w, h, weight, objectness. */
function assignment({ scales }: DetectionGrid, box: LabelledBox) {
  let best = { overlap: -1, first: 0, scale: scales[0], index: 0 };
  let first = 0;
  for (const scale of scales) {
    scale.anchors.forEach((anchor, index) => {
      const overlap = sizeOverlap(anchor, box);
      if (overlap > best.overlap) best = { overlap, first, scale, index };
    });
    first += scale.cells ** 2 * scale.anchors.length;
  }
  const { cells, anchors } = best.scale;
  const anchor = anchors[best.index];
  // A centre on the right or lower edge belongs to the last cell.
  const column = Math.min(cells - 1, Math.floor(box.x * cells));
  const line = Math.min(cells - 1, Math.floor(box.y * cells));
  return {
    place: best.first + (line * cells + column) * anchors.length + best.index,
    values: [
      box.x * cells - column,
      box.y * cells - line,
      Math.log(box.width / anchor.width),
      Math.log(box.height / anchor.height),
      2 - box.width * box.height,
      1,
    ],
  };
}

/** The priors of one image, see `targetDescriptions`. */
function priorsOf({ scales }: DetectionGrid): Float32Array {
  const values: number[] = [];
  for (const { cells, anchors } of scales)
    for (let line = 0; line < cells; line++)
      for (let column = 0; column < cells; column++)
        for (const { width, height } of anchors)
          values.push(column / cells, line / cells, 1 / cells, width, height);
  return Float32Array.from(values);
}

function check({ x, y, width, height, kind }: LabelledBox, kinds: number): void {
  const inside = (value: number) => value >= 0 && value <= 1;
  if (!(inside(x) && inside(y) && inside(width) && inside(height) && width > 0 && height > 0))
    throw new RangeError(`A box is not inside of its image: ${[x, y, width, height].join(", ")}.`);
  if (!(Number.isInteger(kind) && kind >= 0 && kind < kinds))
    throw new RangeError(`A box is of kind ${kind}; there are ${kinds}.`);
}
