import type { QueueLine } from "./queue";

/** Such as "Slurm: 3 tasks running, 12 waiting (Resources)". */
export function describeQueue(lines: readonly QueueLine[], paused: boolean): string {
  const of = (wanted: boolean) => lines.filter(({ state }) => (state === "PENDING") === wanted);
  const count = (some: readonly QueueLine[]) =>
    some.reduce((sum, { tasks }) => sum + (tasks?.length ?? 1), 0);
  const [waiting, running] = [of(true), of(false)];
  const reasons = [...new Set(waiting.map(({ reason }) => reason))].filter(
    (reason) => reason !== "" && reason !== "None",
  );
  const parts = [`${count(running)} task${count(running) === 1 ? "" : "s"} running`];
  if (waiting.length > 0)
    parts.push(
      `${count(waiting)} waiting${reasons.length > 0 ? ` (${reasons.slice(0, 3).join(", ")})` : ""}`,
    );
  const jobs = [...new Set(lines.map(({ jobId }) => jobId))];
  const named = jobs.length > 0 ? ` job ${jobs.slice(0, 3).join(", ")}` : "";
  return `Slurm${named}: ${parts.join(", ")}${paused ? "; those end their share" : ""}`;
}
