import { statfs } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import type { ExperimentFile } from "../../experiment/experiment";
import type { ExperimentDirectory } from "../../experiment/experiment-directory";
import { keepOf, type Keep } from "../../experiment/prune-run";
import type { RoomShortage } from "../../protocol/live";
import { shortageText } from "../../words/room-words";
import { takeRequest } from "../requests";
import type { RunnerStart } from "../runner";
import { expectedSize } from "./expected-size";
import { roomFor, sizeOf, sizeOfRun, type RunSize } from "./run-size";

/** What is done where runs to come may not fit on the disk. */
export type IfShort = "go-on" | "ask" | "end";

/** The runs to come need more room than there is, and nobody is asked. */
export class RoomError extends Error {
  constructor(shortage: RoomShortage) {
    super(
      `${shortageText(shortage)} Make room, keep fewer checkpoints ("keep" in the experiment file), or run it with ` +
        "--yes to go on as far as it goes. What is finished stays.",
    );
  }
}

const pollMs = 250;
const judgeAgainMs = 2000;

export interface RoomGateOptions {
  readonly directory: ExperimentDirectory;
  readonly experiment: ExperimentFile;
  readonly ifShort: IfShort;
  readonly signal: AbortSignal;
  /** Runs that are not finished, under way or not. */
  readonly unfinished: () => number;
  /** The question that somebody is asked; null when it has been answered. While there is one nothing is to be begun. */
  readonly onQuestion: (question: RoomShortage | null) => void;
  /** The answer was to keep the first and the last weights only. */
  readonly onKeepFinal: () => Promise<void>;
}

/**
 * Holds runs back that may not fit on the disk until somebody has said what to do: before the first begins where it can
 * be told by then, otherwise, and in any case of a command, when the first is finished.
 */
export class RoomGate {
  keep: Keep;
  private ifShort: IfShort;
  private seen = false;
  private ofRun: RunSize | null = null;
  private start: RunnerStart = { atOnce: 1, weightBytes: null };
  private asked: Promise<void> = Promise.resolve();
  private readonly closed = new AbortController();
  private readonly signal: AbortSignal;

  constructor(private readonly options: RoomGateOptions) {
    this.keep = keepOf(options.experiment);
    this.ifShort = options.ifShort;
    this.signal = AbortSignal.any([options.signal, this.closed.signal]);
  }

  /**
   * No run has begun yet: resolves when they may.
   * @throws RoomError where they may not; the signal's reason where it is aborted while somebody is asked
   */
  async beforeRuns(start: RunnerStart): Promise<void> {
    this.start = start;
    await this.judge();
    await this.asked;
    this.options.signal.throwIfAborted();
  }

  /**
   * A run of the experiment is finished, and nothing was removed of it in this session. The first of them is judged by.
   * @param begun whether others may be under way already
   * @throws RoomError where no more fit
   */
  async afterRun(key: string, begun: boolean): Promise<void> {
    if (this.seen) return;
    this.seen = true;
    const { directory } = this.options;
    const record = await directory.readRun(key);
    this.ofRun = record && (await sizeOfRun(directory, record));
    if (begun) await this.judge();
  }

  /** Nobody is asked any more. */
  async close(): Promise<void> {
    this.closed.abort();
    await this.asked;
  }

  private async judge(): Promise<void> {
    if (this.ifShort === "go-on") return;
    const shortage = await this.shortage();
    if (!shortage) return;
    if (this.ifShort === "end") throw new RoomError(shortage);
    await this.asked;
    this.asked = this.ask(shortage);
  }

  /** What is missing now; null where all fits, or nobody can tell. */
  private async shortage(): Promise<RoomShortage | null> {
    const { directory, experiment } = this.options;
    const { atOnce, weightBytes } = this.start;
    const size = this.ofRun ?? (await expectedSize(experiment, weightBytes));
    const disk = await statfs(directory.root).catch(() => null);
    if (!size || !disk) return null;
    const runs = this.options.unfinished();
    // What runs under way have written is no longer free.
    const written = await sizeOf(directory.partialRoot());
    const need = (keep: Keep) => Math.max(0, roomFor(size, keep, runs, atOnce) - written);
    const free = disk.bavail * disk.bsize;
    if (need(this.keep) <= free) return null;
    return {
      runs,
      need: need(this.keep),
      needIfFinal: this.keep === "all" && size.along > 0 ? need("final") : null,
      free,
      root: directory.root,
      basis: this.ofRun ? "runs" : "weights",
    };
  }

  private async ask(first: RoomShortage): Promise<void> {
    const { directory, onQuestion, onKeepFinal } = this.options;
    const answered = (request: "fill-disk" | "keep-final") => takeRequest(directory, request);
    onQuestion(first);
    try {
      for (let waited = pollMs; ; waited += pollMs) {
        await setTimeout(pollMs, undefined, { signal: this.signal });
        if (await answered("fill-disk")) {
          this.ifShort = "go-on";
          return;
        }
        const final = await answered("keep-final");
        if (final && this.keep === "all") {
          this.keep = "final";
          await onKeepFinal();
        } else if (waited % judgeAgainMs !== 0) continue;
        // Somebody may have made room instead of answering.
        const still = await this.shortage();
        if (!still) return;
        onQuestion(still);
      }
    } catch (error) {
      if (!this.signal.aborted) throw error;
    } finally {
      onQuestion(null);
    }
  }
}
