import * as tf from "@tensorflow/tfjs-core";
import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import type { DetectionGrid } from "./detection-grid";

/** A place that holds no box is not told so where its prediction overlaps a true box by more than this. */
export const ignoreThreshold = 0.5;

/**
 * YOLO v3's loss, the mean over images of the sum over places, with the gradient that Darknet's yolo_layer gives:
 * binary cross-entropy for the centre's offsets, half the squared error for the sizes' logarithms (both times the box's
 * weight), binary cross-entropy for objectness, but for places without a box whose prediction overlaps one by more
 * than `ignoreThreshold`, and binary cross-entropy for each kind where a box is.
 * @param outputs one for each scale, [rows, cells, cells, anchors * (5 + kinds)]
 * @param targets as `targetDescriptions` has them
 */
export function detectionLoss(
  grid: DetectionGrid,
  outputs: readonly Tensor[],
  targets: readonly Tensor[],
): Scalar {
  const rows = outputs[0].shape[0];
  const columns = 5 + grid.kinds;
  const places = outputs.map((output, scale) => {
    const { cells, anchors } = grid.scales[scale];
    return tf.reshape(output, [rows, cells * cells * anchors.length, columns]);
  });
  // The gradient is written out: the choice of ignored places has none, and the rest of it is shorter than its loss.
  const loss = tf.customGrad((x, save) => {
    const { value, gradient } = lossAndGradient(x as Tensor, targets);
    (save as (tensors: Tensor[]) => void)([gradient]);
    return { value, gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(dy, saved[0]) };
  });
  return loss(tf.concat(places, 1));
}

/** Loss of all places [rows, places, 5 + kinds] and its gradient. */
function lossAndGradient(x: Tensor, [assigned, priors, boxes]: readonly Tensor[]) {
  const [rows, places, columns] = x.shape as [number, number, number];
  const kinds = columns - 5;
  const part = (tensor: Tensor, start: number, size: number) =>
    tf.slice(tensor, [0, 0, start], [rows, places, size]);
  const [centre, size] = [part(x, 0, 2), part(x, 2, 2)];
  const [objectness, kind] = [part(x, 4, 1), part(x, 5, kinds)];
  const [trueCentre, trueSize, weight] = [
    part(assigned, 0, 2),
    part(assigned, 2, 2),
    part(assigned, 4, 1),
  ];
  const [holdsBox, trueKind] = [part(assigned, 5, 1), part(assigned, 6, kinds)];
  const offset = tf.sigmoid(centre);
  const overlap = largestOverlap(predictedBoxes(offset, size, priors), boxes);
  const free = tf.sub(1, tf.cast(tf.greater(overlap, ignoreThreshold), "float32"));
  const told = tf.maximum(holdsBox, free);
  const sizeError = tf.sub(size, trueSize);
  const ofBox = tf.add(
    tf.sum(tf.mul(weight, crossEntropy(centre, trueCentre))),
    tf.div(tf.sum(tf.mul(weight, tf.mul(sizeError, sizeError))), 2),
  );
  const ofKind = tf.sum(tf.mul(holdsBox, crossEntropy(kind, trueKind)));
  const ofObjectness = tf.sum(tf.mul(told, crossEntropy(objectness, holdsBox)));
  const gradient = tf.concat(
    [
      tf.mul(weight, tf.sub(offset, trueCentre)),
      tf.mul(weight, sizeError),
      tf.mul(told, tf.sub(tf.sigmoid(objectness), holdsBox)),
      tf.mul(holdsBox, tf.sub(tf.sigmoid(kind), trueKind)),
    ],
    2,
  );
  return {
    value: tf.div<Scalar>(tf.add(tf.add(ofBox, ofKind), ofObjectness), rows),
    gradient: tf.div(gradient, rows),
  };
}

/** Binary cross-entropy between sigmoid(x) and z, in a form that cannot overflow. */
function crossEntropy(x: Tensor, z: Tensor): Tensor {
  return tf.add(tf.sub(tf.relu(x), tf.mul(x, z)), tf.log1p(tf.exp(tf.neg(tf.abs(x)))));
}

/** Centres and sizes of the predicted boxes in units of the image, each [rows, places, 1]. */
function predictedBoxes(offset: Tensor, size: Tensor, priors: Tensor): readonly Tensor[] {
  const [rows, places] = offset.shape as [number, number];
  const column = (tensor: Tensor, index: number) =>
    tf.slice(tensor, [0, 0, index], [rows, places, 1]);
  const cell = column(priors, 2);
  return [
    tf.add(tf.mul(column(offset, 0), cell), column(priors, 0)),
    tf.add(tf.mul(column(offset, 1), cell), column(priors, 1)),
    tf.mul(tf.exp(column(size, 0)), column(priors, 3)),
    tf.mul(tf.exp(column(size, 1)), column(priors, 4)),
  ];
}

/** Largest intersection over union of each predicted box with any true box [rows, boxes, 4]: [rows, places, 1]. */
function largestOverlap([x, y, width, height]: readonly Tensor[], boxes: Tensor): Tensor {
  const [rows, count] = boxes.shape as [number, number];
  const [trueX, trueY, trueWidth, trueHeight] = [0, 1, 2, 3].map((index) =>
    tf.reshape(tf.slice(boxes, [0, 0, index], [rows, count, 1]), [rows, 1, count]),
  );
  const shared = (a: Tensor, length: Tensor, b: Tensor, trueLength: Tensor) => {
    const [half, trueHalf] = [tf.div(length, 2), tf.div(trueLength, 2)];
    const end = tf.minimum(tf.add(a, half), tf.add(b, trueHalf));
    const start = tf.maximum(tf.sub(a, half), tf.sub(b, trueHalf));
    return tf.relu(tf.sub(end, start));
  };
  const intersection = tf.mul(
    shared(x, width, trueX, trueWidth),
    shared(y, height, trueY, trueHeight),
  );
  const areas = tf.add(tf.mul(width, height), tf.mul(trueWidth, trueHeight));
  return tf.max(tf.div(intersection, tf.sub(areas, intersection)), 2, true);
}
