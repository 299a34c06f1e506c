import { createHash } from "node:crypto";
import { createOnnxEngine } from "../../../../src/training/engines/onnx-engine";
import { modelDefinition } from "../../../../src/training/models";
import { noise } from "./comparison";

/** Hash of the weights and step sums after a few steps, of which the last has a smaller batch. */
export async function fingerprint(model: string, seed: number): Promise<string> {
  const engine = await createOnnxEngine({ model, initialWeights: seed, dropout: seed });
  for (const [step, rows] of [128, 128, 96].entries())
    await engine.step(noise(modelDefinition(model), rows, step), 0.05);
  const hash = createHash("sha256");
  for (const { values } of engine.weights()) hash.update(values);
  hash.update(JSON.stringify(engine.stepSums()));
  await engine.dispose();
  return hash.digest("hex");
}
