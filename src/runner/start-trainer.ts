import path from "node:path";
import { isBuiltIn, type ExperimentFile } from "../experiment/experiment";
import type { EngineChoice } from "../protocol/trainer";
import { commandTrainers } from "./command/command-trainer";
import type { StartTrainer } from "./trainer";
import { trainerProcesses } from "./trainer-process";

/** What of a machine the runs side by side share among them. */
export interface MachineShare {
  /** Runs side by side. */
  readonly jobs: number;
  /** Cores that they share. */
  readonly cores: number;
  /** Threads of a command; null divides the cores among the runs, where the user's environment says nothing. */
  readonly threads: number | null;
  /** GPUs to give out to commands, one each, in turn; null leaves all to each. */
  readonly gpus: readonly string[] | null;
}

/**
 * What trains an experiment's runs: trainers of built-in models, or the user's command.
 * @param bundles folder of the programs
 */
export function trainersOf(
  { train }: Pick<ExperimentFile, "train">,
  bundles: string,
  engine: EngineChoice,
  { jobs, cores, threads, gpus }: MachineShare,
): StartTrainer {
  if (isBuiltIn(train)) return trainerProcesses(path.join(bundles, "trainer.js"), engine);
  const divided = Math.max(1, Math.floor(cores / jobs));
  const own = process.env["OMP_NUM_THREADS"] === undefined ? divided : null;
  return commandTrainers({
    supervisor: path.join(bundles, "supervisor.js"),
    metrics: train.metrics ?? {},
    shareOf: (slot) => ({
      threads: threads ?? own,
      gpu: gpus && gpus.length > 0 ? gpus[slot % gpus.length] : null,
    }),
  });
}
