import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const root = path.resolve(__dirname, "../..");

/** Pythons that the tests look at: the system's, and those that the project's scripts make. */
const pythons = [
  "python3",
  "/usr/bin/python3",
  ...["bench-python", "bench-python-numeric", "bench-python-tensorflow", "python-safetensors"].map(
    (folder) => path.join(root, ".cache", folder, "bin/python"),
  ),
];

/** For scripts that import the helper, without the settings of any run. */
export const pythonEnvironment: NodeJS.ProcessEnv = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("WEIGHT_ODOMETER_")),
  ),
  PYTHONPATH: path.join(root, "media/python"),
  PYTHONDONTWRITEBYTECODE: "1",
  TF_CPP_MIN_LOG_LEVEL: "3",
};

/** The first Python that has some packages, and has others not; null where there is none. */
export function pythonWith(
  packages: readonly string[],
  { without = [] }: { readonly without?: readonly string[] } = {},
): string | null {
  const look =
    "import sys, json, importlib.util as u; wanted, unwanted = map(json.loads, sys.argv[1:]);" +
    "sys.exit(not all(map(u.find_spec, wanted)) or any(map(u.find_spec, unwanted)))";
  const fits = (python: string) =>
    (!path.isAbsolute(python) || existsSync(python)) &&
    spawnSync(python, ["-c", look, JSON.stringify(packages), JSON.stringify(without)], {
      stdio: "ignore",
    }).status === 0;
  return pythons.find(fits) ?? null;
}

/** Runs a Python script on a JSON question. @throws Error with what the script wrote as errors */
export function askPython(python: string, script: string, question: unknown): unknown {
  const { status, stdout, stderr, error } = spawnSync(python, [script], {
    input: JSON.stringify(question),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: pythonEnvironment,
  });
  if (status !== 0) throw new Error(`${python} ${script}: ${error?.message ?? stderr}`);
  return JSON.parse(stdout);
}
