import { util } from "@tensorflow/tfjs-core";
import type { MaxAttrs, SumAttrs } from "@tensorflow/tfjs-core";
import { recordKernel } from "./kernels";

/** Registers the reductions: tfjs names the axes of Max and Min otherwise than those of Sum and Mean. */
export function registerReductions(): void {
  for (const fn of ["Sum", "Max", "Min", "Mean"] as const)
    recordKernel<SumAttrs | MaxAttrs>(fn, (recorder, inputs, attributes) => {
      const x = inputs.get("x");
      const { keepDims } = attributes;
      const given = "axis" in attributes ? attributes.axis : attributes.reductionIndices;
      const axes = util.parseAxisParam(given, x.shape);
      const shape = keepDims
        ? x.shape.map((size, i) => (axes.includes(i) ? 1 : size))
        : x.shape.filter((_, i) => !axes.includes(i));
      return recorder.emit({ op: "reduce", fn, axes, keepDims }, [x], shape, x.dtype);
    });
}
