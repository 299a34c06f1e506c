import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { findStates, stepOf } from "../../../../src/runner/command/find-states";

it("finds checkpoints by their patterns, in order of steps, and not what is being written", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "odometer-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const name of ["logs", "ckpt/step-2", "ckpt/step-10"])
    await mkdir(path.join(folder, name), { recursive: true });
  const files =
    "initial.npz final.h5 final.npz.tmp step-100.h5 step-20.h5 step-x.h5 step-3.h5.part";
  for (const name of files.split(" ")) await writeFile(path.join(folder, name), "");
  const patterns = { initial: "initial.*", steps: "step-*.*", final: "final.*" };
  const found = await findStates(folder, patterns);
  const names = (list: readonly { file: string }[]) =>
    list.map(({ file }) => path.relative(folder, file));
  expect(names(found.initial)).toEqual(["initial.npz"]);
  expect(names(found.final)).toEqual(["final.h5"]);
  expect(found.steps.map(({ step }) => step)).toEqual([20, 100]);
  const nested = await findStates(folder, { ...patterns, steps: "ckpt/step-*" });
  expect(nested.steps.map(({ step }) => step)).toEqual([2, 10]);
  expect((await findStates(path.join(folder, "none"), patterns)).initial).toEqual([]);
});

it("takes a step from the last number of a name, less its extensions", () => {
  expect(
    ["step-0100.h5", "e2-s30.weights.h5", "ckpt-7.index", "final.h5", "model.pt"].map(stepOf),
  ).toEqual([100, 30, 7, null, null]);
});
