import path from "node:path";
import type { ExperimentFile } from "./experiment";

const suffix = /\.odometer\.json$/;

/** An experiment's title: its own, or its file's name. */
export function experimentName(experiment: Pick<ExperimentFile, "name">, file: string): string {
  return experiment.name ?? stem(file);
}

/** Where an experiment file's results lie unless told otherwise: beside it, hidden, by its name. */
export function defaultOutput(file: string): string {
  return path.join(path.dirname(path.resolve(file)), ".weight-odometer", stem(file));
}

function stem(file: string): string {
  return path
    .basename(file)
    .replace(suffix, "")
    .replace(/\.json$/, "");
}
