import { CheckpointError } from "../checkpoint/error";
import { looksLikeCheckpoint, type Candidate } from "./candidates";

/** What a watched name is: being written, part of the series, or given up until it changes. */
interface Watched {
  signature: string;
  /** When this signature was first seen, in milliseconds of a clock that nobody sets. */
  since: number;
  state: "waiting" | "taken" | "skipped";
  reason: string;
}

export interface FolderWatchOptions {
  /** A file is whole when it has not changed for this long, */
  readonly settleMs: number;
  /** and is named as skipped when it cannot be read for this long after its last change. */
  readonly graceMs: number;
  readonly onSkipped: (file: string, reason: string) => void;
}

/**
 * Names in a folder to which a training writes, told apart by polling, which works on every file system: new and whole,
 * half-written, or not to be read.
 */
export class FolderWatch {
  private readonly names = new Map<string, Watched>();

  /** @param look finds what is there now; what it cannot find yet may be made later, by the training itself */
  constructor(
    private readonly look: () => Promise<readonly Candidate[]>,
    private readonly options: FolderWatchOptions,
  ) {}

  /** Looks once; candidates that stopped changing and are not taken yet, in natural order of names. */
  async settled(): Promise<Candidate[]> {
    const now = performance.now();
    const found = await this.look().catch(() => []);
    this.forgetVanished(found);
    return found.filter((candidate) => {
      const known = this.names.get(candidate.file);
      if (known?.signature !== candidate.signature) {
        if (known?.state === "taken") return false;
        this.names.set(candidate.file, fresh(candidate, now));
      }
      const { state, since } = this.names.get(candidate.file)!;
      return state === "waiting" && now - since >= this.options.settleMs;
    });
  }

  taken({ file }: Candidate): void {
    const known = this.names.get(file);
    if (known) known.state = "taken";
  }

  /** A candidate could not be read: it is waited for, or, when its time is over, named. */
  failed({ file }: Candidate, error: CheckpointError): void {
    const known = this.names.get(file);
    if (!known) return;
    known.reason = error.reason;
    if (performance.now() - known.since >= this.options.graceMs) this.skip(file, error.reason);
  }

  /** It is no part of the series, until it changes. */
  skip(file: string, reason: string): void {
    const known = this.names.get(file);
    if (!known) return;
    known.state = "skipped";
    known.reason = reason;
    if (looksLikeCheckpoint(file)) this.options.onSkipped(file, reason);
  }

  /** What was not measured, and why. */
  leftOver(): { file: string; reason: string }[] {
    return Array.from(this.names, ([file, { state, reason }]) => ({ file, state, reason }))
      .filter(({ file, state }) => state !== "taken" && looksLikeCheckpoint(file))
      .map(({ file, reason }) => ({ file, reason: reason || "still being written" }));
  }

  private forgetVanished(found: readonly Candidate[]): void {
    const present = new Set(found.map(({ file }) => file));
    for (const [file, { state }] of this.names) {
      if (present.has(file) || state === "taken") continue;
      this.names.delete(file);
      if (state === "waiting" && looksLikeCheckpoint(file))
        this.options.onSkipped(file, "gone before it was whole");
    }
  }
}

/** What was last written long ago is whole already. */
function fresh({ signature, modifiedMs }: Candidate, now: number): Watched {
  const age = Math.max(0, Date.now() - modifiedMs);
  return { signature, since: now - age, state: "waiting", reason: "" };
}
