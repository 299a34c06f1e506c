import type { EngineChoice } from "../../../src/protocol/trainer";
import { chooseEngine } from "../../../src/training/choose-engine";
import { stackedClassifier } from "../../../src/training/models/classifier";
import { noise } from "../../unit/training/engines/comparison";

/** A small network with the kinds of operators that the models have. */
const model = stackedClassifier(
  { id: "test", inputShape: [12, 12, 3], outputs: 4, batchSize: 4 },
  (net) =>
    net
      .convolution({ filters: 8, kernelSize: 3, padding: "same", activation: "relu" })
      .maxPooling(3, "same", 2)
      .localResponseNormalization()
      .convolution({ filters: 12, kernelSize: 3, padding: "same" })
      .batchNormalization(0.9)
      .leakyRelu(0.1)
      .upSampling()
      .maxPooling()
      .dropout(0.3)
      .flatten()
      .dense(9, "relu")
      .dense(4),
);

export interface Steps {
  readonly engine: { readonly name: string; readonly lowering: string };
  readonly losses: readonly number[];
  readonly weights: readonly (readonly number[])[];
}

/** Two steps with momentum on an engine, and what the weights are then. */
export async function engineSteps(choice: EngineChoice): Promise<Steps> {
  const engine = await chooseEngine(choice, {
    model,
    initialWeights: 3,
    dropout: 4,
    optimizer: { name: "momentum", momentum: 0.9 },
    weightDecay: 0.001,
  });
  const losses: number[] = [];
  for (let step = 0; step < 2; step++) losses.push(await engine.step(noise(model, 4, step), 0.05));
  const weights = engine.weights().map(({ values }) => Array.from(values));
  const { description } = engine;
  await engine.dispose();
  return { engine: description, losses, weights };
}
