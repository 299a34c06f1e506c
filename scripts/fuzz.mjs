// Breaks checkpoint files of every format and reads them: `npm run fuzz -- [--format NAME] [--count N] [--seed S]`.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = path.join(import.meta.dirname, "..");
process.chdir(root);
const directory = await mkdtemp(path.join(tmpdir(), "odometer-fuzz-"));
const outfile = path.join(directory, "fuzz.mjs");
try {
  await build({
    entryPoints: [path.join(root, "test/support/fuzz-main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    mainFields: ["module", "main"],
    logLevel: "warning",
  });
  await import(pathToFileURL(outfile).href);
} finally {
  await rm(directory, { recursive: true, force: true });
}
