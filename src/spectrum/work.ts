import type { Checkpoint } from "../checkpoint/checkpoint";
import type { Comparison, TensorComparison } from "../protocol/comparison";
import type { Spectra, TensorSpectrum } from "../protocol/spectrum";
import { matrixShape } from "./matrix-shape";

/** What a spectrum is computed of, and what is left and why. */
export interface SpectrumWork {
  readonly tensors: readonly TensorComparison[];
  readonly left: Spectra["left"];
}

/** The tensors of a comparison that have a spectrum: matrices that moved, with finite values alone. */
export function spectrumWork({ tensors }: Comparison, { format }: Checkpoint): SpectrumWork {
  const left: { name: string; reason: string }[] = [];
  const chosen = tensors.filter((tensor) => {
    const reason =
      tensor.shape.length < 2
        ? null
        : tensor.distance === null
          ? "a value is not finite"
          : tensor.distance === 0
            ? "unchanged"
            : matrixShape(tensor, format) === null
              ? "one row or column"
              : "";
    if (reason) left.push({ name: tensor.name, reason });
    return reason === "";
  });
  return { tensors: chosen, left };
}

/** Spectra in the order of the comparison. */
export function inOrder(work: SpectrumWork, found: ReadonlyMap<string, TensorSpectrum>): Spectra {
  return { tensors: work.tensors.flatMap(({ name }) => found.get(name) ?? []), left: work.left };
}
