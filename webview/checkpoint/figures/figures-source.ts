import type { TensorApi, TensorFigures } from "../../../src/protocol/checkpoint-editor";
import { failureOf, type Failure } from "../../../src/protocol/rpc";
import type { RpcClient } from "../../../src/protocol/rpc-client";

export type FiguresState =
  | { readonly state: "asked" }
  | { readonly state: "reading"; readonly share: number }
  | { readonly state: "known"; readonly figures: TensorFigures }
  | { readonly state: "failed"; readonly failure: Failure };

/** Figures kept of the latest tensors. */
const KEPT = 200;

/** The figures of the tensor that is looked at; those of others are kept while the file stays as it is. */
export class FiguresSource {
  private readonly known = new Map<string, TensorFigures>();
  private running: AbortController | null = null;
  private key = "";
  state: FiguresState = { state: "asked" };

  constructor(
    private readonly tensors: RpcClient<TensorApi>,
    private readonly changed: () => void,
  ) {}

  /** Turns to a tensor of a revision of the file, and cancels what is computed of another. */
  turnTo(tensor: string, revision: number): void {
    const key = `${revision} ${tensor}`;
    if (key === this.key) return;
    this.running?.abort();
    this.key = key;
    const figures = this.known.get(key);
    this.state = figures ? { state: "known", figures } : { state: "asked" };
  }

  /** Computes the figures of the tensor that was turned to. */
  async compute(tensor: string): Promise<void> {
    if (this.state.state === "reading" || this.state.state === "known") return;
    const { key } = this;
    const controller = new AbortController();
    this.running = controller;
    const become = (state: FiguresState): void => {
      if (this.key !== key) return;
      this.state = state;
      this.changed();
    };
    become({ state: "reading", share: 0 });
    try {
      const options = {
        signal: controller.signal,
        onProgress: (share: number) => {
          become({ state: "reading", share });
        },
      };
      const figures = await this.tensors.call("figures", { tensor }, options);
      this.known.set(key, figures);
      for (const old of this.known.keys()) {
        if (this.known.size <= KEPT) break;
        this.known.delete(old);
      }
      become({ state: "known", figures });
    } catch (error) {
      const failure = failureOf(error);
      become(failure.kind === "cancelled" ? { state: "asked" } : { state: "failed", failure });
    }
  }

  cancel(): void {
    this.running?.abort();
  }
}
