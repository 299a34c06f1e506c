import { compareExperiments } from "../../experiment/compare-experiments";
import { experimentComparisonHtml } from "../../experiment/comparison-html-report";
import { ExperimentDirectory } from "../../experiment/experiment-directory";
import { readPanelBundle } from "../../html/panel-report";
import { parse } from "../arguments";
import { loadExperiment, loadResults } from "../load-results";
import { textExperimentComparison } from "../text-experiment-comparison";
import { writeOutput } from "../write-output";

/** `compare`: several experiments side by side. */
export async function compare(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(
    args,
    { json: { type: "boolean" }, html: { type: "string" } },
    { names: ["DIR", "DIR"], more: true },
  );
  const loaded = [];
  for (const root of positionals) {
    const directory = new ExperimentDirectory(root);
    const { experiment } = await loadExperiment(directory);
    loaded.push({ directory: root, experiment, results: await loadResults(directory) });
  }
  const comparison = compareExperiments(loaded);
  if (values.html !== undefined) {
    const bundle = await readPanelBundle(__dirname, "experiments");
    await writeOutput(values.html, experimentComparisonHtml(comparison, bundle));
  }
  if (values.json) process.stdout.write(`${JSON.stringify(comparison)}\n`);
  else if (values.html === undefined) process.stdout.write(textExperimentComparison(comparison));
  return 0;
}
