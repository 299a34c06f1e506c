import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { expect } from "vitest";
import { RandomStream } from "../../../src/random/stream";
import { startCli } from "./cli";
import { carrying, childrenOf } from "./processes";

/** Processes killed by a storm, by what they were. */
export type Kills = Record<Kind, number>;
type Kind = "scheduler" | "child" | "grandchild";

export interface StormOptions {
  /** What the moments and the victims are drawn by, beside CRASH_SEED. */
  readonly name: string;
  /** Arguments of the command line that runs an experiment, the n-th time that it is begun from nothing. */
  readonly run: (n: number) => readonly string[];
  /** Among which the victims are drawn. */
  readonly kinds: readonly Kind[];
  /** Called when a storm's experiment has come to its end all the same. */
  readonly ended: (n: number) => Promise<void>;
}

/** Kills of each of the two suites that use this: 100 in all by default. */
const share = Math.ceil(Number(process.env["CRASH_KILLS"] ?? 100) / 2);
const seed = process.env["CRASH_SEED"] ?? String(Date.now());
/** A victim is killed at most so long after there is one of its kind. */
const mostMs = 500;
const seenMs = 2000;
const mostKills = 4;

/**
 * Runs an experiment again and again and kills, by SIGKILL and at random moments, its scheduler, children of it (trainers,
 * supervisors) and their children (the user's commands), a few in each life of a scheduler, until half of CRASH_KILLS
 * are done. After each life all that carries its mark must have ended by itself; an experiment that came to its end is
 * judged and begun from nothing.
 */
export async function killStorm({ name, run, kinds, ended }: StormOptions): Promise<void> {
  const random = new RandomStream("kill storm", name, seed);
  const kills: Kills = { scheduler: 0, child: 0, grandchild: 0 };
  const total = () => Object.values(kills).reduce((a, b) => a + b);
  let [lives, experiments] = [0, 0];
  for (; total() < share; lives++) {
    const mark = `ODOMETER_STORM=${name}-${process.pid}-${lives}`;
    const [key, value] = mark.split("=");
    const scheduler = startCli(run(experiments), { [key]: value });
    const exited = once(scheduler, "exit").then(([code]) => code as number | null);
    const life = new Life(scheduler);
    // The last kill of a life is the scheduler's, or else another life would not begin.
    for (let left = random.below(mostKills); left >= 0 && life.isRunning; left--) {
      const kind = left === 0 ? "scheduler" : kinds[random.below(kinds.length)];
      await life.seen(kind);
      await Promise.race([exited, setTimeout(random.below(mostMs))]);
      const victims = life.victims(kind);
      if (victims.length > 0 && kill(victims[random.below(victims.length)])) kills[kind]++;
    }
    const code = await exited;
    await endedByThemselves(mark);
    if (code === 0) await ended(experiments++);
  }
  const scheduler = startCli(run(experiments));
  expect((await once(scheduler, "exit"))[0]).toBe(0);
  await ended(experiments);
  console.log(
    `${name}: ${JSON.stringify(kills)} by kill -9 in ${lives} lives and ${experiments + 1} experiments; nothing lost, ` +
      `nothing counted twice, no process left (CRASH_SEED=${seed})`,
  );
}

/** A scheduler from its start to its end. */
class Life {
  constructor(private readonly scheduler: ChildProcess) {}

  get isRunning(): boolean {
    return this.scheduler.exitCode === null && this.scheduler.signalCode === null;
  }

  victims(kind: Kind): readonly number[] {
    if (!this.isRunning) return [];
    const pid = this.scheduler.pid ?? 0;
    if (kind === "scheduler") return [pid];
    const children = childrenOf(pid);
    return kind === "child" ? children : children.flatMap(childrenOf);
  }

  /** Waits for a process of a kind, for a while. */
  async seen(kind: Kind): Promise<void> {
    for (let waited = 0; waited < seenMs && this.isRunning; waited += 10) {
      if (this.victims(kind).length > 0) return;
      await setTimeout(10);
    }
  }
}

async function endedByThemselves(mark: string): Promise<void> {
  for (let waited = 0; carrying(mark).length > 0; waited += 20) {
    if (waited > 15_000) throw new Error(`still running: ${carrying(mark).join(", ")}`);
    await setTimeout(20);
  }
}

/** False where the process had ended by itself. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    return false;
  }
}
