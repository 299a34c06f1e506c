import { tidy } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Program } from "../ir";
import { traceBackend } from "./backend";
import { registerElementwise } from "./elementwise";
import { registerMatmul } from "./matmul";
import { registerNormalization } from "./normalization";
import { registerReductions } from "./reductions";
import { registerShaping } from "./shaping";
import { registerSpatial } from "./spatial";

registerElementwise();
registerShaping();
registerNormalization();
registerReductions();
registerMatmul();
registerSpatial();

export interface NamedTensors {
  readonly name: string;
  readonly tensor: Tensor;
}

/**
 * Records what `body` computes. `inputs` are tensors (or variables) that exist already and become inputs
 * of the program. `body` answers with the outputs; a variable that it assigned stands for its new value.
 * Assigned variables hold no values any more afterwards: trace with a network made for it.
 */
export function trace(
  inputs: readonly NamedTensors[],
  body: () => readonly NamedTensors[],
): Program {
  return traceBackend.record((recorder) => {
    for (const { name, tensor } of inputs) recorder.declareInput(name, tensor);
    let program: Program | undefined;
    tidy(() => {
      const outputs = body();
      program = recorder.program(
        outputs.map(({ name, tensor }) => ({ name, value: recorder.valueOf(tensor) })),
      );
    });
    if (program === undefined) throw new Error("The trace ended early.");
    return program;
  });
}
