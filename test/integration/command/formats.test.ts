import { copyFile, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Results } from "../../../src/protocol/results";
import { pythonWith } from "../../support/python";
import { runCli } from "../support/cli";
import { output, workplace } from "./workplace";

const folders = { initial: "checkpoint-0", steps: "checkpoint-*", final: "checkpoint-100" };
const formats = [
  { format: "safetensors", packages: [], checkpoints: undefined },
  { format: "pytorch", packages: ["torch"], checkpoints: undefined },
  { format: "keras", packages: ["h5py", "numpy"], checkpoints: undefined },
  { format: "hdf5", packages: ["h5py", "numpy"], checkpoints: undefined },
  { format: "sharded", packages: [], checkpoints: folders },
  { format: "hugging-face", packages: [], checkpoints: folders },
];

describe("a command's checkpoints", () => {
  it.for(formats)(
    "are measured where they are $format",
    async ({ format, packages, checkpoints }, { skip }) => {
      const python = pythonWith(packages);
      if (python === null) return skip(`there is no Python with ${packages.join(" and ")}`);
      const script = "save_formats.py";
      const command = [python, script, "--seed", "${seed}", "--out", "${runDirectory}"];
      const train = { command: [...command, "--format", format], checkpoints };
      const place = await workplace({ train, runs: 2, keep: "all" });
      const fixtures = path.resolve(__dirname, "../../fixtures/commands");
      await copyFile(path.join(fixtures, script), path.join(place.folder, script));
      const { code, stderr } = await runCli(["run", place.file, "--out", place.out]);
      expect([code, stderr]).toEqual([0, expect.any(String)]);
      const text = await readFile(place.directory.resultsFile(), "utf8");
      const { runResults, parameters, maps } = JSON.parse(text) as Results;
      expect([parameters, maps.length > 0]).toEqual([28, true]);
      expect(runResults).toHaveLength(2);
      for (const { key, curve, distance } of runResults) {
        const { fromInitial } = JSON.parse(await output(place, key)) as { fromInitial: number[] };
        expect(curve?.steps).toEqual([0, 50, 100]);
        fromInitial.forEach((expected, i) => {
          expect(curve?.fromInitial[i]).toBeCloseTo(expected, 12);
        });
        expect(distance).toBeCloseTo(fromInitial[2], 12);
      }
    },
  );
});
