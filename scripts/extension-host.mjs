// node scripts/extension-host.mjs RESULTS
// Runs test/extension-host inside VS Code's extension host, against the packaged extension, and writes
// Mocha's results as JSON. Exit code 3: it cannot run here; the last line says why.
import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { bundleExtensionHostTests } from "./lib/extension-host-bundle.mjs";
import { codeServerObstacle } from "./lib/prerequisites.mjs";
import { root } from "./lib/paths.mjs";
import { ownVsix } from "./lib/vsix.mjs";

/** The oldest VS Code that package.json promises. */
const desktopVersion = "1.100.0";
const timeout = 300_000;
const cannotRun = 3;

const results = path.resolve(process.argv[2] ?? path.join(root, ".cache/extension-host.json"));
try {
  await mkdir(path.dirname(results), { recursive: true });
  await rm(results, { force: true });
  process.exitCode = await run();
  if (process.exitCode !== cannotRun && !existsSync(results)) {
    throw new Error("VS Code ended before the tests did.");
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function run() {
  const env = { ...process.env, WEIGHT_ODOMETER_MOCHA_RESULTS: results };
  if (codeServerObstacle() === undefined) {
    const { runInBrowser } = await import("./lib/extension-host-browser.mjs");
    const tests = await bundleExtensionHostTests();
    return runInBrowser({ vsix: await ownVsix(), tests, env, timeout });
  }
  const { desktopObstacle, downloadDesktop, runOnDesktop } =
    await import("./lib/extension-host-desktop.mjs");
  const obstacle = desktopObstacle();
  if (obstacle !== undefined) {
    console.error(`${codeServerObstacle()}; ${obstacle}`);
    return cannotRun;
  }
  let program;
  try {
    program = await downloadDesktop(desktopVersion);
  } catch (error) {
    console.error(`VS Code could not be downloaded: ${error.message}`);
    return cannotRun;
  }
  const tests = await bundleExtensionHostTests();
  return runOnDesktop({ program, vsix: await ownVsix(), tests, env });
}
