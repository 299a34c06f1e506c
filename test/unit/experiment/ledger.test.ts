import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeSafetensors } from "../../../src/checkpoint/write-safetensors";
import { currentResults } from "../../../src/experiment/current-results";
import type { ExperimentFile } from "../../../src/experiment/experiment";
import { ExperimentDirectory } from "../../../src/experiment/experiment-directory";
import { finderOn, finishedRuns } from "../../../src/experiment/finished-runs";
import { Ledger } from "../../../src/experiment/ledger";
import { placeOf, plan } from "../../../src/experiment/plan";
import { runKey, type RunRecord } from "../../../src/experiment/run-record";
import { builtIn } from "../../support/built-in";

const experiment: ExperimentFile = { train: { model: "mnist-dense", epochs: 1 }, runs: 4 };
const place = (run: number) => placeOf(plan(experiment)[run]);

describe("Ledger", () => {
  let directory: ExperimentDirectory;
  beforeEach(async () => {
    directory = new ExperimentDirectory(await mkdtemp(path.join(tmpdir(), "odometer-")));
    await directory.create();
  });
  afterEach(() => rm(directory.root, { recursive: true }));

  /** Writes a finished run that moved by 2, on some kind of CPU and data. */
  async function finish(run: number, kernelLevel = "avx2", dataSha256 = "00"): Promise<string> {
    const { settings, seeds } = plan(experiment)[run];
    const identity = {
      settings: builtIn(settings),
      seeds,
      dataSha256,
      engine: {
        name: "onnxruntime",
        version: "1",
        lowering: "plain",
        kernelLevel,
        threads: 1,
      } as const,
    };
    const record: RunRecord = {
      format: "weight-odometer run 1",
      key: runKey(identity),
      ...identity,
      parameters: 2,
      steps: 1,
      epochLosses: [0.5],
      testAccuracy: 0.25,
      trainAccuracy: null,
      labels: null,
      fitted: null,
      checkpoints: [],
      pathLength: 2,
      sumSquaredSteps: 4,
      tensors: [{ name: "a", shape: [2], pathLength: 2, sumSquaredSteps: 4 }],
    };
    const attempt = await directory.beginAttempt(record.key);
    for (const [state, value] of [
      ["initial", 1],
      ["final", 3],
    ] as const)
      await writeSafetensors(path.join(attempt, `${state}.safetensors`), [
        { name: "a", shape: [2], values: Float32Array.of(value, 1) },
      ]);
    await directory.finishAttempt(attempt, record);
    return record.key;
  }

  it("lists finished runs from their folders, and measures each once", async () => {
    const key = await finish(2);
    const ledger = await Ledger.open(directory, {});
    expect(finishedRuns(ledger, experiment)).toEqual([{ place: place(2), key }]);
    expect((await ledger.measured(place(2), key)).result).toMatchObject({
      run: 2,
      key,
      distance: 2,
    });

    // From now on nothing of the run is read: the index has it.
    await writeFile(path.join(directory.runFolder(key), "run.json"), "not JSON");
    const again = await Ledger.open(directory, {});
    expect((await again.measured(place(2), key)).result.distance).toBe(2);
  });

  it("forgets runs whose folder is gone, and reads damaged lines anew", async () => {
    const [first, second] = [await finish(0), await finish(1)];
    const ledger = await Ledger.open(directory, {});
    for (const [run, key] of [first, second].entries()) await ledger.measured(place(run), key);
    const index = await readFile(directory.indexFile(), "utf8");
    await rm(directory.runFolder(first), { recursive: true });
    expect(finishedRuns(await Ledger.open(directory, {}), experiment)).toEqual([
      { place: place(1), key: second },
    ]);

    for (const damaged of [
      index.slice(0, -7),
      index.replace(/"distance":2/g, '"distance":"far"'),
      "rubbish\n\n" + "x".repeat(100),
      "",
    ]) {
      await writeFile(directory.indexFile(), damaged);
      const reopened = await Ledger.open(directory, {});
      expect((await reopened.measured(place(1), second)).result.distance).toBe(2);
      expect(
        (await (await Ledger.open(directory, {})).measured(place(1), second)).result.distance,
      ).toBe(2);
    }
  });

  it("stays readable where two write lines and one is cut off", async () => {
    const key = await finish(0);
    await (await Ledger.open(directory, {})).measured(place(0), key);
    await appendFile(directory.indexFile(), `\n${key} 00/0/0/0 cut`);
    await (await Ledger.open(directory, {})).measured(place(0), key);
    expect(finishedRuns(await Ledger.open(directory, {}), experiment)).toEqual([
      { place: place(0), key },
    ]);
  });

  it("takes each run once, of one kind of CPU where it can, and never of other data", async () => {
    const keys = [await finish(0), await finish(1), await finish(1, "avx512")];
    const gap = await finish(3, "avx512");
    await finish(2, "avx2", "11");
    const ledger = await Ledger.open(directory, {});
    expect(finishedRuns(ledger, experiment).map(({ place }) => place.run)).toEqual([0, 1, 3]);
    expect(finishedRuns(ledger, experiment)[2].key).toBe(gap);
    const find = finderOn("11", ledger);
    expect(plan(experiment).map((run) => find(run) !== null)).toEqual([false, false, true, false]);
    expect(keys).toHaveLength(3);

    const { engines, runs, mapped } = await currentResults(directory, experiment, "mixed");
    expect(
      engines
        .map(({ engine, runs }) => ["kernelLevel" in engine && engine.kernelLevel, runs])
        .sort(),
    ).toEqual([
      [
        "avx2",
        runs -
          engines.find(({ engine }) => "kernelLevel" in engine && engine.kernelLevel === "avx512")!
            .runs,
      ],
      ["avx512", expect.any(Number)],
    ]);
    expect([runs, mapped]).toEqual([3, 3]);
  });

  it("tells a record that is none by its file", async () => {
    const folder = directory.runFolder("0".repeat(32));
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "run.json"), "{}");
    await expect(Ledger.open(directory, {})).rejects.toThrow(/run\.json is not a run record/);
  });
});
