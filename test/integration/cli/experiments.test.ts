import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ExperimentComparison } from "../../../src/protocol/experiment-comparison";
import type { WeightMap } from "../../../src/protocol/results";
import type { DisplacementMapWithCosines } from "../../../src/experiment/displacement-map";
import type { ReportJson } from "../../../src/experiment/report-json";
import { runCli } from "../support/cli";

let folder = "";
const small = ["--model", "mnist-dense", "--images", "300", "--epochs", "3", "--repeats", "2"];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "odometer-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function jsonOf<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await runCli(args);
  expect(stderr).not.toMatch(/^weight-odometer: /m);
  expect(code).toBe(0);
  return JSON.parse(stdout) as T;
}

/** Prints a preset, writes it to a file as a user would, changed or not, and trains it. */
async function trained(
  preset: string,
  change: (file: { levels?: object; train: object }) => object = (file) => file,
): Promise<{ out: string; report: ReportJson }> {
  const printed = await jsonOf<{ train: object }>("preset", preset, ...small);
  const file = path.join(folder, `${preset}.odometer.json`);
  await writeFile(file, JSON.stringify(change(printed)));
  const out = path.join(folder, preset);
  expect((await runCli(["run", file, "--out", out])).code).toBe(0);
  return { out, report: await jsonOf<ReportJson>("report", out, "--json") };
}

it("draws Fig. 2's clusters about two scratches, each once on the map", async () => {
  const { out, report } = await trained("experiment-2");
  expect(report).toMatchObject({ runs: 4, varied: "initialWeights", levels: [{ runs: 2 }, {}] });
  expect(report.levels.map(({ initialWeights }) => initialWeights)).toEqual([0, 1]);
  expect(report.clusters).toMatchObject({ scratches: 2, finals: 4, nearOwn: 4 });
  expect(report.clusters?.silhouette).toBeGreaterThan(0.9);
  expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
  const joint = report.maps.find(({ states }) => states === "joint")!;
  expect(joint.points.map(({ run, state }) => `${state} ${run}`)).toEqual([
    "initial 0",
    "initial 2",
    ...[0, 1, 2, 3].map((run) => `final ${run}`),
  ]);
  const flat = await jsonOf<WeightMap>("map", out, "--dimensions", "2", "--json");
  expect(flat.points).toHaveLength(6);
  const moved = await jsonOf<DisplacementMapWithCosines>(
    "map",
    out,
    "--of",
    "displacements",
    "--json",
  );
  expect(moved).toMatchObject({ states: "displacements", cosines: { runs: 4, pairs: 6 } });
  expect(moved.points.map(({ run }) => run)).toEqual([0, 1, 2, 3]);
});

it("draws Fig. 6's curves, of equal steps from shared weights", async () => {
  const { report } = await trained("experiment-3");
  expect(report.levels.map(({ labelFraction }) => labelFraction)).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
  for (const { runs, distance, std, steps, curve } of report.levels) {
    expect(runs).toBe(2);
    expect(steps).toMatchObject({ mean: 9, std: 0 });
    expect(curve).toMatchObject({ interpolated: false, runs: 2 });
    expect(curve!.points.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(curve!.points[0].toFinal.mean).toBeCloseTo(distance!, 12);
    expect(curve!.points[0].toFinal.std).toBeCloseTo(std!, 12);
    expect(curve!.points[9].toFinal.mean).toBe(0);
  }
  expect(report.checks.map(({ check, holds }) => `${check} ${holds}`)).toContain(
    "equal-steps true",
  );
  expect(report.trends).toMatchObject([{ figure: "fig-6", repeats: 2, weak: false }]);
});

it("trains Experiment 4 both ways, and compares it", async () => {
  const { out, report } = await trained("experiment-4", ({ train, ...file }) => ({
    ...file,
    train: { ...train, fitEpochs: 6 },
    levels: { labelCorruption: [0, 1], kind: "uniform" },
  }));
  expect(report.levels.map(({ labelCorruption, stop }) => `${stop} ${labelCorruption}`)).toEqual([
    "steps 0",
    "steps 1",
    "fit 0",
    "fit 1",
  ]);
  // Of ten kinds drawn anew a tenth stays as it was.
  expect(report.levels[1].realisedRate).toBeGreaterThan(0.82);
  expect(report.levels[1].realisedRate).toBeLessThan(0.97);
  expect(report.convergence.unconverged.filter(({ why }) => why === "not-fitted")).toHaveLength(4);
  expect(report.warnings).toContainEqual({ code: "not-fitted", figures: ["fig-7"], runs: 4 });
  const other = path.join(folder, "experiment-3");
  const compared = await jsonOf<ExperimentComparison>("compare", out, other, "--json");
  expect(compared).toMatchObject({ comparable: false, varied: null, rankings: [] });
  expect(compared.differences.map(({ setting }) => setting)).toContain("train.equalSteps");
  const { stdout } = await runCli(["compare", out, other]);
  expect(stdout).toContain("no single cause");
  expect((await runCli(["compare", out])).code).toBe(2);
});
