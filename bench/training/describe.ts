// Writes what the peers build a model of ours from: MODEL ROWS FOLDER. Of the files, description.json lists the layers
// as Keras does and what the others hold: weights.bin our initial weights, images.bin and target-N.bin a batch.
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Tensor } from "@tensorflow/tfjs-core";
import { LayersModel, type SymbolicTensor, initializers, input } from "@tensorflow/tfjs-layers";
import { elements } from "../../src/training/compiler/ir";
import { traceTrainingStep } from "../../src/training/compiler/step";
import { type ModelDefinition, modelDefinition } from "../../src/training/models";
import { useCpuBackend } from "../../src/training/models/cpu-backend";
import { initialState } from "../../src/training/models/initial-weights";
import { randomBatch } from "./batch";
import { operations } from "./operations";

/** What tfjs says of a layer, as Keras 2 does. */
interface KerasLayer {
  readonly class_name: string;
  readonly config: { readonly name: string };
  readonly inbound_nodes: readonly (readonly [string, ...unknown[]][])[];
}

/** The layers of a model's training network with their shapes, and which are outputs. */
function layersOf(model: ModelDefinition) {
  const network = model.build({
    kernelInitializer: () => initializers.zeros(),
    masks: () => {
      throw new Error("Layers need no dropout masks.");
    },
  });
  // Applied to a symbol in place of images, the network answers with symbols that know the tfjs model.
  const images: unknown = input({ shape: [...model.inputShape] });
  const [output] = network.apply(images as Tensor, true) as unknown as SymbolicTensor[];
  const training: unknown = output.sourceLayer;
  if (!(training instanceof LayersModel)) throw new Error("The network is no tfjs model.");
  const { config } = JSON.parse(training.toJSON(null, true) as string) as {
    config: { layers: KerasLayer[]; output_layers: [string, ...unknown[]][] };
  };
  const rates = new Map(
    network.dropouts.map(({ rate }, i) => [i ? `dropout_${i}` : "dropout", rate]),
  );
  const layers = config.layers.map(({ class_name: kind, config: own, inbound_nodes: [from] }) => ({
    ...own,
    kind,
    inputs: (from as typeof from | undefined)?.map(([name]) => name) ?? [],
    shape: training.getLayer(own.name).outputShape,
    rate: rates.get(own.name),
  }));
  network.dispose();
  return { layers, outputs: config.output_layers.map(([name]) => name) };
}

function main([id = "", rowsText = "", folder = ""]: readonly string[]) {
  const rows = Number(rowsText);
  const model = modelDefinition(id);
  useCpuBackend();
  const { weights } = initialState(model, 1);
  const { images, targets } = randomBatch(model, rows);
  const description = {
    ...layersOf(model),
    weights: weights.map(({ name, shape }) => ({ name, shape })),
    inputShape: [rows, ...model.inputShape],
    targets: model.targets.map(({ dtype, shape }) => ({ dtype, shape: [rows, ...shape] })),
    parameters: weights
      .filter(({ trainable }) => trainable)
      .reduce((sum, { shape }) => sum + elements(shape), 0),
    operations: operations(traceTrainingStep(model, rows)),
  };
  const write = (name: string, arrays: readonly (Float32Array | Int32Array)[]) => {
    writeFileSync(path.join(folder, name), "");
    for (const values of arrays)
      writeFileSync(
        path.join(folder, name),
        new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
        {
          flag: "a",
        },
      );
  };
  write(
    "weights.bin",
    weights.map(({ values }) => values),
  );
  write("images.bin", [images]);
  targets.forEach((target, i) => {
    write(`target-${i}.bin`, [target]);
  });
  writeFileSync(path.join(folder, "description.json"), JSON.stringify(description));
}

main(process.argv.slice(2));
