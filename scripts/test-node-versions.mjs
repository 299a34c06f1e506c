// node scripts/test-node-versions.mjs [MAJOR...]
// Runs the unit tests under other versions of Node.js, taken from npm.
import { existsSync } from "node:fs";
import path from "node:path";
import { installPackages } from "./lib/npm.mjs";
import { cache } from "./lib/paths.mjs";
import { takeSteps } from "./lib/steps.mjs";
import { runVitest } from "./lib/vitest.mjs";

const majors = process.argv.length > 2 ? process.argv.slice(2) : ["22", "24"];
const platform = process.platform === "win32" ? "win" : process.platform;
const name = `node-${platform}-${process.arch}`;

let failed = false;
for (const major of majors) {
  const folder = path.join(cache, `node-${major}`);
  const install = (log) => installPackages(folder, [`${name}@${major}`], log);
  await takeSteps(folder, `${name} ${major}\n`, [{ name: "node", action: install }]);
  const bin = path.join(folder, "node_modules", name, "bin");
  const node = ["node", "node.exe"].map((file) => path.join(bin, file)).find(existsSync);
  if (node === undefined) throw new Error(`${name}@${major} holds no program in ${bin}.`);
  const results = path.join(cache, "test-results", `unit-node-${major}.json`);
  const counts = await runVitest("unit", results, { node, timeout: 900_000 });
  console.log(`Node ${major}: ${counts.passed} passed, ${counts.failed} failed`);
  failed ||= counts.failed > 0;
}
process.exitCode = failed ? 1 : 0;
