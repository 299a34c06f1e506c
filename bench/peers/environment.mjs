// The peers' Python environment, made on first use.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cache, root } from "../../scripts/lib/paths.mjs";

/** What each environment lists, where it lies under .cache/, and the room that it needs. */
const environments = {
  /** PyTorch brings libraries for GPUs along. */
  torch: { requirements: "requirements.txt", folder: "bench-python", bytes: 10e9, size: "3 GB" },
  numeric: {
    requirements: "numeric.txt",
    folder: "bench-python-numeric",
    bytes: 1e9,
    size: "0.4 GB",
  },
  /** Beside that of PyTorch, with which it shares no package but NumPy. */
  tensorflow: {
    requirements: "tensorflow.txt",
    folder: "bench-python-tensorflow",
    bytes: 3e9,
    size: "1.5 GB",
  },
  /** Beside Debian's PyTorch. */
  safetensors: {
    requirements: "safetensors.txt",
    folder: "python-safetensors",
    bytes: 0.1e9,
    size: "20 MB",
    from: "/usr/bin/python3",
  },
};

/**
 * An environment's Python, with what its file of requirements lists.
 * @param {keyof typeof environments} name
 * @throws where there is no Python, no room or no package index
 */
export function peersPython(name = "torch") {
  const { requirements, bytes, size, folder: relative, from } = environments[name];
  const file = path.join(root, "bench/peers", requirements);
  const folder = path.join(cache, relative);
  const python =
    process.platform === "win32"
      ? path.join(folder, "Scripts/python.exe")
      : path.join(folder, "bin/python");
  const made = path.join(folder, "made-from.txt");
  const wanted = readFileSync(file, "utf8");
  if (existsSync(made) && readFileSync(made, "utf8") === wanted) return python;
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize < bytes)
    throw new Error(`The peers' packages need ${bytes / 1e9} GB; there is no room for them.`);
  rmSync(folder, { recursive: true, force: true });
  console.error(`Installing the peers' Python packages in .cache/${relative}; once, ${size}.`);
  const base = from ?? (process.platform === "win32" ? "python" : "python3");
  run(base, ["-m", "venv", ...(from ? ["--system-site-packages"] : []), folder]);
  run(python, ["-m", "pip", "install", "--quiet", "--requirement", file]);
  writeFileSync(made, wanted);
  return python;
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${error ?? status}`);
}
