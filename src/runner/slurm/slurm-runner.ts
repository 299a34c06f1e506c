import { mkdir } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import type { SlurmSettings } from "../../experiment/runner-settings";
import { isDiskFull, waitsForRoom } from "../disk-full";
import type { Runner, RunnerWork } from "../runner";
import { adopt } from "./adopt";
import { SlurmError, largestArray } from "./commands";
import { runsPerTask, runsSideBySide, split } from "./packing";
import { describeQueue } from "./place";
import { listQueue, type QueueLine } from "./queue";
import { RunStates } from "./run-states";
import { submit, type Programs } from "./submit";
import { claimSubmitter } from "./submitter-claim";
import type { TaskArray } from "./task-array";

const defaultPollSeconds = 15;
/** A job that was just submitted, held or released is looked at sooner. */
const soonMs = 2000;
/** Between two looks at the reports of a few tasks; of very many more seldom. */
const lookMs = 500;
const looksPerSecond = 200;
/** What Slurm refuses while others of our tasks run may be accepted when they have ended. */
const retryMs = 60_000;
const roomRetryMs = 5000;
const cancelWaitMs = 60_000;
const endingMs = 3000;

/**
 * Slurm: runs are packed into the tasks of job arrays. Everything it knows lies in the directory (see Submission), so
 * that it may be killed at any time: the tasks go on, and the next one that executes the same runs follows them.
 */
export class SlurmRunner implements Runner {
  private paused = false;

  constructor(
    private readonly settings: SlurmSettings,
    private readonly programs: Programs,
  ) {}

  tell(request: "pause" | "resume"): void {
    this.paused = request === "pause";
  }

  async execute(work: RunnerWork): Promise<void> {
    const release = await claimSubmitter(work.directory);
    try {
      const states = new RunStates(work);
      await states.start();
      // What is with Slurm already goes on; further tasks wait for the answer.
      const { concurrent = Infinity } = this.settings;
      const atOnce = concurrent * runsSideBySide(this.settings);
      await work.report.begin({ atOnce, weightBytes: null });
      await new Session(this.settings, this.programs, work, states, () => this.paused).run();
    } finally {
      await release();
    }
  }
}

/** One submitter's work on an experiment, from its start to the end of all runs. */
class Session {
  private arrays: TaskArray[] = [];
  private queue: readonly QueueLine[] = [];
  private nextPoll = 0;
  private nextSubmit = 0;
  private mostTasks = 0;
  /** Whether it was paused at the last look at the queue. */
  private held = false;
  private pilots = 0;

  constructor(
    private readonly settings: SlurmSettings,
    private readonly programs: Programs,
    private readonly work: RunnerWork,
    private readonly states: RunStates,
    private readonly isPaused: () => boolean,
  ) {}

  async run(): Promise<void> {
    const { signal, report } = this.work;
    if (this.states.allEnded && (await this.nothingLeft())) return;
    this.mostTasks = await largestArray();
    this.queue = await listQueue();
    this.arrays = await adopt(this.work, this.states, this.queue);
    try {
      for (;;) {
        await this.fold();
        if (this.states.allEnded || signal.aborted) break;
        await this.poll();
        await this.submit();
        await sleep(Math.max(lookMs, (1000 * this.openTasks()) / looksPerSecond), signal);
      }
    } finally {
      report.place(null);
      await this.end();
    }
  }

  private async nothingLeft(): Promise<boolean> {
    return (await adopt(this.work, this.states, [])).length === 0;
  }

  /** Takes in what tasks report. */
  private async fold(): Promise<void> {
    for (const array of this.arrays)
      for (const { task, report } of await array.newReports()) {
        const complete = await this.states.fold(report, array.wanted);
        if (!complete) array.lookAgain(task);
        else if (array.runsOf(task).every((run) => this.states.hasEnded(run))) array.close(task);
      }
  }

  /** Asks Slurm, at intervals, where the tasks are; whatever it does not know and did not end is lost. */
  private async poll(): Promise<void> {
    const paused = this.isPaused();
    if (Date.now() < this.nextPoll && paused === this.held) return;
    this.nextPoll = Date.now() + 1000 * (this.settings.pollSeconds ?? defaultPollSeconds);
    try {
      this.queue = await listQueue();
      this.held = paused;
      const refused = await this.hold(paused);
      for (const array of this.arrays) await array.cancelOverdue(this.queue, Date.now());
      this.work.report.place([describeQueue(this.listed(), paused), ...refused].join("; "));
    } catch (error) {
      if (!(error instanceof SlurmError)) throw error;
      // The controller may be away for a while: tasks go on, and report, without it.
      this.work.report.place(error.message);
      return;
    }
    for (const array of this.arrays) await this.replaceLost(array);
    this.arrays = await this.withoutEnded();
  }

  /**
   * Holds or releases each array by itself: one that is refused, as where a task has begun since, is asked for again after
   * the next look.
   * @returns what Slurm refused, in its words
   */
  private async hold(paused: boolean): Promise<readonly string[]> {
    const refused = new Set<string>();
    for (const array of this.arrays)
      await array.hold(this.queue, paused).catch((error: unknown) => {
        if (!(error instanceof SlurmError)) throw error;
        refused.add(error.message);
      });
    return [...refused];
  }

  private async replaceLost(array: TaskArray): Promise<void> {
    const lost = array.lostTasks(this.queue, Date.now());
    if (lost.length === 0) {
      if (array.hasMissing) this.pollSoon();
      return;
    }
    // Its last report may have come in since.
    await this.fold();
    const endings = await array.endings();
    for (const task of lost) {
      if (!array.openTasks.has(task)) continue;
      const word = endings(task);
      const words = [
        word === null || word === "COMPLETED" ? null : `Slurm says ${word}.`,
        (await array.lastWords(task)) || null,
      ];
      const reason = words.filter((text) => text !== null).join(" ");
      this.states.tasksLost(array.runsOf(task), reason || "Slurm does not say why.");
      array.close(task);
    }
  }

  private async withoutEnded(): Promise<TaskArray[]> {
    const open = this.arrays.filter(({ openTasks }) => openTasks.size > 0);
    for (const array of this.arrays)
      if (!open.includes(array) && array.linesOf(this.queue).length === 0)
        await array.submission.remove();
    return this.arrays.filter(
      (array) => open.includes(array) || array.linesOf(this.queue).length > 0,
    );
  }

  /** Submits what is to be done, as far as the settings and Slurm allow it now. */
  private async submit(): Promise<void> {
    const runs = this.states.unsubmitted;
    if (runs.length === 0 || this.isPaused() || Date.now() < this.nextSubmit) return;
    const perTask = runsPerTask(this.settings, this.work.secondsPerRun());
    // Nobody knows how long a run takes: a first task shows it, or some more where that failed.
    if (perTask === null && this.openTasks() > 0) return;
    const side = runsSideBySide(this.settings);
    const packs =
      perTask === null
        ? split(runs.slice(0, side * 10 ** this.pilots++), side)
        : split(runs, perTask);
    const { concurrent } = this.settings;
    const free = concurrent === undefined ? Infinity : concurrent - this.openTasks();
    if (free <= 0) return;
    const arrays = split(packs, this.mostTasks).slice(0, Math.min(free, packs.length));
    for (const [i, tasks] of arrays.entries()) {
      const throttle =
        concurrent === undefined
          ? null
          : Math.floor(((i + 1) * free) / arrays.length) - Math.floor((i * free) / arrays.length);
      try {
        await mkdir(this.work.directory.logFile(""), { recursive: true });
        this.arrays.push(await submit(this.settings, this.programs, this.work, tasks, throttle));
        this.states.submitted(tasks.flat());
      } catch (error) {
        const full = isDiskFull((error as NodeJS.ErrnoException).code);
        // What Slurm refuses while nothing of ours is there it refuses for good; room may come from elsewhere.
        const passes = full || (error instanceof SlurmError && this.openTasks() > 0);
        if (!passes) throw error;
        this.nextSubmit = Date.now() + (full ? roomRetryMs : retryMs);
        this.work.report.place(
          full ? waitsForRoom(this.work.directory.root) : (error as Error).message,
        );
        return;
      }
    }
    this.pollSoon();
  }

  private listed(): readonly QueueLine[] {
    return this.arrays.flatMap((array) => array.linesOf(this.queue));
  }

  private pollSoon(): void {
    this.nextPoll = Math.min(this.nextPoll, Date.now() + soonMs);
  }

  private openTasks(): number {
    return this.arrays.reduce((sum, { openTasks }) => sum + openTasks.size, 0);
  }

  /**
   * All has ended, or is to: what is still listed is cancelled, after a moment for tasks that are just ending. Where
   * some are at work they are waited for. Then nothing of it stays.
   */
  private async end(): Promise<void> {
    const working = this.arrays.filter(({ openTasks }) => openTasks.size > 0);
    for (const { submission } of working) await submission.markCancelled();
    const begun = Date.now();
    const wait = working.length > 0 ? cancelWaitMs : endingMs;
    while (Date.now() - begun < wait && (await this.anyListed())) {
      if (working.length > 0)
        for (const array of this.arrays) await array.cancel(this.queue).catch(() => undefined);
      await setTimeout(500);
    }
    for (const array of this.arrays) await array.cancel(this.queue).catch(() => undefined);
    // What was finished in between counts.
    await this.fold();
    for (const { submission } of this.arrays) await submission.remove();
  }

  private async anyListed(): Promise<boolean> {
    this.queue = await listQueue().catch(() => this.queue);
    return this.listed().length > 0;
  }
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
}
