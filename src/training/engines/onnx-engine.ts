import type { EngineDescription } from "../../protocol/trainer";
import { stepNames } from "../compiler/step";
import { modelDefinition } from "../models";
import type { DropoutSite } from "../models/dropout";
import { initialState } from "../models/initial-weights";
import { allocateMasks, fillDropoutMask } from "./dropout-masks";
import type { Batch, EngineOptions, NamedTensor, TrainingEngine } from "./engine";
import { kernelLevel } from "./kernel-level";
import { type Runtime, type Tensor, loadRuntime } from "./onnx-runtime";
import { type ModelSessions, verifiedSessions } from "./onnx-sessions";
import { StepSumAccumulator } from "./step-sums";

const evaluationRows = 200;

/** Trains with steps compiled for ONNX Runtime; rejects where its native library cannot be loaded. */
export async function createOnnxEngine(options: EngineOptions): Promise<TrainingEngine> {
  const model = typeof options.model === "string" ? modelDefinition(options.model) : options.model;
  const runtime = await loadRuntime();
  const sessions = await verifiedSessions(model, options);
  return new OnnxEngine(runtime, sessions, options);
}

/** What a step of one batch size reads and writes, allocated once. */
interface StepBuffers {
  readonly masks: readonly Float32Array[];
  readonly maskTensors: readonly Tensor[];
}

class OnnxEngine implements TrainingEngine {
  readonly description: EngineDescription;

  private readonly dropouts: readonly DropoutSite[];
  private readonly tensors: readonly Pick<NamedTensor, "name" | "shape" | "trainable">[];
  /** Their current values, and where the next step writes the updated ones: exchanged after each step. */
  private current: Tensor[];
  private next: Tensor[];
  private readonly loss: Tensor;
  private readonly squaredNorms: Tensor;
  private readonly negativeRate: Tensor;
  private readonly accumulator: StepSumAccumulator;
  private readonly buffers = new Map<number, StepBuffers>();
  private steps = 0;

  constructor(
    private readonly runtime: Runtime,
    private readonly sessions: ModelSessions,
    private readonly options: EngineOptions,
  ) {
    const { model, layout, threads } = sessions;
    const { weights, dropouts } = initialState(model, options.initialWeights);
    this.dropouts = dropouts;
    this.tensors = weights.map(({ name, shape, trainable }) => ({ name, shape, trainable }));
    this.current = weights.map(({ values, shape }) => this.tensor(values, shape));
    this.next = weights.map(({ values, shape }) =>
      this.tensor(new Float32Array(values.length), shape),
    );
    this.loss = this.tensor(new Float32Array(1), []);
    this.negativeRate = this.tensor(new Float32Array(1), []);
    const trained = weights.filter(({ trainable }) => trainable).map(({ name }) => name);
    this.squaredNorms = new runtime.Tensor("float64", new Float64Array(trained.length), [
      trained.length,
    ]);
    this.accumulator = new StepSumAccumulator(trained);
    this.description = {
      name: "onnxruntime",
      version: runtime.env.versions.node ?? "unknown",
      lowering: layout.name,
      kernelLevel: kernelLevel(),
      threads,
    };
  }

  async step({ images, targets, rows }: Batch, learningRate: number): Promise<number> {
    const session = await this.sessions.trainingStep(rows);
    const { masks, maskTensors } = this.buffersFor(rows);
    masks.forEach((mask, index) => {
      const { rate } = this.dropouts[index];
      fillDropoutMask(mask, rate, this.options.dropout, this.steps, index);
    });
    (this.negativeRate.data as Float32Array)[0] = -learningRate;
    const feeds: Record<string, Tensor> = {
      [stepNames.images]: this.tensor(images, [rows, ...this.sessions.model.inputShape]),
      [stepNames.negativeRate]: this.negativeRate,
    };
    const fetches: Record<string, Tensor> = {
      [stepNames.loss]: this.loss,
      [stepNames.squaredNorms]: this.squaredNorms,
    };
    this.sessions.model.targets.forEach(({ name, dtype, shape }, index) => {
      const dims = [rows, ...shape];
      feeds[stepNames.target(name)] = new this.runtime.Tensor(dtype, targets[index], dims);
    });
    maskTensors.forEach((tensor, index) => (feeds[stepNames.mask(index)] = tensor));
    this.tensors.forEach(({ name }, index) => {
      feeds[name] = this.current[index]!;
      fetches[stepNames.updated(name)] = this.next[index]!;
    });
    await session.run(feeds, fetches);
    [this.current, this.next] = [this.next, this.current];
    this.accumulator.add(this.squaredNorms.data as Float64Array);
    this.steps++;
    return (this.loss.data as Float32Array)[0];
  }

  weights(): NamedTensor[] {
    return this.tensors.map((tensor, index) => ({
      ...tensor,
      values: Float32Array.from(this.current[index].data as Float32Array),
    }));
  }

  stepSums() {
    return this.accumulator.sums();
  }

  async evaluate(images: Float32Array, rows: number): Promise<Float32Array[]> {
    const { inputShape } = this.sessions.model;
    const session = await this.sessions.outputs(evaluationRows);
    const size = images.length / rows;
    const outputs: Float32Array[] = [];
    for (let start = 0; start < rows; start += evaluationRows) {
      const count = Math.min(evaluationRows, rows - start);
      const part = new Float32Array(evaluationRows * size);
      part.set(images.subarray(start * size, (start + count) * size));
      const feeds: Record<string, Tensor> = {
        [stepNames.images]: this.tensor(part, [evaluationRows, ...inputShape]),
      };
      this.tensors.forEach(({ name }, index) => (feeds[name] = this.current[index]!));
      const results = await session.run(feeds);
      session.outputNames.forEach((name, index) => {
        const result = results[name].data as Float32Array;
        const each = result.length / evaluationRows;
        const output = (outputs[index] ??= new Float32Array(rows * each));
        output.set(result.subarray(0, count * each), start * each);
      });
    }
    return outputs;
  }

  /** Compiled sessions stay for the next run of the same model. */
  dispose(): Promise<void> {
    this.buffers.clear();
    return Promise.resolve();
  }

  private tensor(values: Float32Array, shape: readonly number[]): Tensor {
    return new this.runtime.Tensor("float32", values, shape);
  }

  private buffersFor(rows: number): StepBuffers {
    const existing = this.buffers.get(rows);
    if (existing !== undefined) return existing;
    const masks = allocateMasks(this.dropouts, rows);
    const maskTensors = masks.map((mask, index) =>
      this.tensor(mask, [rows, ...this.dropouts[index].shape]),
    );
    const buffers = { masks, maskTensors };
    this.buffers.set(rows, buffers);
    return buffers;
  }
}
