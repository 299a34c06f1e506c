// The frameworks that the Python helper and the examples are tested with.
import { spawnSync } from "node:child_process";
import { peersPython } from "../../bench/peers/environment.mjs";
import { installDebianPackages } from "./debian.mjs";

/** Installs what is missing: PyTorch and scikit-learn by Debian, Keras and safetensors by PyPI in .cache/. Tests say what they lack. */
export async function ensurePythonFrameworks() {
  const attempts = [
    async () => {
      if (hasAll("/usr/bin/python3", ["torch", "sklearn", "ensurepip"])) return;
      const packages = ["python3-torch", "python3-sklearn", "python3-venv"];
      await installDebianPackages(packages, "for the tests of the Python helper and the examples");
    },
    async () => void peersPython("tensorflow"),
    async () => void peersPython("safetensors"),
  ];
  for (const attempt of attempts)
    await attempt().catch((error) =>
      console.warn(`Some examples will not be tested: ${error.message}`),
    );
}

function hasAll(python, packages) {
  const look = "import sys, importlib.util as u; sys.exit(not all(map(u.find_spec, sys.argv[1:])))";
  return spawnSync(python, ["-c", look, ...packages], { stdio: "ignore" }).status === 0;
}
