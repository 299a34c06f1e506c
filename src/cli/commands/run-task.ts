import { availableParallelism } from "node:os";
import { ExperimentDirectory } from "../../experiment/experiment-directory";
import { runTask } from "../../runner/slurm/run-task";
import { trainersOf, type MachineShare } from "../../runner/start-trainer";
import { engineChoices } from "../../protocol/trainer";
import { oneOf, parse } from "../arguments";
import { UsageError } from "../usage-error";

const options = { engine: { type: "string" } } as const;

/** `run-task`: one task of a job array. Slurm calls it, on a compute node; people do not. */
export async function runTaskCommand(args: readonly string[]): Promise<number> {
  const { positionals, values } = parse(args, options, { names: ["DIR", "SUBMISSION"] });
  const task = Number(process.env["SLURM_ARRAY_TASK_ID"] ?? NaN);
  if (!Number.isSafeInteger(task) || task < 0)
    throw new UsageError("run-task is called by Slurm, in a task of a job array.");
  const engine = oneOf("engine", values.engine, engineChoices) ?? "auto";
  const end = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      end.abort();
    });
  return runTask(
    new ExperimentDirectory(positionals[0]),
    positionals[1],
    task,
    (experiment, jobs) =>
      trainersOf(experiment, __dirname, engine, {
        jobs,
        threads: null,
        ...grantedShare(process.env),
      }),
    end.signal,
  );
}

/** What Slurm grants to this task. */
function grantedShare(environment: NodeJS.ProcessEnv): Pick<MachineShare, "cores" | "gpus"> {
  const cores = Number(environment["SLURM_CPUS_PER_TASK"]);
  const gpus = environment["CUDA_VISIBLE_DEVICES"]?.split(",").filter((gpu) => gpu !== "");
  return { cores: cores >= 1 ? cores : availableParallelism(), gpus: gpus ?? null };
}
