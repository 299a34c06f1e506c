import type { EngineOptions, TrainingEngine } from "./engines/engine";
import { createOnnxEngine } from "./engines/onnx-engine";
import { createTfjsEngine } from "./engines/tfjs-engine";

/**
 * An engine for one run of a model: the compiled one, or eager tfjs (slow, same results within rounding)
 * where ONNX Runtime cannot be loaded on this machine. `WEIGHT_ODOMETER_ENGINE` forces one: onnxruntime,
 * plain (its NCHW lowering) or tfjs.
 */
export async function chooseEngine(options: EngineOptions): Promise<TrainingEngine> {
  switch (process.env["WEIGHT_ODOMETER_ENGINE"]) {
    case "onnxruntime":
      return createOnnxEngine(options);
    case "plain":
      return createOnnxEngine({ ...options, lowering: "plain" });
    case "tfjs":
      return createTfjsEngine(options);
    default:
      try {
        return await createOnnxEngine(options);
      } catch (error) {
        process.stderr.write(
          `ONNX Runtime cannot be used here, training with eager tfjs: ${String(error)}\n`,
        );
        return createTfjsEngine(options);
      }
  }
}
