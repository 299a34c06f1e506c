import type { SlurmSettings } from "../../experiment/runner-settings";

const defaultTaskMinutes = 10;
/** Of the time limit that a task may plan to use: runs differ. */
const shareOfLimit = 0.7;

/**
 * How many runs go into one task, by the time one takes.
 * @param secondsPerRun null where it is not known
 * @returns null where it has to be measured first
 */
export function runsPerTask(settings: SlurmSettings, secondsPerRun: number | null): number | null {
  if (settings.runsPerTask !== undefined) return settings.runsPerTask;
  const seconds = settings.secondsPerRun ?? secondsPerRun;
  if (seconds === null) return null;
  const wanted = 60 * (settings.taskMinutes ?? defaultTaskMinutes);
  const limit = shareOfLimit * secondsOf(settings.timeLimit);
  const side = runsSideBySide(settings);
  return Math.max(1, Math.floor((Math.min(wanted, limit) / Math.max(seconds, 1e-3)) * side));
}

/** Runs that a task trains at the same time: as asked, or one for each GPU, or core. */
export function runsSideBySide({ jobs, gpus, cpus }: SlurmSettings): number {
  return jobs ?? (numberOfGpus(gpus) || (cpus ?? 1));
}

/** Of sbatch's forms 2, "a100", "a100:2" and "a100:2,v100:1". */
function numberOfGpus(gpus: SlurmSettings["gpus"]): number {
  return String(gpus ?? 0)
    .split(",")
    .reduce((sum, part) => sum + Number(/^(?:.*:)?(\d+)$/.exec(part)?.[1] ?? 1), 0);
}

/** Splits items into as few groups of at most `most` as there can be, of nearly equal size. */
export function split<T>(items: readonly T[], most: number): T[][] {
  const count = Math.ceil(items.length / most);
  return Array.from({ length: count }, (_, i) =>
    items.slice(
      Math.floor((i * items.length) / count),
      Math.floor(((i + 1) * items.length) / count),
    ),
  );
}

/** Seconds of one of sbatch's forms of time: minutes[:seconds], hours:minutes:seconds, days-hours[:minutes[:seconds]]. */
export function secondsOf(timeLimit: string | undefined): number {
  if (timeLimit === undefined) return Infinity;
  const [days, clock] = timeLimit.includes("-") ? timeLimit.split("-") : [null, timeLimit];
  const parts = clock.split(":").map(Number);
  const units = days !== null || parts.length === 3 ? [3600, 60, 1] : [60, 1];
  return parts.reduce((sum, part, i) => sum + part * units[i], 86_400 * Number(days ?? 0));
}
