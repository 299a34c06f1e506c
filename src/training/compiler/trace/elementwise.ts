import { backend_util } from "@tensorflow/tfjs-core";
import type {
  CastAttrs,
  ClipByValueAttrs,
  FillAttrs,
  LeakyReluAttrs,
  OneHotAttrs,
  StepAttrs,
} from "@tensorflow/tfjs-core";
import type { BinaryFunction, CompareFunction, LogicalFunction, UnaryFunction } from "../ir";
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
  Reciprocal: "Reciprocal",
  Sigmoid: "Sigmoid",
  Tanh: "Tanh",
  Softplus: "Softplus",
};
const comparisons: Record<string, CompareFunction> = {
  Greater: "Greater",
  GreaterEqual: "GreaterOrEqual",
  Less: "Less",
  LessEqual: "LessOrEqual",
  Equal: "Equal",
};
const logical: Record<string, LogicalFunction> = { LogicalAnd: "And", LogicalOr: "Or" };

/** Registers kernels that work element by element, and those that make elements. */
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
  for (const [kernel, operation] of [
    ...Object.entries(comparisons).map(([name, fn]) => [name, { op: "compare", fn }] as const),
    ...Object.entries(logical).map(([name, fn]) => [name, { op: "logical", fn }] as const),
  ])
    recordKernel(kernel, (recorder, inputs) => {
      const [a, b] = [inputs.get("a"), inputs.get("b")];
      const shape = backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
      return recorder.emit(operation, [a, b], shape, "bool");
    });
  recordKernel("LogicalNot", (recorder, inputs) => {
    const x = inputs.get("x");
    return recorder.emit({ op: "logical", fn: "Not" }, [x], x.shape, "bool");
  });
  recordKernel("Select", (recorder, inputs) => {
    const [condition, t, e] = [inputs.get("condition"), inputs.get("t"), inputs.get("e")];
    return recorder.emit({ op: "select" }, [condition, t, e], t.shape, t.dtype);
  });
  recordKernel("Square", (recorder, inputs) => {
    const x = inputs.get("x");
    return recorder.emit({ op: "binary", fn: "Mul" }, [x, x], x.shape, x.dtype);
  });
  recordKernel("SquaredDifference", (recorder, inputs) => {
    const [a, b] = [inputs.get("a"), inputs.get("b")];
    const shape = backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const difference = recorder.emit({ op: "binary", fn: "Sub" }, [a, b], shape);
    return recorder.emit({ op: "binary", fn: "Mul" }, [difference, difference], shape);
  });
  recordKernel("Rsqrt", (recorder, inputs) => {
    const x = inputs.get("x");
    const root = recorder.emit({ op: "unary", fn: "Sqrt" }, [x], x.shape);
    return recorder.emit({ op: "unary", fn: "Reciprocal" }, [root], x.shape);
  });
  recordKernel("AddN", (recorder, inputs) =>
    inputs
      .list()
      .reduce((sum, x) => recorder.emit({ op: "binary", fn: "Add" }, [sum, x], x.shape, x.dtype)),
  );
  recordKernel<ClipByValueAttrs>("ClipByValue", (recorder, inputs, attributes) => {
    const x = inputs.get("x");
    const limit = (value: number) => recorder.filled(value, x.shape);
    const below = recorder.emit(
      { op: "binary", fn: "Min" },
      [x, limit(attributes.clipValueMax)],
      x.shape,
    );
    return recorder.emit(
      { op: "binary", fn: "Max" },
      [below, limit(attributes.clipValueMin)],
      x.shape,
    );
  });
  recordKernel<LeakyReluAttrs>("LeakyRelu", (recorder, inputs, { alpha }) => {
    const x = inputs.get("x");
    return recorder.emit({ op: "leakyRelu", alpha }, [x], x.shape);
  });
  recordKernel<StepAttrs>("Step", (recorder, inputs, { alpha }) => {
    if (alpha) throw new Error("Steps to other values than 0 and 1 are not supported.");
    const x = inputs.get("x");
    return recorder.emit({ op: "step" }, [x], x.shape, x.dtype);
  });
  recordKernel<CastAttrs>("Cast", (recorder, inputs, { dtype }) => {
    const x = inputs.get("x");
    const op = dtype === x.dtype ? "reshape" : "cast";
    return recorder.emit({ op }, [x], x.shape, dtype);
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
      return recorder.filled(value, shape, dtype);
    });
  recordKernel<FillAttrs>("Fill", (recorder, _inputs, { shape, value, dtype }) =>
    recorder.filled(Number(value), shape, dtype),
  );
}
