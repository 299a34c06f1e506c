import { plannedRuns } from "../../experiment/plan";
import { ExperimentDirectory } from "../../experiment/experiment-directory";
import { finishedRuns } from "../../experiment/finished-runs";
import { Ledger } from "../../experiment/ledger";
import { isAtWork, readSnapshot } from "../../runner/follow";
import { submissionIds } from "../../runner/slurm/submission";
import { parse } from "../arguments";
import { loadExperiment } from "../load-results";
import { describeCommands, describeProgress } from "../progress-line";

/** `status`: how far an experiment is, from what its directory holds. */
export async function status(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, { json: { type: "boolean" } }, { names: ["DIR"] });
  const directory = new ExperimentDirectory(positionals[0] ?? "");
  const { experiment, name } = await loadExperiment(directory);
  const finished = finishedRuns(await Ledger.open(directory, {}), experiment).length;
  const snapshot = await readSnapshot(directory);
  const atWork = snapshot !== null && isAtWork(snapshot);
  const count = (state: string) => snapshot?.runs.filter((run) => run.state === state).length ?? 0;
  const state = atWork ? snapshot.state : finished >= plannedRuns(experiment) ? "done" : "stopped";
  const arrays = atWork ? 0 : (await submissionIds(directory)).length;
  const summary = {
    name,
    state,
    planned: plannedRuns(experiment),
    finished,
    running: atWork ? count("running") : 0,
    failed: count("failed"),
    /** Job arrays that were left to a cluster, with nobody to follow them. */
    left: arrays,
    place: atWork ? snapshot.place : null,
    secondsLeft: atWork ? snapshot.secondsLeft : null,
  };
  if (values.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  else if (atWork)
    process.stdout.write(
      `${[describeProgress(snapshot), ...describeCommands(snapshot)].join("\n")}\n`,
    );
  else
    process.stdout.write(
      `${name}: ${state} · ${finished} of ${plannedRuns(experiment)} finished${summary.failed > 0 ? ` · ${summary.failed} failed` : ""}${arrays > 0 ? " · left to Slurm: weight-odometer run follows it" : ""}\n`,
    );
  return 0;
}
