import type { ChangeSums } from "../change-sums";
import { Kernel } from "./kernel";
import type { Piece } from "./piece";
import { FileReader } from "./read-bytes";

/** What each thread of a comparison works on. */
export interface SweepTask {
  readonly module: WebAssembly.Module;
  readonly pieces: readonly Piece[];
  /** Index of the next piece that no thread has taken, an Int32 that all threads share. */
  readonly next: SharedArrayBuffer;
  /** As fileIdentity has it, of each file. */
  readonly identities: ReadonlyMap<string, string>;
}

export interface PieceResult {
  readonly index: number;
  readonly sums: ChangeSums;
}

/**
 * Takes the next piece that no thread has taken, until there are no more.
 * @throws CheckpointError where a file cannot be read or was written to meanwhile
 */
export function* sweep({ module, pieces, next, identities }: SweepTask): Generator<PieceResult> {
  const kernel = new Kernel(module);
  const files = new FileReader(identities);
  const counter = new Int32Array(next);
  try {
    for (;;) {
      const index = Atomics.add(counter, 0, 1);
      if (index >= pieces.length) break;
      yield { index, sums: kernel.sums(pieces[index], files.read) };
    }
    files.check();
  } finally {
    files.close();
  }
}
