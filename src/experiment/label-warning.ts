import { findDataset } from "../catalogue/datasets";
import { keptKinds } from "../labels/select-labels";
import type { ExperimentFile } from "./experiment";
import { plan } from "./plan";

/** What to say of an experiment that trains on a single label kind; null where none does, or nobody knows yet. */
export function labelWarning(experiment: ExperimentFile): string | null {
  for (const settings of new Set(plan(experiment).map((run) => run.settings))) {
    // What a command makes of a label fraction is its own matter.
    if (settings.kind === "command") return null;
    const { dataset, labels } = settings;
    const entry = findDataset(dataset);
    const kinds = entry?.labelKinds ?? 0;
    if (labels.fraction < 1 && kinds > 1 && keptKinds(kinds, labels.fraction) === 1)
      return `A label fraction of ${labels.fraction} keeps one of ${dataset}'s ${kinds} label kinds: there is nothing to tell apart, and any network is right.`;
  }
  return null;
}
