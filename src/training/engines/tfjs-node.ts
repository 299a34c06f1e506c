import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { findBackendFactory, setBackend, version_core } from "@tensorflow/tfjs-core";
import type { EagerBackend } from "./eager-backend";
import { kernelLevel } from "./kernel-level";

const packageName = "@tensorflow/tfjs-node";
const backendName = "tensorflow";

/**
 * TensorFlow's own kernels by the package @tensorflow/tfjs-node, which is none of ours: it is looked for from the
 * current folder on, where Node looks for packages, and among the globally installed ones. It registers itself with
 * the tfjs of this process, which copies of tfjs-core share.
 * @throws Error that says where it was looked for, or why it cannot be loaded
 */
export function tfjsNodeBackend(): EagerBackend {
  const file = locate();
  // Read by TensorFlow when it starts: a trainer has one core.
  process.env["TF_NUM_INTRAOP_THREADS"] ??= "1";
  process.env["TF_NUM_INTEROP_THREADS"] ??= "1";
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
  const { core, own } = load(file);
  if (core !== version_core)
    throw new Error(`${packageName} (${file}) comes with tfjs ${core}, not ${version_core}.`);
  const factory: unknown = findBackendFactory(backendName);
  if (factory == null)
    throw new Error(`${packageName} (${file}) did not register itself with this version of tfjs.`);
  return {
    name: "tfjs-node",
    version: own,
    kernelLevel: kernelLevel(),
    use() {
      void setBackend(backendName);
    },
  };
}

/** Loads the package and tells its own version and that of its tfjs. */
function load(file: string): { own: string; core: string } {
  try {
    const { version } = createRequire(file)(file) as {
      readonly version: Readonly<Record<string, string | undefined>>;
    };
    return { own: version["tfjs-node"] ?? "unknown", core: version["tfjs-core"] ?? "unknown" };
  } catch (error) {
    throw new Error(`${packageName} (${file}) cannot be loaded: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function locate(): string {
  const folders = [process.cwd(), globalFolder()].filter((folder) => folder !== undefined);
  for (const folder of folders) {
    try {
      return createRequire(path.join(folder, "here.js")).resolve(packageName);
    } catch {
      // Not from there.
    }
  }
  throw new Error(
    `The engine tfjs-node needs the package ${packageName}, which is not installed in ${folders.join(" or ")}. ` +
      `Install it there (npm install ${packageName}), or leave --engine out.`,
  );
}

/** Where npm installs globally, beside Node or where npm says; undefined where there is no npm. */
function globalFolder(): string | undefined {
  try {
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const root = execFileSync(npm, ["root", "-g"], {
      encoding: "utf8",
      timeout: 20_000,
      stdio: ["ignore", "pipe", "ignore"],
      shell: process.platform === "win32",
    });
    return path.dirname(root.trim());
  } catch {
    return undefined;
  }
}
