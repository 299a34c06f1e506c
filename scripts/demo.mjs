// `npm run demo`: Experiment 1 of the paper on a small dense network, from training to one HTML report.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const results = path.join(root, "demo-results");
const report = path.join(results, "report.html");

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [path.join(root, script), ...args], {
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}

run("esbuild.js");
run(
  "dist/cli.js",
  "run",
  "--preset",
  "experiment-1",
  "--model",
  "mnist-dense",
  "--runs",
  "20",
  "--out",
  results,
);
run("dist/cli.js", "report", results, "--html", report);
console.log(`\nThe report with the weight-space map (Fig. 1): ${report}`);
