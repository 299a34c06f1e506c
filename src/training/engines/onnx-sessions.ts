import { lower } from "../compiler/lower";
import type { SpatialLayout } from "../compiler/lower/layout";
import { rewrite } from "../compiler/rewrite";
import { traceInference, traceTrainingStep } from "../compiler/step";
import type { ModelDefinition } from "../models";
import { type InferenceSession, openSession } from "./onnx-runtime";

/** The compiled graphs of one model in one lowering, opened on demand: one for each number of rows. */
export class ModelSessions {
  private readonly training = new Map<number, Promise<InferenceSession>>();
  private readonly inference = new Map<number, Promise<InferenceSession>>();

  constructor(
    readonly model: ModelDefinition,
    readonly layout: SpatialLayout,
    readonly threads: number,
    /** Called once with every training session before it is used; throws where it computes wrongly. */
    private readonly verify: (session: InferenceSession, rows: number) => Promise<void>,
  ) {}

  /** The session of a training step on `rows` rows. */
  trainingStep(rows: number): Promise<InferenceSession> {
    return once(this.training, rows, async () => {
      const { program } = traceTrainingStep(this.model, rows);
      const session = await openSession(lower(rewrite(program), this.layout), this.threads);
      await this.verify(session, rows);
      return session;
    });
  }

  /** The session that computes logits of `rows` rows. */
  logits(rows: number): Promise<InferenceSession> {
    return once(this.inference, rows, () => {
      const { program } = traceInference(this.model, rows);
      return openSession(lower(rewrite(program), this.layout), this.threads);
    });
  }
}

function once<K, V>(made: Map<K, Promise<V>>, key: K, make: () => Promise<V>): Promise<V> {
  const known = made.get(key);
  if (known !== undefined) return known;
  const making = make();
  made.set(key, making);
  making.catch(() => made.delete(key));
  return making;
}
