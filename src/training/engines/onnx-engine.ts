import type { EngineDescription } from "../../protocol/trainer";
import { elements } from "../compiler/ir";
import { compilerRevision } from "../compiler/revision";
import { stepNames } from "../compiler/step";
import { modelDefinition } from "../models";
import type { DropoutSite } from "../models/dropout";
import { initialState } from "../models/initial-weights";
import { allocateMasks, fillDropoutMask } from "./dropout-masks";
import type { Batch, EngineOptions, NamedTensor, TrainingEngine } from "./engine";
import { kernelLevel } from "./kernel-level";
import { type Runtime, type Tensor, loadRuntime } from "./onnx-runtime";
import { type ModelSessions, verifiedSessions } from "./onnx-sessions";
import { runInPlace } from "./run-in-place";
import { StepSumAccumulator } from "./step-sums";
import { WeightMemory } from "./update/weight-memory";

/** Rows that are evaluated at once: fewer of large images, whose layers take memory. */
function evaluationRows(inputShape: readonly number[]): number {
  return Math.max(1, Math.min(200, Math.floor(2 ** 21 / elements(inputShape))));
}

/** Trains with steps compiled for ONNX Runtime; rejects where its native library cannot be loaded. */
export async function createOnnxEngine(options: EngineOptions): Promise<TrainingEngine> {
  const model = typeof options.model === "string" ? modelDefinition(options.model) : options.model;
  const runtime = await loadRuntime();
  const sessions = await verifiedSessions(model, options);
  return new OnnxEngine(runtime, sessions, options);
}

/** Dropout masks of one batch size, allocated once. */
interface Masks {
  readonly values: readonly Float32Array[];
  readonly tensors: readonly Tensor[];
}

/** A buffer's value, and where the next step writes the new one. */
interface Buffer {
  readonly name: string;
  readonly current: Tensor;
  readonly next: Tensor;
}

class OnnxEngine implements TrainingEngine {
  readonly description: EngineDescription;

  private readonly dropouts: readonly DropoutSite[];
  private readonly weightTensors: readonly { readonly name: string; readonly tensor: Tensor }[];
  private readonly buffers: readonly Buffer[];
  private readonly memory: WeightMemory;
  /** Where a step writes to. */
  private readonly results: Record<string, Tensor> = {};
  private readonly loss = new Float32Array(1);
  private readonly accumulator: StepSumAccumulator;
  private readonly masks = new Map<number, Masks>();
  private steps = 0;

  constructor(
    private readonly runtime: Runtime,
    private readonly sessions: ModelSessions,
    private readonly options: EngineOptions,
  ) {
    const { model, layout, execution } = sessions;
    const { weights, dropouts } = initialState(model, options.initialWeights);
    const trained = weights.filter(({ trainable }) => trainable);
    const { optimizer = { name: "sgd" }, weightDecay = 0 } = options;
    this.dropouts = dropouts;
    this.memory = new WeightMemory(trained, optimizer, weightDecay);
    this.results[stepNames.loss] = this.tensor(this.loss, []);
    this.weightTensors = trained.map(({ name, shape }, index) => {
      this.results[stepNames.gradient(name)] = this.tensor(this.memory.gradients[index], shape);
      return { name, tensor: this.tensor(this.memory.weights[index], shape) };
    });
    this.buffers = weights
      .filter(({ trainable }) => !trainable)
      .map(({ name, values, shape }) => {
        const next = this.tensor(new Float32Array(values.length), shape);
        this.results[stepNames.updated(name)] = next;
        return { name, current: this.tensor(values, shape), next };
      });
    this.accumulator = new StepSumAccumulator(trained.map(({ name }) => name));
    this.description = {
      name: execution.provider === "cpu" ? "onnxruntime" : "onnxruntime-webgpu",
      version: `${runtime.env.versions.node ?? "unknown"}, compiler ${compilerRevision}`,
      lowering: layout.name,
      kernelLevel: execution.provider === "cpu" ? kernelLevel() : execution.provider,
      threads: execution.threads,
    };
  }

  async step({ images, targets, rows }: Batch, learningRate: number): Promise<number> {
    const { model } = this.sessions;
    const session = await this.sessions.trainingStep(rows);
    const masks = this.masksFor(rows);
    const feeds = this.stateFeeds();
    feeds[stepNames.images] = this.tensor(images, [rows, ...model.inputShape]);
    model.targets.forEach(({ name, dtype, shape }, index) => {
      const dims = [rows, ...shape];
      feeds[stepNames.target(name)] = new this.runtime.Tensor(dtype, targets[index], dims);
    });
    masks.values.forEach((mask, index) => {
      const { rate } = this.dropouts[index];
      fillDropoutMask(mask, rate, this.options.dropout, this.steps, index);
      feeds[stepNames.mask(index)] = masks.tensors[index]!;
    });
    await runInPlace(session, feeds, this.results);
    this.accumulator.add(this.memory.update(learningRate));
    for (const { current, next } of this.buffers)
      (current.data as Float32Array).set(next.data as Float32Array);
    this.steps++;
    return this.loss[0];
  }

  weights(): NamedTensor[] {
    const copy = (name: string, { data, dims }: Tensor, trainable: boolean) => ({
      name,
      shape: [...dims],
      values: (data as Float32Array).slice(),
      trainable,
    });
    return [
      ...this.weightTensors.map(({ name, tensor }) => copy(name, tensor, true)),
      ...this.buffers.map(({ name, current }) => copy(name, current, false)),
    ];
  }

  stepSums() {
    return this.accumulator.sums();
  }

  async evaluate(images: Float32Array, rows: number): Promise<Float32Array[]> {
    const { inputShape } = this.sessions.model;
    const rowsEach = evaluationRows(inputShape);
    const session = await this.sessions.outputs(rowsEach);
    const size = images.length / rows;
    const outputs: Float32Array[] = [];
    const feeds = this.stateFeeds();
    for (let start = 0; start < rows; start += rowsEach) {
      const count = Math.min(rowsEach, rows - start);
      const part = new Float32Array(rowsEach * size);
      part.set(images.subarray(start * size, (start + count) * size));
      feeds[stepNames.images] = this.tensor(part, [rowsEach, ...inputShape]);
      const results = await session.run(feeds);
      session.outputNames.forEach((name, index) => {
        const result = results[name].data as Float32Array;
        const each = result.length / rowsEach;
        const output = (outputs[index] ??= new Float32Array(rows * each));
        output.set(result.subarray(0, count * each), start * each);
      });
    }
    return outputs;
  }

  /** Compiled sessions stay for the next run of the same model. */
  dispose(): Promise<void> {
    this.masks.clear();
    return Promise.resolve();
  }

  private stateFeeds(): Record<string, Tensor> {
    const feeds: Record<string, Tensor> = {};
    for (const { name, tensor } of this.weightTensors) feeds[name] = tensor;
    for (const { name, current } of this.buffers) feeds[name] = current;
    return feeds;
  }

  private tensor(values: Float32Array, shape: readonly number[]): Tensor {
    return new this.runtime.Tensor("float32", values, shape);
  }

  private masksFor(rows: number): Masks {
    const existing = this.masks.get(rows);
    if (existing !== undefined) return existing;
    const values = allocateMasks(this.dropouts, rows);
    const tensors = values.map((mask, index) =>
      this.tensor(mask, [rows, ...this.dropouts[index].shape]),
    );
    this.masks.set(rows, { values, tensors });
    return { values, tensors };
  }
}
