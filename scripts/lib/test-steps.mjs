// The steps of `npm test`, in order.
import path from "node:path";
import { npmFolder } from "./npm.mjs";
import { cache, root } from "./paths.mjs";
import { codeServerObstacle, installPrerequisites } from "./prerequisites.mjs";
import { run } from "./processes.mjs";
import { judge, mochaCounts } from "./test-results.mjs";
import { runVitest } from "./vitest.mjs";
import { ownVsixPath } from "./vsix.mjs";

const minute = 60_000;
const results = (name) => path.join(cache, "test-results", `${name}.json`);
const packaged = async () => ({ ...process.env, WEIGHT_ODOMETER_VSIX: await ownVsixPath() });

/**
 * @typedef {object} Outcome
 * @property {import("./test-results.mjs").Counts} [counts] of a step that runs tests
 * @property {string} [failure] why it failed as a whole
 * @property {string} [notRun] why it cannot run on this machine
 */

/**
 * @typedef {object} TestStep
 * @property {string} name
 * @property {readonly string[]} needs steps without which it means nothing
 * @property {() => Promise<Outcome>} run
 */

/** @type {readonly TestStep[]} */
export const testSteps = [
  { name: "typecheck", needs: [], run: () => script("typecheck", 5 * minute) },
  { name: "lint", needs: [], run: () => script("lint", 5 * minute) },
  { name: "format", needs: [], run: () => script("format:check", 5 * minute) },
  { name: "build", needs: [], run: () => script("build", 5 * minute) },
  {
    // Before the tests that draw in Chromium; where it cannot install, those say themselves what they leave out.
    name: "prerequisites",
    needs: [],
    run: async () => {
      await installPrerequisites();
      return {};
    },
  },
  {
    name: "unit",
    needs: [],
    run: async () => ({
      counts: await runVitest("unit", results("unit"), { timeout: 20 * minute }),
    }),
  },
  {
    name: "integration",
    needs: ["build"],
    run: async () => ({
      counts: await runVitest("integration", results("integration"), { timeout: 20 * minute }),
    }),
  },
  {
    name: "package",
    needs: ["build"],
    run: () => program([path.join(root, "scripts/package.mjs"), "--no-build"], 5 * minute),
  },
  { name: "extension-host", needs: ["package", "prerequisites"], run: extensionHost },
  { name: "e2e", needs: ["package", "prerequisites"], run: endToEnd },
];

async function program(args, timeout) {
  const { code, timedOut } = await run(process.execPath, args, { cwd: root, timeout });
  if (code === 0) return {};
  return { failure: timedOut ? `took longer than ${timeout / 1000} s` : `ended with code ${code}` };
}

function script(name, timeout) {
  return program([path.join(npmFolder(), "bin/npm-cli.js"), "run", "--silent", name], timeout);
}

async function extensionHost() {
  const file = results("extension-host");
  const { code } = await run(process.execPath, ["scripts/extension-host.mjs", file], {
    cwd: root,
    env: await packaged(),
    timeout: 20 * minute,
  });
  if (code === 3) return { notRun: "no VS Code could be started here; the line above says why" };
  return { counts: await judge(code, () => mochaCounts(file)) };
}

async function endToEnd() {
  const obstacle = codeServerObstacle();
  if (obstacle !== undefined) return { notRun: obstacle };
  const env = await packaged();
  return { counts: await runVitest("e2e", results("e2e"), { env, timeout: 15 * minute }) };
}
