// npm run package [-- --target linux-x64|linux-arm64|darwin-arm64|win32-x64|win32-arm64|all] [--no-build]
// Builds, and writes weight-odometer-<target>-<version>.vsix: nothing missing, nothing else in it.
import { mkdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { createVSIX } from "@vscode/vsce";
import { cache, root } from "./lib/paths.mjs";
import { mustRun } from "./lib/processes.mjs";
import { contentProblems } from "./lib/shipped-files.mjs";
import { stage } from "./lib/stage.mjs";
import { ownTarget, targets } from "./lib/targets.mjs";
import { temporaryFolder } from "./lib/temporary.mjs";
import { zipEntries } from "./lib/zip-entries.mjs";

try {
  const { values } = parseArgs({
    options: { target: { type: "string" }, build: { type: "boolean", default: true } },
    allowNegative: true,
  });
  const target = values.target ?? ownTarget();
  if (target !== "all" && !targets.includes(target)) {
    throw new Error(`No target is called ${target}; there are: ${[...targets, "all"].join(", ")}.`);
  }
  if (values.build) await mustRun(process.execPath, ["esbuild.js"], { cwd: root });
  for (const one of target === "all" ? targets : [target]) await packageFor(one);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function packageFor(target) {
  const { folder, remove } = temporaryFolder("stage");
  // Written aside: whoever reads the archive meanwhile has the old one or the new one, whole.
  await mkdir(cache, { recursive: true });
  const aside = path.join(cache, `${process.pid}-${target}.vsix`);
  try {
    const manifest = await stage(folder, target);
    const name = `${manifest.name}-${target}-${manifest.version}.vsix`;
    await createVSIX({
      cwd: folder,
      packagePath: aside,
      target,
      // What is in node_modules here is meant: npm has nothing to say about it.
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    });
    const problems = contentProblems(await zipEntries(aside), manifest, target);
    if (problems.length > 0) throw new Error([`${name}:`, ...problems].join("\n  "));
    await rename(aside, path.join(root, name));
    const { size } = await stat(path.join(root, name));
    console.log(`${name}: ${(size / 1e6).toFixed(1)} MB`);
  } finally {
    await rm(aside, { force: true });
    remove();
  }
}
