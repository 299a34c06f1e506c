import { availableParallelism } from "node:os";
import type { Checkpoint } from "../checkpoint/checkpoint";
import type { Comparison, TensorComparison } from "../protocol/comparison";
import type { Spectra, TensorSpectrum } from "../protocol/spectrum";
import { loadProducts } from "./products";
import { SpectrumProcess } from "./spectrum-process";
import { tensorSpectrum } from "./tensor-spectrum";
import { inOrder, spectrumWork } from "./work";

/** Elements up to which starting processes takes longer than the work. */
const FEW = 1 << 22;
const MOST_PROCESSES = 8;
/** Bytes for changes in memory, all processes together. */
const MEMORY = 2 ** 30;

export interface SpectraOptions {
  /** Singular values of each tensor. */
  readonly count: number;
  /** A script and its arguments that call serveSpectra; without one all is computed in this process. */
  readonly program?: readonly [string, ...string[]];
  /** Names of the checkpoints, for that program. */
  readonly names: readonly [string, string];
  readonly memoryBytes?: number;
  /** Called after each tensor with the elements done and in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * The leading singular values of the change of each matrix of a comparison (see tensorSpectrum), in one process a core
 * where there is much to do.
 * @throws CheckpointError or Error where a file cannot be read or a process ends
 */
export async function spectra(
  a: Checkpoint,
  b: Checkpoint,
  comparison: Comparison,
  { count, program, names, memoryBytes = MEMORY, onProgress }: SpectraOptions,
): Promise<Spectra> {
  const work = spectrumWork(comparison, a);
  const queue = work.tensors.toSorted((one, other) => other.parameters - one.parameters);
  const total = queue.reduce((sum, { parameters }) => sum + parameters, 0);
  const processes =
    program && total > FEW ? Math.min(MOST_PROCESSES, availableParallelism(), queue.length) : 0;
  const found = new Map<string, TensorSpectrum>();
  let done = 0;
  const take = async (spectrum: (tensor: TensorComparison) => Promise<TensorSpectrum>) => {
    for (let tensor = queue.shift(); tensor; tensor = queue.shift()) {
      found.set(tensor.name, await spectrum(tensor));
      onProgress?.((done += tensor.parameters), total);
    }
  };
  const options = { count, memoryBytes: memoryBytes / Math.max(1, processes) };
  if (program && processes > 0) {
    const task = { ...options, a: names[0], b: names[1] };
    const children = Array.from({ length: processes }, () => new SpectrumProcess(program, task));
    try {
      await Promise.all(children.map((child) => take((tensor) => child.spectrum(tensor))));
    } finally {
      for (const child of children) child.end();
    }
  } else if (queue.length > 0) {
    const products = await loadProducts();
    try {
      await take((tensor) => tensorSpectrum(a, b, tensor, products, options));
    } finally {
      await products.release();
    }
  }
  return inOrder(work, found);
}
