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
  expect(names(found.unnumbered)).toEqual(["step-x.h5"]);
});

it("takes the step from the folder where each checkpoint has one", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "odometer-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const name of ["v2/checkpoint-0", "v2/checkpoint-10", "v2/checkpoint-20"]) {
    await mkdir(path.join(folder, name), { recursive: true });
    await writeFile(path.join(folder, name, "model.bin"), "");
  }
  await writeFile(path.join(folder, "v2/best.bin"), "");
  const ends = {
    initial: "v2/checkpoint-0/model.bin",
    final: "v2/checkpoint-20/model.bin",
  };
  for (const steps of ["v2/checkpoint-*/model.bin", "**/model.bin"]) {
    const found = await findStates(folder, { ...ends, steps });
    expect(found.steps.map(({ step }) => step)).toEqual([10]);
    // Its own pattern has no star: the others' tells.
    expect(found.final.map(({ step }) => step)).toEqual([20]);
  }
  // The number of a folder that the pattern names is no step.
  const { steps, unnumbered } = await findStates(folder, { ...ends, steps: "v2/b*.bin" });
  expect([steps.length, unnumbered.length]).toEqual([0, 1]);
});

it("takes a step from the last number of a name, less its extensions", () => {
  expect(
    ["step-0100.h5", "e2-s30.weights.h5", "ckpt-7.index", "final.h5", "model.pt"].map(stepOf),
  ).toEqual([100, 30, 7, null, null]);
  // As Keras and Lightning write a loss beside the epoch.
  expect(["weights.05-0.34.hdf5", "epoch=02-val_loss=0.32.ckpt"].map(stepOf)).toEqual([5, 2]);
});
