import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { pythonEnvironment, pythonWith } from "../../support/python";

/** Draws twice after one seed and once after another; prints whether the first two are equal and the third is not. */
const script = `
import sys, random, importlib
import weight_odometer as odometer
draw = {
    "random": lambda _: random.random(),
    "numpy": lambda numpy: numpy.random.random(3).tolist(),
    "torch": lambda torch: torch.rand(3).tolist(),
    "tensorflow": lambda tensorflow: tensorflow.random.uniform((3,)).numpy().tolist(),
    "keras": lambda keras: keras.random.uniform((3,)).numpy().tolist(),
}
modules = {name: importlib.import_module(name) for name in sys.argv[1:]}
def drawn(seed):
    odometer.seed_everything(seed)
    return [draw[name](module) for name, module in modules.items()]
first, again, other = drawn(7), drawn(7), drawn(2**53)
print(first == again, all(a != b for a, b in zip(first, other)))
`;

it.for([
  ["random", "numpy", "torch"],
  ["random", "numpy", "tensorflow", "keras"],
])("seed_everything makes %s repeat themselves", (packages, { skip }) => {
  const python = pythonWith(packages);
  if (python === null) return skip(`there is no Python with ${packages.join(", ")}`);
  const { stdout, stderr } = spawnSync(python, ["-c", script, ...packages], {
    encoding: "utf8",
    env: pythonEnvironment,
  });
  expect(stdout.trim(), stderr).toBe("True True");
});
