import { writeFileAtomic } from "../../experiment/atomic-file";
import { ExperimentDirectory } from "../../experiment/experiment-directory";
import { htmlReport } from "../../experiment/html-report";
import { reportJson } from "../../experiment/report-json";
import { readPanelBundle } from "../../html/panel-report";
import { parse } from "../arguments";
import { loadResults } from "../load-results";
import { textReport } from "../text-report";

/** `report`: statistics of the finished runs, as text, JSON or one HTML file. */
export async function report(args: readonly string[]): Promise<number> {
  const options = { json: { type: "boolean" }, html: { type: "string" } } as const;
  const { values, positionals } = parse(args, options, { names: ["DIR"] });
  const results = await loadResults(new ExperimentDirectory(positionals[0] ?? ""));
  if (values.html !== undefined) {
    const view = { experiment: null, name: results.name, results, live: null, alive: false };
    const html = htmlReport(view, await readPanelBundle(__dirname, "results"));
    await writeFileAtomic(values.html, html);
    process.stderr.write(`Wrote ${values.html}\n`);
  }
  if (values.json) process.stdout.write(`${JSON.stringify(reportJson(results))}\n`);
  else if (values.html === undefined) process.stdout.write(textReport(results));
  return 0;
}
