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
  let version: string;
  try {
    const loaded = createRequire(file)(file) as {
      readonly version?: Readonly<Record<string, string | undefined>>;
    };
    version = loaded.version?.["tfjs-node"] ?? "unknown";
    const core = loaded.version?.["tfjs-core"];
    if (core !== version_core)
      throw new Error(`it comes with tfjs ${core ?? "of no version"}, not ${version_core}`);
  } catch (error) {
    throw new Error(`${packageName} (${file}) cannot be loaded: ${(error as Error).message}`, {
      cause: error,
    });
  }
  if (findBackendFactory(backendName) == null)
    throw new Error(`${packageName} (${file}) did not register itself with this version of tfjs.`);
  return {
    name: "tfjs-node",
    version,
    kernelLevel: kernelLevel(),
    use() {
      void setBackend(backendName);
    },
  };
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
