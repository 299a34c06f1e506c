// Vitest, started with a node of our choice.
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { packageFile, root } from "./paths.mjs";
import { run } from "./processes.mjs";
import { judge, vitestCounts } from "./test-results.mjs";

/**
 * Runs one of the projects in Vitest's configuration.
 * @param {string} project
 * @param {string} results where its JSON goes
 * @param {{ node?: string, env?: NodeJS.ProcessEnv, timeout: number }} options
 */
export async function runVitest(project, results, { node = process.execPath, env, timeout }) {
  await mkdir(path.dirname(results), { recursive: true });
  await rm(results, { force: true });
  const { code } = await run(
    node,
    [
      packageFile("vitest/vitest.mjs"),
      ...["run", "--project", project],
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${results}`],
    ],
    { cwd: root, timeout, ...(env === undefined ? {} : { env }) },
  );
  return judge(code, () => vitestCounts(results));
}
