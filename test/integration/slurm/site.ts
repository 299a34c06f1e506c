import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect } from "vitest";
import { ExperimentDirectory } from "../../../src/experiment/experiment-directory";
import type { LiveSnapshot } from "../../../src/protocol/live";
import { readSnapshot } from "../../../src/runner/follow";
import { smallDisk } from "../support/small-disk";
import { hashTree } from "../support/files";

// Plain modules, as npm's commands use them: they have no types.
const scripts: Readonly<Record<"slurm" | "marks", string>> = {
  slurm: "../../../scripts/lib/slurm.mjs",
  marks: "../../../scripts/lib/marked-processes.mjs",
};
const slurmModule = (await import(scripts.slurm)) as {
  slurmObstacle(): string | undefined;
  PrivateSlurm: { start(folder: string, options?: object): Promise<PrivateSlurm> };
};
const marks = (await import(scripts.marks)) as {
  markName: string;
  markedProcesses(mark: string): { pid: number; command: string }[];
};

interface PrivateSlurm {
  readonly folder: string;
  readonly env: Record<string, string>;
  startDaemons(): Promise<void>;
  waitUntilIdle(): Promise<void>;
  daemonPids(): number[];
  jobs(): Promise<string>;
  client(command: string, args: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

/** Why there is no Slurm here; undefined where there is. Printed, so that nobody takes a skip for a pass. */
export const obstacle = slurmModule.slurmObstacle();
if (obstacle !== undefined) console.log(`Slurm tests are skipped: ${obstacle}.`);

/** A Slurm of two virtual nodes for the tests of one file; its arrays have five tasks at most, to be split. */
export class Site {
  private constructor(
    readonly slurm: PrivateSlurm,
    private readonly mark: string,
  ) {}

  static async start(): Promise<Site> {
    const folder = await mkdtemp(path.join(tmpdir(), "odometer-slurm-"));
    const mark = path.basename(folder);
    // Jobs inherit the submitter's environment, and with it the mark.
    process.env[marks.markName] = mark;
    const slurm = await slurmModule.PrivateSlurm.start(folder, { maxArraySize: 6 });
    Object.assign(process.env, slurm.env);
    return new Site(slurm, mark);
  }

  async stop(): Promise<void> {
    await this.slurm.stop();
    await rm(this.slurm.folder, { recursive: true, force: true });
  }

  /** Processes of programs of ours, wherever they are; the test's own and Slurm's daemons are none. */
  programs(part: string): number[] {
    return marks
      .markedProcesses(this.mark)
      .filter(({ command }) => command.includes(part))
      .map(({ pid }) => pid);
  }

  /** Waits until no task and no trainer is left. */
  async quiet(): Promise<void> {
    await eventually(
      () => this.programs("dist/").length === 0,
      30_000,
      () => `still running: ${this.programs("dist/").join(", ")}`,
    );
    let jobs = "";
    await eventually(
      async () => (jobs = await this.slurm.jobs()) === "",
      30_000,
      () => `still in the queue: ${jobs}`,
    );
  }
}

/** Waits for something. @throws Error after a while */
export async function eventually(
  holds: () => boolean | Promise<boolean>,
  ms = 120_000,
  words: () => string = () => "it did not come about",
): Promise<void> {
  for (const end = Date.now() + ms; !(await holds());) {
    if (Date.now() > end) throw new Error(words());
    await setTimeout(100);
  }
}

/** Waits for a snapshot of some kind. */
export async function snapshotThat(
  directory: ExperimentDirectory,
  accept: (snapshot: LiveSnapshot) => boolean,
  ms = 120_000,
): Promise<LiveSnapshot> {
  let last: LiveSnapshot | null = null;
  await eventually(
    async () => {
      last = await readSnapshot(directory);
      return last !== null && accept(last);
    },
    ms,
    () => `no such snapshot came; the last: ${JSON.stringify(last).slice(0, 400)}`,
  );
  return last!;
}

export const finished = ({ runs }: LiveSnapshot): number =>
  runs.filter(({ state }) => state === "finished").length;

/** An experiment file in a folder that is gone after the test. */
export async function experimentIn(
  folder: string,
  experiment: object,
): Promise<{ file: string; directory: ExperimentDirectory }> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, "small.odometer.json");
  await writeFile(file, JSON.stringify({ name: "small", ...experiment }));
  const root = await mkdtemp(path.join(folder, "out-"));
  return { file, directory: new ExperimentDirectory(root) };
}

/** Everything that must not depend on where it was trained and how often it was interrupted. */
export async function lastingFiles(root: string): Promise<Record<string, string>> {
  const files = Object.entries(await hashTree(root));
  return Object.fromEntries(
    files.filter(([name]) => !/^(log\/|live\.json|index\.jsonl|programs\/)/.test(name)),
  );
}

/** A shared folder that fills up. */
export function tmpfs(slurm: PrivateSlurm, megabytes: number): string {
  return smallDisk(path.join(slurm.folder, "shared"), megabytes);
}

/** Each run once in the statistics. */
export function expectAllOnce(runs: readonly { run: number }[], count: number): void {
  expect(runs.map(({ run }) => run)).toEqual(Array.from({ length: count }, (_, run) => run));
}
