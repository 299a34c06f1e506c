import type { FusedBatchNormAttrs, LRNAttrs } from "@tensorflow/tfjs-core";
import type { LocalResponse } from "../ir";
import { recordKernel } from "./kernels";

function localResponse({ depthRadius, bias, alpha, beta }: LRNAttrs): LocalResponse {
  return { radius: depthRadius, bias, alpha, beta };
}

/** Registers batch normalisation with given moments, and local response normalisation with its gradient. */
export function registerNormalization(): void {
  recordKernel<FusedBatchNormAttrs>("FusedBatchNorm", (recorder, inputs, { varianceEpsilon }) => {
    const [x, mean, variance] = [inputs.get("x"), inputs.get("mean"), inputs.get("variance")];
    const { shape } = variance;
    const padded = recorder.emit(
      { op: "binary", fn: "Add" },
      [variance, recorder.filled(varianceEpsilon, [])],
      shape,
    );
    const deviation = recorder.emit({ op: "unary", fn: "Sqrt" }, [padded], shape);
    const inverse = recorder.emit({ op: "unary", fn: "Reciprocal" }, [deviation], shape);
    const factor = inputs.has("scale")
      ? recorder.emit({ op: "binary", fn: "Mul" }, [inverse, inputs.get("scale")], shape)
      : inverse;
    const centred = recorder.emit({ op: "binary", fn: "Sub" }, [x, mean], x.shape);
    const scaled = recorder.emit({ op: "binary", fn: "Mul" }, [centred, factor], x.shape);
    if (!inputs.has("offset")) return scaled;
    return recorder.emit({ op: "binary", fn: "Add" }, [scaled, inputs.get("offset")], x.shape);
  });
  recordKernel<LRNAttrs>("LRN", (recorder, inputs, attributes) => {
    const x = inputs.get("x");
    const normalization = localResponse(attributes);
    return recorder.emit({ op: "lrn", normalization }, [x], x.shape);
  });
  recordKernel<LRNAttrs>("LRNGrad", (recorder, inputs, attributes) => {
    const [x, y, dy] = [inputs.get("x"), inputs.get("y"), inputs.get("dy")];
    const normalization = localResponse(attributes);
    return recorder.emit({ op: "lrnGradient", normalization }, [dy, x, y], x.shape);
  });
}
