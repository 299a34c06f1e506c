// Trains a model with our engine and times its steps: MODEL ROWS LEARNING-RATE WARM-UP TIMED LOWERING.
import { createOnnxEngine } from "../../src/training/engines/onnx-engine";
import { modelDefinition } from "../../src/training/models";
import { randomBatch } from "./batch";
import { measure } from "./measured";

async function main(parts: readonly string[]) {
  const [model = "", rows = "", rate = "", warmUp = "", timed = "", lowering = ""] = parts;
  const definition = modelDefinition(model);
  const engine = await createOnnxEngine({
    model: definition,
    lowering: lowering === "plain" ? "plain" : "auto",
    initialWeights: 1,
    dropout: 1,
    batchSize: Number(rows),
  });
  const batch = randomBatch(definition, Number(rows));
  const counts = { warmUp: Number(warmUp), timed: Number(timed) };
  await measure(() => engine.step(batch, Number(rate)), counts, engine.description);
}

void main(process.argv.slice(2));
