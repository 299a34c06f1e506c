// node scripts/tfjs-node.mjs [--test]
// Builds @tensorflow/tfjs-node. With --test: runs the test that holds it against tfjs in JavaScript. Linux only.
import { packageFile, root } from "./lib/paths.mjs";
import { mustRun } from "./lib/processes.mjs";
import { ensureTfjsNode } from "./lib/tfjs-node.mjs";

console.log(`${await ensureTfjsNode()} is built.`);
if (process.argv.includes("--test"))
  await mustRun(
    process.execPath,
    [
      packageFile("vitest/vitest.mjs"),
      ...["run", "--project", "integration", "test/integration/training/other-engines.test.ts"],
    ],
    { cwd: root },
  );
