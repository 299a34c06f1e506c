import { openCheckpoint } from "../checkpoint/open";
import type { TensorComparison } from "../protocol/comparison";
import type { TensorSpectrum } from "../protocol/spectrum";
import { loadProducts } from "./products";
import { tensorSpectrum, type SpectrumOptions } from "./tensor-spectrum";

/** The first message to a spectrum process: what it works on. */
export interface SpectrumTask extends SpectrumOptions {
  /** Names of the checkpoints, as openCheckpoint takes them. */
  readonly a: string;
  readonly b: string;
}

/** Asked for next. */
export type SpectrumRequest = TensorComparison;

/** The answer to each request, in order. */
export type SpectrumAnswer =
  { readonly spectrum: TensorSpectrum } | { readonly error: { message: string; stack: string } };

/**
 * Serves spectra in a process of its own, which a crash of a native library may end, over its channel to the process
 * that started it; ends with that channel.
 */
export function serveSpectra(): void {
  // Ctrl+C reaches every process of the terminal: this one ends with its parent.
  process.on("SIGINT", () => undefined);
  process.on("disconnect", () => process.exit());
  process.once("message", (task: SpectrumTask) => {
    const ready = Promise.all([openCheckpoint(task.a), openCheckpoint(task.b), loadProducts()]);
    ready.catch(() => undefined);
    process.on("message", (request: SpectrumRequest) => {
      ready
        .then(([a, b, products]) => tensorSpectrum(a, b, request, products, task))
        .then(
          (spectrum) => process.send?.({ spectrum } satisfies SpectrumAnswer),
          (error: unknown) => {
            const { message, stack = "" } =
              error instanceof Error ? error : new Error(String(error));
            process.send?.({ error: { message, stack } } satisfies SpectrumAnswer);
          },
        );
    });
  });
}
