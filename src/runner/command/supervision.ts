import type { Mark } from "../descendants";

/** Messages between the scheduler and the process that watches over one command. */

/** What to start, with nothing left to fill in. */
export interface CommandStart {
  readonly type: "start";
  readonly program: string;
  readonly arguments: readonly string[];
  readonly workingDirectory: string;
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** File that its output is added to. */
  readonly log: string;
  readonly mark: Mark;
}

export type SupervisorRequest = CommandStart | { readonly type: "pause" | "resume" | "stop" };

export type SupervisorMessage =
  | { readonly type: "started"; readonly pid: number }
  /** It could not be started. */
  | { readonly type: "refused"; readonly message: string; readonly code: string | null }
  /** It has ended, and all that it started with it. */
  | { readonly type: "ended"; readonly code: number | null; readonly signal: string | null };
