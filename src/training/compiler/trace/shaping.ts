import { slice_util, util } from "@tensorflow/tfjs-core";
import type {
  BroadCastToAttrs,
  ConcatAttrs,
  ExpandDimsAttrs,
  PadV2Attrs,
  ReshapeAttrs,
  SliceAttrs,
  SplitVAttrs,
  TensorInfo,
  TileAttrs,
  TransposeAttrs,
} from "@tensorflow/tfjs-core";
import { recordKernel } from "./kernels";
import type { Recorder } from "./recorder";

function slice(recorder: Recorder, x: TensorInfo, begin: number[], size: number[]): TensorInfo {
  return recorder.emit({ op: "slice", begin }, [x], size, x.dtype);
}

/** Registers kernels that rename, move, repeat, join or cut elements. */
export function registerShaping(): void {
  recordKernel("Identity", (recorder, inputs) => {
    const x = inputs.get("x");
    return recorder.emit({ op: "reshape" }, [x], x.shape, x.dtype);
  });
  recordKernel<ReshapeAttrs>("Reshape", (recorder, inputs, { shape }) => {
    const x = inputs.get("x");
    const known = util.inferFromImplicitShape(shape, util.sizeFromShape(x.shape));
    return recorder.emit({ op: "reshape" }, [x], known, x.dtype);
  });
  recordKernel<ExpandDimsAttrs>("ExpandDims", (recorder, inputs, { dim }) => {
    const x = inputs.get("input");
    const at = dim < 0 ? x.shape.length + dim + 1 : dim;
    const shape = [...x.shape.slice(0, at), 1, ...x.shape.slice(at)];
    return recorder.emit({ op: "reshape" }, [x], shape, x.dtype);
  });
  recordKernel<TileAttrs>("Tile", (recorder, inputs, { reps }) => {
    const x = inputs.get("x");
    if (x.shape.some((size, axis) => size !== 1 && reps[axis] !== 1))
      throw new Error("Repeating is supported along axes of size 1.");
    const shape = x.shape.map((size, axis) => size * reps[axis]);
    return recorder.emit({ op: "broadcast" }, [x], shape, x.dtype);
  });
  recordKernel<BroadCastToAttrs>("BroadcastTo", (recorder, inputs, { shape }) => {
    const x = inputs.get("x");
    return recorder.emit({ op: "broadcast" }, [x], shape, x.dtype);
  });
  recordKernel<TransposeAttrs>("Transpose", (recorder, inputs, { perm }) => {
    const x = inputs.get("x");
    const shape = perm.map((axis) => x.shape[axis]);
    return recorder.emit({ op: "transpose", order: perm }, [x], shape, x.dtype);
  });
  recordKernel<ConcatAttrs>("Concat", (recorder, inputs, attributes) => {
    const parts = inputs.list();
    const [axis] = util.parseAxisParam(attributes.axis, parts[0].shape);
    const shape = [...parts[0].shape];
    shape[axis] = parts.reduce((sum, part) => sum + part.shape[axis], 0);
    return recorder.emit({ op: "concat", axis }, parts, shape, parts[0].dtype);
  });
  recordKernel<SliceAttrs>("Slice", (recorder, inputs, attributes) => {
    const x = inputs.get("x");
    // The types of tfjs ask for a tensor where its shape is all that is read.
    const [begin, size] = slice_util.parseSliceParams(x, attributes.begin, attributes.size);
    return slice(recorder, x, begin, size);
  });
  recordKernel<SplitVAttrs>("SplitV", (recorder, inputs, { numOrSizeSplits, axis }) => {
    const x = inputs.get("x");
    const [along] = util.parseAxisParam(axis, x.shape);
    const sizes = Array.isArray(numOrSizeSplits)
      ? numOrSizeSplits
      : Array.from({ length: numOrSizeSplits }, () => x.shape[along] / numOrSizeSplits);
    let start = 0;
    return sizes.map((length) => {
      const begin = x.shape.map((_, i) => (i === along ? start : 0));
      const size = x.shape.map((whole, i) => (i === along ? length : whole));
      start += length;
      return slice(recorder, x, begin, size);
    });
  });
  recordKernel<PadV2Attrs>("PadV2", (recorder, inputs, { paddings, constantValue }) => {
    const x = inputs.get("x");
    const shape = x.shape.map((size, axis) => size + paddings[axis][0] + paddings[axis][1]);
    const [before, after] = [0, 1].map((end) => paddings.map((sizes) => sizes[end]));
    return recorder.emit({ op: "pad", before, after, value: constantValue }, [x], shape, x.dtype);
  });
}
