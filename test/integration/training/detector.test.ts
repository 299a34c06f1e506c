import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import type { Results } from "../../../src/protocol/results";
import { runCli } from "../support/cli";

// 0.64 on AVX2; after 30 epochs 0.89. A detector that has learned nothing has less than 0.01.
test("YOLO v3 finds drawn shapes that it has not seen, with a mean average precision above 0.5", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "odometer-"));
  try {
    const file = path.join(folder, "shapes.odometer.json");
    const train = {
      model: "yolo-v3",
      dataset: "generated-shapes",
      width: 0.125,
      inputSize: 64,
      epochs: 16,
      batchSize: 8,
      optimizer: { name: "adam" },
      learningRate: 0.002,
      schedule: { name: "step", factor: 0.1, at: [13] },
      preprocessing: "rescale",
    };
    await writeFile(file, JSON.stringify({ train, runs: 1 }));
    const { code, stdout } = await runCli([
      "run",
      file,
      "--out",
      path.join(folder, "out"),
      "--json",
    ]);
    expect(code).toBe(0);
    const [{ testAccuracy }] = (JSON.parse(stdout) as Results).runResults;
    expect(testAccuracy).toBeGreaterThan(0.5);
  } finally {
    await rm(folder, { recursive: true });
  }
}, 900_000);
