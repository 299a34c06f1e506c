import { describe, expect, it } from "vitest";
import { describeProblems, readExperiment } from "../../../src/experiment/read-experiment";

function problemsOf(text: string) {
  const read = readExperiment(text);
  if (read.ok) throw new Error("no problem was found");
  return read.problems.map(({ message, offset, length }) => ({
    message,
    at: text.slice(offset, offset + length),
  }));
}

describe("readExperiment", () => {
  it("takes comments and trailing commas", () => {
    const text = '// twenty runs\n{ "train": { "model": "mnist-dense", }, "runs": 20, }';
    expect(readExperiment(text)).toEqual({
      ok: true,
      experiment: { train: { model: "mnist-dense" }, runs: 20 },
    });
  });

  it("marks a wrong value", () => {
    const [problem] = problemsOf('{ "train": { "model": "mnist-dense", "epochs": 0 }, "runs": 2 }');
    expect(problem.at).toBe("0");
    expect(problem.message).toMatch(/^train\.epochs: /);
  });

  it("marks an unknown key at the key", () => {
    const [problem] = problemsOf('{ "train": { "model": "mnist-dense", "epoch": 3 }, "runs": 2 }');
    expect(problem.at).toBe('"epoch"');
  });

  it("marks a missing key at the object that lacks it", () => {
    const [problem] = problemsOf('{ "train": { "model": "mnist-dense" } }');
    expect(problem).toMatchObject({ at: "{", message: expect.stringContaining("runs") as string });
  });

  it("tells an unknown model with the known ones", () => {
    const [problem] = problemsOf('{ "train": { "model": "resnet-9000" }, "runs": 2 }');
    expect(problem.at).toBe('"resnet-9000"');
    expect(problem.message).toContain("mnist-dense");
  });

  it("marks a dataset that does not fit the model", () => {
    const [problem] = problemsOf(
      '{ "train": { "model": "tf-cnn", "dataset": "voc-2007" }, "runs": 2 }',
    );
    expect(problem.at).toBe('"voc-2007"');
    expect(problem.message).toContain("has boxes");
  });

  it.each([
    ["depth", "50", '"model": "tf-cnn"', "one depth"],
    ["depth", "20", '"model": "resnet"', "18, 34, 50, 101"],
    ["inputSize", "100", '"model": "yolo-v3"', "in steps of 32"],
    ["inputSize", "16", '"model": "vgg"', "from 32 pixels"],
  ])("marks a %s of %s that %s cannot have", (option, value, model, message) => {
    const [problem] = problemsOf(`{ "train": { ${model}, "${option}": ${value} }, "runs": 2 }`);
    expect(problem.at).toBe(value);
    expect(problem.message).toContain(message);
  });

  it("fills in what an optimizer or schedule leaves out", () => {
    const text = `{ "train": { "model": "vgg", "optimizer": { "name": "adam" },
      "schedule": { "name": "step", "factor": 0.1, "at": [10] } }, "runs": 1 }`;
    expect(readExperiment(text)).toMatchObject({
      experiment: {
        train: {
          optimizer: { name: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
          schedule: { name: "step", factor: 0.1, at: [10], unit: "epochs" },
        },
      },
    });
  });

  it("tells where JSON breaks", () => {
    const text = '{\n  "train": {]\n}';
    const read = readExperiment(text);
    expect(read.ok).toBe(false);
    if (!read.ok)
      expect(describeProblems("a.odometer.json", text, read.problems)).toMatch(
        /^a\.odometer\.json:2:13: /,
      );
  });

  it.each(["", "   ", "// nothing"])("calls %j empty", (text) => {
    expect(problemsOf(text)[0].message).toMatch(/empty|value expected/);
  });

  it("is not fooled by __proto__", () => {
    expect(
      readExperiment('{ "__proto__": { "runs": 2 }, "train": { "model": "mnist-dense" } }').ok,
    ).toBe(false);
  });
});
