import { describe, expect, it } from "vitest";
import { readExperiment } from "../../../../src/experiment/read-experiment";

function problemOf(train: object): { message: string; at: string } {
  const text = JSON.stringify({ train, runs: 2 });
  const read = readExperiment(text);
  if (read.ok) throw new Error("no problem was found");
  const [{ message, offset, length }] = read.problems;
  return { message, at: text.slice(offset, offset + length) };
}

describe("an experiment file whose train is a command", () => {
  it("is read", () => {
    const train = {
      command: ["python3", "train.py", "--seed", "${seed}", "--width", "${width}"],
      parameters: { width: 32 },
      environment: { PYTHONHASHSEED: "${seed}" },
      checkpoints: { steps: "checkpoints/*.pt" },
      metrics: { testAccuracy: { file: "metrics.jsonl", key: "test_accuracy" } },
      labelCorruption: { kind: "shuffle", rate: 0.5 },
    };
    const file = { train, runs: 5, keep: "none", repeatOneSeed: true };
    expect(readExperiment(JSON.stringify(file))).toEqual({ ok: true, experiment: file });
  });

  it.each([
    [{ command: ["python3", "${sed}"] }, '"${sed}"', /no placeholder \$\{sed\}/],
    [{ shell: "train ${width}" }, '"train ${width}"', /no placeholder/],
    [{ shell: "train '${seed}'" }, `"train '\${seed}'"`, /single quotes/],
    [{ command: ["run.BAT"] }, '"run.BAT"', /cmd\.exe/],
    [{ command: ["a"], parameters: { seed: 1 } }, "1", /has a meaning already/],
    [{ command: ["a"], parameters: { runMark: 1 } }, "1", /WEIGHT_ODOMETER_RUN_MARK/],
    [{ command: ["a"], parameters: { aB: 1, a_b: 2 } }, "1", /WEIGHT_ODOMETER_A_B/],
    [{ command: ["a"], checkpoints: { final: "../final.pt" } }, '"../final.pt"', /below the run/],
    [{ command: ["a"], comand: 1 }, '"comand"', /nrecognized/],
    [{ command: [] }, "[]", /Too small/],
    [{ command: ["a"], shell: "b" }, '"b"', /not both/],
    [{ command: ["a"], metrics: { loss: { pattern: "(" } } }, '"("', /./],
  ])("names what is wrong in %j at its place", (train, at, message) => {
    const problem = problemOf(train);
    expect(problem.at).toBe(at);
    expect(problem.message).toMatch(message);
  });
});
