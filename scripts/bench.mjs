// npm run bench -- NAME [options]: a benchmark of bench/NAME, beside the peers that it names. With --json each
// prints one line of JSON last. Close other programs first; no test depends on what comes out.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { root } from "./lib/paths.mjs";

const [name = "", ...options] = process.argv.slice(2);
const scriptOf = (bench) => path.join(root, "bench", bench, "run.mjs");
const names = readdirSync(path.join(root, "bench")).filter((bench) => existsSync(scriptOf(bench)));
if (names.includes(name)) {
  const { status } = spawnSync(process.execPath, [scriptOf(name), ...options], {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
} else {
  console.error(`npm run bench -- NAME [options], where NAME is one of: ${names.join(", ")}.`);
  process.exitCode = 2;
}
