import type { Window } from "../../ir";
import type { GraphBuilder } from "../../onnx/graph-builder";
import { pad, reshape, slice } from "../../onnx/shaping";
import type { ImageShape } from "../operand";
import type { Blocks } from "./blocks";
import { interleaved } from "./interleave";
import type { BlockedOperators } from "./operators";

/** Along one axis: every stride-th pixel of the image from `start` on, and the filter's elements that reach it. */
interface Phase {
  readonly start: number;
  /** The first of these elements, of which there are `taps`, a stride apart. */
  readonly first: number;
  readonly taps: number;
  /** What the output gradient is padded with, or cut where negative. */
  readonly before: number;
  readonly after: number;
}

interface Shapes {
  readonly window: Window;
  readonly image: ImageShape;
  readonly output: ImageShape;
}

/** Whether every pixel is reached, so that no phase is without elements of the filter. */
export function everyPixelIsReached({ kernel, strides, dilations }: Window): boolean {
  return kernel.every((size, axis) => size >= strides[axis] && dilations[axis] === 1);
}

function phases({ window, image, output }: Shapes, axis: 0 | 1): Phase[] {
  const [stride, size] = [window.strides[axis], window.kernel[axis]];
  const padding = window.padding[axis];
  const length = Math.ceil(image[1 + axis] / stride);
  return Array.from({ length: stride }, (_, start) => {
    const first = (start + padding) % stride;
    const taps = Math.ceil((size - first) / stride);
    const shift = (start + padding - first) / stride;
    return {
      start,
      first,
      taps,
      before: taps - 1 - shift,
      after: length + shift - output[1 + axis],
    };
  });
}

/**
 * Packed gradient of a strided convolution with respect to its image. Pixels a stride apart are reached by the same part
 * of the filter: the gradient of each such phase is a convolution with that part, and no product is with a zero.
 * @param gradient packed; `filter` plain, HWIO
 */
export function stridedInputGradient(
  graph: GraphBuilder,
  blocks: Blocks,
  operators: BlockedOperators,
  { gradient, filter }: { gradient: string; filter: string },
  shapes: Shapes,
): string {
  const { window, image, output } = shapes;
  const [rows, height, width, channels] = image;
  const [, outputHeight, outputWidth, outputs] = output;
  const { size } = blocks;
  const filterShape = [...window.kernel, channels, outputs];
  const images = (rows * blocks.roundUp(channels)) / size;
  const [tall, wide] = [0, 1].map((axis) =>
    Math.ceil(image[1 + axis] / window.strides[axis as 0 | 1]),
  ) as [number, number];
  const [down, across] = [phases(shapes, 0), phases(shapes, 1)];

  const phaseGradient = (y: Phase, x: Phase): string => {
    const part = [y.taps, x.taps, channels, outputs];
    const steps = [...window.strides, 1, 1];
    const own = slice(graph, filter, filterShape, [y.first, x.first, 0, 0], part, steps);
    const cut = [y, x].some(({ before, after }) => before < 0 || after < 0);
    const memory = [rows, blocks.roundUp(outputs) / size, outputHeight, outputWidth, size];
    const reached = cut
      ? reshape(
          graph,
          pad(
            graph,
            reshape(graph, gradient, memory),
            [0, 0, y.before, x.before, 0],
            [0, 0, y.after, x.after, 0],
          ),
          [
            rows,
            blocks.roundUp(outputs),
            outputHeight + y.before + y.after,
            outputWidth + x.before + x.after,
          ],
        )
      : gradient;
    return operators.convolution(
      graph,
      [reached, blocks.turnedFilter(graph, own, part)],
      {
        kernel_shape: [y.taps, x.taps],
        pads: cut ? [0, 0, 0, 0] : [y.before, x.before, y.after, x.after],
      },
      false,
    );
  };

  const parts = down.map((y) => across.map((x) => phaseGradient(y, x)));
  const joined = interleaved(graph, parts, [images * tall, wide, size]);
  const whole = [images, tall * window.strides[0], wide * window.strides[1], size];
  const result = pad(
    graph,
    reshape(graph, joined, whole),
    [0, 0, 0, 0],
    [0, height - whole[1], width - whole[2], 0],
  );
  return reshape(graph, result, [rows, blocks.roundUp(channels), height, width]);
}
