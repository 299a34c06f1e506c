import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { ExperimentDirectory } from "../../../src/experiment/experiment-directory";
import type { CommandRecord } from "../../../src/experiment/run-record";
import { pythonWith } from "../../support/python";
import { temporaryFolder } from "../support/files";

export const python = pythonWith(["numpy"]) ?? "python3";

/** The command of the NumPy training in fixtures, with further arguments. */
export const trainCommand = (...more: readonly string[]): string[] => [
  ...[python, "train.py", "--seed", "${seed}", "--initial", "${initialWeights}"],
  ...["--out", "${runDirectory}", "--corruption", "${labelCorruption}", ...more],
];

export interface Workplace {
  readonly folder: string;
  readonly file: string;
  readonly out: string;
  readonly directory: ExperimentDirectory;
}

/** A folder with the training script of fixtures and an experiment file. */
export async function workplace(experiment: object): Promise<Workplace> {
  const folder = await temporaryFolder();
  const script = path.resolve(__dirname, "../../fixtures/commands/train.py");
  await copyFile(script, path.join(folder, "train.py"));
  const file = path.join(folder, "own.odometer.json");
  await writeFile(file, JSON.stringify(experiment));
  const out = path.join(folder, "out");
  return { folder, file, out, directory: new ExperimentDirectory(out) };
}

/** Records of the finished runs, in order of seeds. */
export async function records({ directory }: Workplace): Promise<CommandRecord[]> {
  const all: CommandRecord[] = [];
  for (const key of await directory.finishedKeys()) {
    const record = await directory.readRun(key);
    if (record?.format === "weight-odometer command run 1") all.push(record);
  }
  return all.sort((a, b) => a.seeds.order - b.seeds.order);
}

export async function output({ directory }: Workplace, key: string): Promise<string> {
  return readFile(path.join(directory.runFolder(key), "output.log"), "utf8");
}

/** Names in a run's folder. */
export async function filesOf({ directory }: Workplace, key: string): Promise<string[]> {
  return (await readdir(directory.runFolder(key))).sort();
}
