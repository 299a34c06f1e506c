import { compareExperiments } from "../../experiment/compare-experiments";
import { ExperimentDirectory } from "../../experiment/experiment-directory";
import { parse } from "../arguments";
import { loadExperiment, loadResults } from "../load-results";
import { textExperimentComparison } from "../text-experiment-comparison";

/** `compare`: several experiments side by side. */
export async function compare(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(
    args,
    { json: { type: "boolean" } },
    { names: ["DIR", "DIR"], more: true },
  );
  const loaded = [];
  for (const root of positionals) {
    const directory = new ExperimentDirectory(root);
    const { experiment } = await loadExperiment(directory);
    loaded.push({ directory: root, experiment, results: await loadResults(directory) });
  }
  const comparison = compareExperiments(loaded);
  process.stdout.write(
    values.json ? `${JSON.stringify(comparison)}\n` : textExperimentComparison(comparison),
  );
  return 0;
}
