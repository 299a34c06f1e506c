import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openCheckpoint } from "../../../src/checkpoint/open";
import { compareCheckpoints } from "../../../src/distance/compare-checkpoints";
import { pythonEnvironment, pythonWith } from "../../support/python";
import { temporaryFolder } from "../support/files";

interface Saved {
  readonly states: readonly Readonly<Record<string, readonly number[]>>[];
  readonly files: readonly string[];
  readonly left: readonly string[];
}

const frameworks = [
  { framework: "torch", packages: ["torch"], without: ["safetensors"], ending: "pt" },
  { framework: "torch", packages: ["torch", "safetensors"], without: [], ending: "safetensors" },
  { framework: "keras", packages: ["keras", "tensorflow"], without: [], ending: "weights.h5" },
  { framework: "sklearn", packages: ["sklearn"], without: [], ending: "npz" },
  { framework: "numpy", packages: ["numpy"], without: [], ending: "npz" },
];

describe("checkpoints by the Python helper", () => {
  it.for(frameworks)(
    "of $framework, as $ending, are read as what was in the model",
    async ({ framework, packages, without, ending }, { skip }) => {
      const python = pythonWith(packages, { without });
      if (python === null) return skip(`there is no Python with ${packages.join(" and ")}`);
      const folder = path.join(await temporaryFolder(), "run");
      const script = path.join(__dirname, "save_states.py");
      const { stdout, stderr } = spawnSync(python, [script, framework, folder], {
        encoding: "utf8",
        env: pythonEnvironment,
      });
      expect(stdout, stderr).toMatch(/^\{/);
      const { states, files, left } = JSON.parse(stdout) as Saved;
      const names = ["final", "initial", "step-00000012"].map((name) => `${name}.${ending}`);
      expect(left).toEqual(names);

      const weights = Object.values(states[0]).flat();
      for (const [i, file] of files.entries()) {
        const checkpoint = await openCheckpoint(file);
        const found: number[] = [];
        for (const tensor of checkpoint.tensors.filter(({ role }) => role === "weight")) {
          const values = new Float64Array(tensor.parameters);
          await checkpoint.readFloats(tensor, 0, values);
          found.push(...values);
        }
        await checkpoint.close();
        const ascending = (values: number[]) => values.sort((a, b) => a - b);
        expect(ascending(found)).toEqual(ascending(Object.values(states[i]).flat()));
      }
      const [initial, step] = await Promise.all([
        openCheckpoint(files[0]),
        openCheckpoint(files[1]),
      ]);
      const moved = await compareCheckpoints(initial, step);
      await Promise.all([initial.close(), step.close()]);
      // Each weight moved by a quarter, up to float32's rounding; the tied one counts once, moving averages do not.
      expect(moved.tensors.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(
        weights.length,
      );
      expect(moved.distance).toBeCloseTo(0.25 * Math.sqrt(weights.length), 6);
    },
  );
});
