import * as tf from "@tensorflow/tfjs-core";
import { type ModelDefinition, modelDefinition } from "../models";
import { cpuBackendVersion, useCpuBackend } from "../models/cpu-backend";
import { kernelsFrom, tensorsOf } from "../models/initial-weights";
import type { Network } from "../models/network";
import { allocateMasks, fillDropoutMask } from "./dropout-masks";
import { eagerStep } from "./eager-step";
import { useFastConvolutions } from "./fast-convolution";
import type { Batch, EngineOptions, NamedTensor, TrainingEngine } from "./engine";
import { StepSumAccumulator } from "./step-sums";

/** Trains with eager tfjs in JavaScript: slow, but runs everywhere, and what the compiled engine is held against. */
export function createTfjsEngine(options: EngineOptions): Promise<TrainingEngine> {
  const { model } = options;
  useFastConvolutions();
  return Promise.resolve(
    new TfjsEngine(typeof model === "string" ? modelDefinition(model) : model, options),
  );
}

class TfjsEngine implements TrainingEngine {
  readonly description = {
    name: "tfjs-cpu",
    version: cpuBackendVersion,
    lowering: "none",
    kernelLevel: "javascript",
    threads: 1,
  } as const;

  private readonly network: Network;
  private readonly accumulator: StepSumAccumulator;
  private masks: readonly tf.Tensor[] = [];
  private steps = 0;

  constructor(
    private readonly model: ModelDefinition,
    private readonly options: EngineOptions,
  ) {
    this.network = model.build({
      kernelInitializer: kernelsFrom(options.initialWeights),
      masks: (index) => this.masks[index],
    });
    this.accumulator = new StepSumAccumulator(this.network.weights.map(({ name }) => name));
  }

  step(batch: Batch, learningRate: number): Promise<number> {
    useCpuBackend();
    const before = this.weights();
    const { dropouts } = this.network;
    const masks = allocateMasks(dropouts, batch.rows);
    masks.forEach((mask, index) => {
      fillDropoutMask(mask, dropouts[index].rate, this.options.dropout, this.steps, index);
    });
    const setMasks = (tensors: readonly tf.Tensor[]) => (this.masks = tensors);
    const loss = eagerStep(this.model, this.network, batch, masks, setMasks, learningRate);
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
    useCpuBackend();
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
    this.network.dispose();
    return Promise.resolve();
  }
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.fround(a[i] - b[i]) ** 2;
  return sum;
}
