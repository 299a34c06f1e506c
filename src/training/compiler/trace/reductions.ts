import { util } from "@tensorflow/tfjs-core";
import type { SumAttrs } from "@tensorflow/tfjs-core";
import { recordKernel } from "./kernels";

/** Registers the reductions; Sum, Max and Mean have the same attributes in tfjs. */
export function registerReductions(): void {
  for (const fn of ["Sum", "Max", "Mean"] as const)
    recordKernel<SumAttrs>(fn, (recorder, inputs, { axis, keepDims }) => {
      const x = inputs.get("x");
      const axes = util.parseAxisParam(axis, x.shape);
      const shape = keepDims
        ? x.shape.map((size, i) => (axes.includes(i) ? 1 : size))
        : x.shape.filter((_, i) => !axes.includes(i));
      return recorder.emit({ op: "reduce", fn, axes, keepDims }, [x], shape, x.dtype);
    });
}
