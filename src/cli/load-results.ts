import { currentResults } from "../experiment/current-results";
import type { ExperimentFile } from "../experiment/experiment";
import { readTextOrNull, type ExperimentDirectory } from "../experiment/experiment-directory";
import { describeProblems, readExperiment } from "../experiment/read-experiment";
import type { Results } from "../protocol/results";

/** The experiment that a results directory holds. @throws Error where it holds none */
export async function loadExperiment(
  directory: ExperimentDirectory,
): Promise<{ experiment: ExperimentFile; name: string }> {
  const file = directory.experimentFile();
  const text = await readTextOrNull(file);
  if (text === null)
    throw new Error(`${directory.root} holds no experiment (there is no ${file}).`);
  const read = readExperiment(text);
  if (!read.ok) throw new Error(describeProblems(file, text, read.problems));
  return { experiment: read.experiment, name: read.experiment.name ?? "" };
}

/** Results of a directory's finished runs. @throws Error where none is finished */
export async function loadResults(directory: ExperimentDirectory): Promise<Results> {
  const { experiment, name } = await loadExperiment(directory);
  const results = await currentResults(directory, experiment, name);
  if (results.runs === 0) throw new Error(`${directory.root}: no run is finished yet.`);
  return results;
}
