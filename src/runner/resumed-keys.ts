import type { DataLocation } from "../experiment/data-location";
import type { ExperimentFile } from "../experiment/experiment";
import { plan } from "../experiment/plan";
import { runKey } from "../experiment/run-record";

/** Keys of an experiment's runs that go on in what an earlier attempt left: those of commands. */
export function resumedKeys(
  experiment: ExperimentFile,
  { sha256 }: DataLocation,
): ReadonlySet<string> {
  return new Set(
    plan(experiment).flatMap(({ settings, seeds }) =>
      settings.kind === "command"
        ? [runKey({ settings, seeds, dataSha256: sha256, engine: { name: "command" } })]
        : [],
    ),
  );
}
