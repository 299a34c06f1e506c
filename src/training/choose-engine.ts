import type { EngineChoice } from "../protocol/trainer";
import type { EngineOptions, TrainingEngine } from "./engines/engine";
import { createOnnxEngine } from "./engines/onnx-engine";
import { createTfjsEngine } from "./engines/tfjs-engine";
import { tfjsNodeBackend } from "./engines/tfjs-node";

/**
 * An engine for one run of a model. "auto" is the compiled one, or eager tfjs (slow, same results within rounding)
 * where ONNX Runtime cannot be loaded on this machine or computes something else.
 * @throws Error that says what is missing, where another is asked for and cannot be had
 */
export async function chooseEngine(
  choice: EngineChoice,
  options: EngineOptions,
): Promise<TrainingEngine> {
  switch (choice) {
    case "onnxruntime":
      return createOnnxEngine(options);
    case "onnxruntime-plain":
      return createOnnxEngine({ ...options, lowering: "plain" });
    case "onnx-webgpu":
      return createOnnxEngine({ ...options, lowering: "plain", provider: "webgpu" });
    case "tfjs":
      return createTfjsEngine(options);
    case "tfjs-node":
      return createTfjsEngine(options, tfjsNodeBackend());
    case "auto":
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
