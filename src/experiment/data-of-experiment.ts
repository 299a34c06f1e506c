import { locateData, type DataLocation } from "./data-location";
import { isBuiltIn, type ExperimentFile } from "./experiment";
import { trainingSettings } from "./plan";

/**
 * Where what an experiment trains on lies: its dataset, or of a command the working directory. What a command reads
 * there is its own matter; no two of them are told apart by it.
 * @throws MissingDatasetError where a file of the dataset is nowhere
 */
export async function dataOf(
  { train }: Pick<ExperimentFile, "train">,
  dataDirectory: string | null,
): Promise<DataLocation> {
  if (isBuiltIn(train))
    return locateData(trainingSettings(train).dataset, dataDirectory, train.folder);
  return { folder: train.workingDirectory ?? ".", sha256: "command", labelKinds: 0 };
}
