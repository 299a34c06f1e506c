// The peers' Python environment, made on first use.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cache, root } from "../../scripts/lib/paths.mjs";

const requirements = path.join(root, "bench/peers/requirements.txt");
const folder = path.join(cache, "bench-python");
/** PyTorch brings libraries for GPUs along. */
const BYTES_NEEDED = 10e9;

/**
 * The environment's Python, with what requirements.txt lists.
 * @throws where there is no Python, no room or no package index
 */
export function peersPython() {
  const python =
    process.platform === "win32"
      ? path.join(folder, "Scripts/python.exe")
      : path.join(folder, "bin/python");
  const made = path.join(folder, "made-from.txt");
  const wanted = readFileSync(requirements, "utf8");
  if (existsSync(made) && readFileSync(made, "utf8") === wanted) return python;
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize < BYTES_NEEDED)
    throw new Error(
      `The peers' packages need ${BYTES_NEEDED / 1e9} GB; there is no room for them.`,
    );
  rmSync(folder, { recursive: true, force: true });
  console.error("Installing the peers' Python packages in .cache/bench-python; once, 3 GB.");
  run(process.platform === "win32" ? "python" : "python3", ["-m", "venv", folder]);
  run(python, ["-m", "pip", "install", "--quiet", "--requirement", requirements]);
  writeFileSync(made, wanted);
  return python;
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${error ?? status}`);
}
