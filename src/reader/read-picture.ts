import type { Checkpoint } from "../checkpoint/checkpoint";
import type { Picture, PictureRequest } from "../protocol/checkpoint-editor";
import type { CallContext } from "../protocol/rpc-server";
import { Breather } from "./breather";
import { firstUnder, pixelOf, rangesToRead } from "./pixel-ranges";
import { pixelSums } from "./pixel-sums";
import { cut, planeOf } from "./plane";
import { readableTensor, readNumbers } from "./read-elements";
import { elementsRead, linesOf, spansOf } from "./spans";

/** More elements than this are not read for one picture: a share of each pixel's must do. */
const BUDGET = 1 << 26;

/**
 * A rectangle of a slice, reduced to pixels while it is read by blocks.
 * @throws RangeError where it is not of the tensor, or has fewer rows or columns than there are pixels
 */
export async function readPicture(
  checkpoint: Checkpoint,
  { tensor: name, slice, rectangle, width, height, reduction }: PictureRequest,
  { signal, progress }: CallContext,
  budget = BUDGET,
): Promise<Picture> {
  const tensor = readableTensor(checkpoint, name);
  const plane = cut(planeOf(tensor.shape, slice), rectangle);
  const fits = (pixels: number, elements: number): boolean =>
    Number.isInteger(pixels) && pixels > 0 && pixels <= elements;
  if (!fits(width, plane.columns) || !fits(height, plane.rows))
    throw new RangeError(
      `readPicture: ${width} x ${height} pixels for ${plane.columns} x ${plane.rows}`,
    );
  const all = linesOf(plane);
  const [linePixels, itemPixels] = all.linesAreRows ? [height, width] : [width, height];
  const [perLine, perItem] = all.linesAreRows ? [width, 1] : [1, width];
  const lineShare = Math.min(1, budget / elementsRead(all));
  const lineRanges = rangesToRead(all.lines, linePixels, lineShare);
  // Where one line under each pixel is too much, the lines are thinned out too.
  const read = lineRanges.reduce((sum, { count }) => sum + count, 0);
  const itemShare = budget / elementsRead({ ...all, lines: read });
  const itemRanges = rangesToRead(all.items, itemPixels, itemShare);
  const sums = pixelSums(reduction, width * height);
  const breather = new Breather(signal);
  let elements = 0;
  for (const lineRange of lineRanges) {
    for (const itemRange of itemRanges) {
      const part = {
        ...all,
        start: all.start + lineRange.from * all.lineStride + itemRange.from * all.itemStride,
        lines: lineRange.count,
        items: itemRange.count,
      };
      for (const span of spansOf(part)) {
        const values = await readNumbers(checkpoint, tensor, span.start, span.length);
        const firstItem = itemRange.from + span.item;
        for (let line = 0; line < span.lines; line++) {
          const lineAt = lineRange.from + span.line + line;
          const pixelLine = pixelOf(lineAt, all.lines, linePixels) * perLine;
          for (let done = 0; done < span.items;) {
            const pixel = pixelOf(firstItem + done, all.items, itemPixels);
            const end = firstUnder(pixel + 1, all.items, itemPixels) - firstItem;
            const count = Math.min(end, span.items) - done;
            const from = line * all.lineStride + done * all.itemStride;
            sums.add(pixelLine + pixel * perItem, values, from, count, all.itemStride);
            done += count;
          }
        }
        elements += span.lines * span.items;
        progress((lineRange.from + span.line) / all.lines);
        await breather.breathe();
      }
    }
  }
  return { pixels: sums.finish(), sampled: elements / (all.lines * all.items) };
}
