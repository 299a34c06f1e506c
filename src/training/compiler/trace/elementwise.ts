import { backend_util, util } from "@tensorflow/tfjs-core";
import type {
  FillAttrs,
  OneHotAttrs,
  StepAttrs,
  CastAttrs,
  ReshapeAttrs,
} from "@tensorflow/tfjs-core";
import type { BinaryFunction, UnaryFunction } from "../ir";
import { recordKernel } from "./kernels";

const binary: Record<string, BinaryFunction> = {
  Add: "Add",
  Sub: "Sub",
  Multiply: "Mul",
  RealDiv: "Div",
  Maximum: "Max",
  Minimum: "Min",
};
const unary: Record<string, UnaryFunction> = {
  Relu: "Relu",
  Neg: "Neg",
  Abs: "Abs",
  Exp: "Exp",
  Log: "Log",
  Log1p: "Log1p",
  Sqrt: "Sqrt",
  Sigmoid: "Sigmoid",
};

/** Registers kernels that work element by element, and those that only rename or make elements. */
export function registerElementwise(): void {
  for (const [kernel, fn] of Object.entries(binary))
    recordKernel(kernel, (recorder, inputs) => {
      const [a, b] = [inputs.get("a"), inputs.get("b")];
      const shape = backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
      return recorder.emit({ op: "binary", fn }, [a, b], shape, a.dtype);
    });
  for (const [kernel, fn] of Object.entries(unary))
    recordKernel(kernel, (recorder, inputs) => {
      const x = inputs.get("x");
      return recorder.emit({ op: "unary", fn }, [x], x.shape, x.dtype);
    });
  recordKernel<StepAttrs>("Step", (recorder, inputs, { alpha }) => {
    if (alpha) throw new Error("The gradient of a leaky ReLU is not supported.");
    const x = inputs.get("x");
    return recorder.emit({ op: "step" }, [x], x.shape, x.dtype);
  });
  recordKernel<CastAttrs>("Cast", (recorder, inputs, { dtype }) => {
    const x = inputs.get("x");
    const op = dtype === x.dtype ? "reshape" : "cast";
    return recorder.emit({ op }, [x], x.shape, dtype);
  });
  recordKernel("Identity", (recorder, inputs) => {
    const x = inputs.get("x");
    return recorder.emit({ op: "reshape" }, [x], x.shape, x.dtype);
  });
  recordKernel<ReshapeAttrs>("Reshape", (recorder, inputs, { shape }) => {
    const x = inputs.get("x");
    const known = util.inferFromImplicitShape(shape, util.sizeFromShape(x.shape));
    return recorder.emit({ op: "reshape" }, [x], known, x.dtype);
  });
  recordKernel<OneHotAttrs>("OneHot", (recorder, inputs, { depth, onValue, offValue }) => {
    const indices = inputs.get("indices");
    if (onValue !== 1 || offValue !== 0 || indices.shape.length !== 1)
      throw new Error("One-hot labels are made of a vector of class indices, with values 1 and 0.");
    return recorder.emit({ op: "oneHot", depth }, [indices], [...indices.shape, depth]);
  });
  for (const [kernel, value] of [
    ["ZerosLike", 0],
    ["OnesLike", 1],
  ] as const)
    recordKernel(kernel, (recorder, inputs) => {
      const { shape, dtype } = inputs.get("x");
      return { dataId: recorder.constant([value], shape, dtype), shape, dtype };
    });
  recordKernel<FillAttrs>("Fill", (recorder, _inputs, { shape, value, dtype }) => ({
    dataId: recorder.constant([Number(value)], shape, dtype),
    shape,
    dtype,
  }));
}
