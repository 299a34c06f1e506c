import * as tf from "@tensorflow/tfjs-core";
import type { EngineDescription } from "../../protocol/trainer";
import { type ModelDefinition, modelDefinition } from "../models";
import { useCpuBackend } from "../models/cpu-backend";
import { kernelsFrom, tensorsOf } from "../models/initial-weights";
import type { Network } from "../models/network";
import { allocateMasks, fillDropoutMask } from "./dropout-masks";
import { type EagerBackend, cpuBackend } from "./eager-backend";
import { eagerGradients } from "./eager-gradients";
import { type EagerOptimizer, eagerOptimizer } from "./eager-optimizer";
import type { Batch, EngineOptions, NamedTensor, TrainingEngine } from "./engine";
import { StepSumAccumulator } from "./step-sums";

/**
 * Trains with eager tfjs: where left out in JavaScript, which is slow, but runs everywhere, and what the compiled engine
 * is held against.
 */
export function createTfjsEngine(
  options: EngineOptions,
  backend: EagerBackend = cpuBackend,
): Promise<TrainingEngine> {
  const { model } = options;
  const definition = typeof model === "string" ? modelDefinition(model) : model;
  return Promise.resolve(new TfjsEngine(definition, options, backend));
}

class TfjsEngine implements TrainingEngine {
  readonly description: EngineDescription;

  private readonly network: Network;
  private readonly optimizer: EagerOptimizer;
  private readonly accumulator: StepSumAccumulator;
  private masks: readonly tf.Tensor[] = [];
  private steps = 0;

  constructor(
    private readonly model: ModelDefinition,
    private readonly options: EngineOptions,
    private readonly backend: EagerBackend,
  ) {
    const { name, version, kernelLevel } = backend;
    this.description = { name, version, kernelLevel, lowering: "none", threads: 1 };
    // Initial weights are the same on every backend.
    useCpuBackend();
    this.network = model.build({
      kernelInitializer: kernelsFrom(options.initialWeights),
      masks: (index) => this.masks[index],
    });
    const { optimizer = { name: "sgd" }, weightDecay = 0 } = options;
    this.optimizer = eagerOptimizer(optimizer, weightDecay, this.network);
    this.accumulator = new StepSumAccumulator(this.network.weights.map(({ name }) => name));
  }

  step(batch: Batch, learningRate: number): Promise<number> {
    this.backend.use();
    const before = this.weights();
    const { dropouts } = this.network;
    const masks = allocateMasks(dropouts, batch.rows);
    masks.forEach((mask, index) => {
      fillDropoutMask(mask, dropouts[index].rate, this.options.dropout, this.steps, index);
    });
    const setMasks = (tensors: readonly tf.Tensor[]) => (this.masks = tensors);
    const { loss, gradients } = eagerGradients(this.model, this.network, batch, masks, setMasks);
    this.optimizer.apply(gradients, learningRate);
    tf.dispose(gradients);
    this.accumulator.add(
      this.weights()
        .filter(({ trainable }) => trainable)
        .map(({ values }, i) => squaredDistance(values, before[i].values)),
    );
    this.steps++;
    return Promise.resolve(loss);
  }

  weights(): NamedTensor[] {
    return tensorsOf(this.network);
  }

  stepSums() {
    return this.accumulator.sums();
  }

  evaluate(images: Float32Array, rows: number): Promise<Float32Array[]> {
    this.backend.use();
    return Promise.resolve(
      tf.tidy(() => {
        const input = tf.tensor(images, [rows, ...this.model.inputShape]);
        return this.network
          .apply(input, false)
          .map((output) => Float32Array.from(output.dataSync()));
      }),
    );
  }

  dispose(): Promise<void> {
    this.optimizer.dispose();
    this.network.dispose();
    return Promise.resolve();
  }
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.fround(a[i] - b[i]) ** 2;
  return sum;
}
