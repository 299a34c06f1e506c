import type { LabelSettings } from "./trainer";

/** Trainings by a command of the user's, in any framework. Plain data only. */

export type ParameterValue = string | number | boolean;

/** What is started; placeholders stand in it still. */
export type CommandLine =
  /** A program and its arguments, each given as it is. */
  | { readonly form: "arguments"; readonly words: readonly string[] }
  /** A line for /bin/sh. */
  | { readonly form: "shell"; readonly line: string };

/** Where checkpoints appear: patterns of names relative to the run's directory. */
export interface CheckpointPatterns {
  readonly initial: string;
  /** Those along the way; the last number of a name is its step. */
  readonly steps: string;
  readonly final: string;
}

/** What decides a command's run, beside its seeds: hashed into the run's key. */
export interface CommandSettings {
  readonly kind: "command";
  readonly line: CommandLine;
  readonly environment: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** The file whose content decides the run, relative to the working directory; null where the command names none. */
  readonly script: { readonly name: string; readonly sha256: string } | null;
  readonly checkpoints: CheckpointPatterns;
  /** Given to the command, which does with them what it does. */
  readonly labels: Pick<LabelSettings, "fraction" | "corruption" | "seed">;
  /** Of the run that repeats the first with the same seeds, to see what differs by chance alone. */
  readonly again?: true | undefined;
}

/** What the command computes with is its own matter. */
export interface CommandEngine {
  readonly name: "command";
}

/** A file that was passed over, and why. */
export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

/** What a command's run gave. Files are named relative to the run's directory. */
export interface CommandOutcome {
  /** Weights that distances are of. */
  readonly parameters: number;
  readonly states: {
    readonly initial: string;
    /** Rising steps. */
    readonly steps: readonly { readonly step: number; readonly file: string }[];
    /** Its step where its name has a number. */
    readonly final: { readonly step: number | null; readonly file: string };
  };
  /** Checkpoints along the way that could not be read. */
  readonly skipped: readonly SkippedFile[];
  /** Commit of the working directory's repository; null without one. */
  readonly commit: string | null;
  readonly exitCode: number;
  /** By name; null where it was not to be read. */
  readonly metrics: Readonly<Record<string, number | null>>;
}

/** What a run has taken so far, without pauses. */
export interface RunClock {
  /** Up to `since`. */
  readonly seconds: number;
  /** Milliseconds since the epoch from which it runs; null while it rests. */
  readonly since: number | null;
}

/** How far a command's run is. What is optional was not told by older versions. */
export interface CommandProgress {
  readonly type: "progress";
  readonly kind: "command";
  /** 0 for the first. */
  readonly attempt: number;
  /** Of the latest checkpoint along the way; null before there is one. */
  readonly step: number | null;
  /** What the clock showed when it was seen. */
  readonly stepSeconds?: number | null;
  /** d(w_0, w_t) of it. */
  readonly distance: number | null;
  /** The last finite value so far of each of the user's metrics that tells one. */
  readonly metrics?: Readonly<Record<string, number>>;
  readonly clock?: RunClock;
  /** File that the command's output goes to. */
  readonly log: string;
}
