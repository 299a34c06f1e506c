import { lower } from "../compiler/lower";
import { blockedLayout } from "../compiler/lower/blocked/layout";
import type { SpatialLayout } from "../compiler/lower/layout";
import { plainLayout } from "../compiler/lower/plain-layout";
import type { Program } from "../compiler/ir";
import { rewrite } from "../compiler/rewrite";
import { traceInference, traceTrainingStep } from "../compiler/step";
import type { ModelDefinition } from "../models";
import type { EngineOptions } from "./engine";
import { type InferenceSession, blockSize, openSession } from "./onnx-runtime";
import { noTensor } from "./run-in-place";
import { verifyTrainingStep } from "./verification";

/** What sessions run on. */
interface Execution {
  readonly threads: number;
  readonly provider: "cpu" | "webgpu";
}

/** The compiled graphs of one model in one lowering, opened on demand: one for each number of rows. */
export class ModelSessions {
  private readonly training = new Map<number, Promise<InferenceSession>>();
  private readonly inference = new Map<number, Promise<InferenceSession>>();

  constructor(
    readonly model: ModelDefinition,
    readonly layout: SpatialLayout,
    readonly execution: Execution,
  ) {}

  /** The session of a training step on `rows` rows, held against eager tfjs before its first use: itself, or
   * two rows of the smaller model that stands for it. */
  trainingStep(rows: number): Promise<InferenceSession> {
    return once(this.training, rows, async () => {
      const program = traceTrainingStep(this.model, rows);
      const session = await this.open(program, noTensor);
      const { verifyWith } = this.model;
      if (verifyWith === undefined) await verifyTrainingStep(this.model, session, rows);
      else await sessionsFor(verifyWith, this.layout, this.execution).trainingStep(2);
      return session;
    });
  }

  /** The session that computes the outputs of `rows` rows. */
  outputs(rows: number): Promise<InferenceSession> {
    return once(this.inference, rows, () => this.open(traceInference(this.model, rows)));
  }

  private open(program: Program, emptySequence?: string): Promise<InferenceSession> {
    const { threads, provider } = this.execution;
    return openSession(lower(rewrite(program), this.layout, emptySequence), threads, provider);
  }
}

const opened = new WeakMap<ModelDefinition, Map<string, ModelSessions>>();

function sessionsFor(model: ModelDefinition, layout: SpatialLayout, execution: Execution) {
  const ofModel = opened.get(model) ?? new Map<string, ModelSessions>();
  opened.set(model, ofModel);
  const key = `${layout.name} ${execution.provider} ${execution.threads}`;
  const sessions = ofModel.get(key) ?? new ModelSessions(model, layout, execution);
  ofModel.set(key, sessions);
  return sessions;
}

/**
 * The process's sessions of a model, of which that for the expected batch size is verified already. Where
 * blocked convolutions do not exist, or compute something else than eager tfjs, the plain lowering is used.
 */
export async function verifiedSessions(
  model: ModelDefinition,
  options: Omit<EngineOptions, "model">,
): Promise<ModelSessions> {
  const { lowering = "auto", threads = 1, provider = "cpu", batchSize = model.batchSize } = options;
  const execution = { threads, provider };
  const size = lowering === "plain" ? undefined : await blockSize();
  if (size !== undefined) {
    const blocked = sessionsFor(model, blockedLayout(size), execution);
    try {
      await blocked.trainingStep(batchSize);
      return blocked;
    } catch (error) {
      process.emitWarning(`Training without blocked convolutions: ${String(error)}`);
    }
  }
  const plain = sessionsFor(model, plainLayout, execution);
  await plain.trainingStep(batchSize);
  return plain;
}

function once<K, V>(made: Map<K, Promise<V>>, key: K, make: () => Promise<V>): Promise<V> {
  const known = made.get(key);
  if (known !== undefined) return known;
  const making = make();
  made.set(key, making);
  making.catch(() => made.delete(key));
  return making;
}
