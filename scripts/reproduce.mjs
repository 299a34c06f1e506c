// npm run reproduce -- [--data DIR] [--jobs N]: trains docs/reproduction's experiments again (about an hour on two idle
// cores), or goes on where it stopped, and writes their results and figures. DIR holds fashion-mnist/ (see
// `weight-odometer datasets download fashion-mnist`); MNIST comes along. Runs are kept in .reproduction/.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { chromiumArguments, findChromium } from "./lib/chromium.mjs";
import { root } from "./lib/paths.mjs";
import { drawFigures } from "./lib/reproduction-figures.mjs";

const { values } = parseArgs({
  options: { data: { type: "string" }, jobs: { type: "string", default: "2" } },
});
const docs = path.join(root, "docs", "reproduction");
const kept = path.join(root, ".reproduction");
const [results, figures] = ["results", "figures"].map((name) => path.join(docs, name));
const suffix = ".odometer.json";
const experiments = readdirSync(path.join(docs, "experiments"))
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length));
const folderOf = (name) => path.join(kept, name);
const htmlOf = (name) => path.join(kept, `${name}.html`);

/** Runs a program of the build; returns what it printed. */
function cli(...args) {
  const { status, stdout } = spawnSync(
    process.execPath,
    [path.join(root, "dist", "cli.js"), ...args],
    { stdio: ["ignore", "pipe", "inherit"], encoding: "utf8", maxBuffer: 2 ** 30 },
  );
  if (status !== 0) process.exit(status ?? 1);
  return stdout;
}

/** Numbers to six digits, and none of the long lists but those of levels and curves: small enough to keep. */
function trimmed(value, key = "") {
  if (typeof value === "number") return Number(value.toPrecision(6));
  if (Array.isArray(value)) return value.map((entry) => trimmed(entry, key));
  if (value === null || typeof value !== "object") return value;
  const left = ["points", "eigenvalues", "tensors", "tensorStatistics", "nearestStates", "losses"];
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([name, entry]) => !(left.includes(name) && typeof entry === "object" && key !== "curve"),
      )
      .map(([name, entry]) => [name, trimmed(entry, name)]),
  );
}

/** What a report holds, without what its runs can give again; of each run its distance, accuracy, steps and key. */
function kernelOf(report) {
  const { runResults, ...rest } = report;
  const runs = runResults.map(
    ({ run, key, level, stop, distance, savedDistance, testAccuracy, steps }) => ({
      run,
      key,
      ...(level && { level: level.value, stop }),
      distance,
      ...(savedDistance !== distance && { savedDistance }),
      testAccuracy,
      steps,
    }),
  );
  return { ...trimmed(rest), runResults: trimmed(runs) };
}

const save = (name, value) =>
  writeFileSync(path.join(results, `${name}.json`), `${JSON.stringify(value)}\n`);

spawnSync(process.execPath, [path.join(root, "esbuild.js")], { stdio: "inherit" });
for (const folder of [results, figures, kept]) mkdirSync(folder, { recursive: true });
const data = values.data === undefined ? [] : ["--data", values.data];
for (const name of experiments) {
  const file = path.join(docs, "experiments", `${name}${suffix}`);
  cli("run", file, "--out", folderOf(name), "--jobs", values.jobs, ...data);
  save(name, kernelOf(JSON.parse(cli("report", folderOf(name), "--json"))));
  cli("report", folderOf(name), "--html", htmlOf(name));
}
const models = experiments.filter((name) => name.startsWith("models-") || name === "tf-mnist-20");
const compared = models.map(folderOf);
const comparison = JSON.parse(cli("compare", ...compared, "--json"));
for (const one of comparison.experiments) one.directory = path.basename(one.directory);
save("table-3", trimmed(comparison));
const simulation = ["qmcm", "simulate", "--sweep", "--seed", "0"];
save("qmcm-simulate", trimmed(JSON.parse(cli(...simulation, "--json"))));
cli(...simulation, "--html", htmlOf("qmcm-simulate"));
save(
  "qmcm-estimate",
  trimmed(
    JSON.parse(
      cli("qmcm", "estimate", folderOf("experiment-1-mnist"), "--samples", "50", "--json"),
    ),
  ),
);

const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
try {
  const drawn = experiments.filter((name) => name.startsWith("experiment-"));
  for (const name of [...drawn, "qmcm-simulate"]) {
    const mapped = { 1: ["Initial", "Final"], 2: ["Both"] }[/^experiment-([12])/.exec(name)?.[1]];
    await drawFigures(browser, htmlOf(name), path.join(figures, name), mapped ?? []);
  }
} finally {
  await browser.close();
}
