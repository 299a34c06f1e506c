import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { askPython } from "../../support/python";

function ask(environment: Record<string, string>, more: object = {}) {
  return askPython("python3", path.join(__dirname, "answer_settings.py"), {
    environment,
    parameters: [],
    metrics: [],
    ...more,
  }) as Record<string, unknown>;
}

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), "odometer-"));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

it("reads what the experiment asks, writes metrics and loads no framework", async () => {
  const directory = path.join(await folder(), "a run", "of its own");
  const answer = ask(
    {
      WEIGHT_ODOMETER_SEED: "9007199254740991",
      WEIGHT_ODOMETER_INITIAL_WEIGHTS: "7",
      WEIGHT_ODOMETER_RUN_DIRECTORY: directory,
      WEIGHT_ODOMETER_LABEL_FRACTION: "0.3",
      WEIGHT_ODOMETER_LABEL_CORRUPTION: "1e-3",
      WEIGHT_ODOMETER_LABEL_CORRUPTION_KIND: "uniform",
      WEIGHT_ODOMETER_LABEL_SEED: "5",
      WEIGHT_ODOMETER_ATTEMPT: "2",
      WEIGHT_ODOMETER_LEARNING_RATE: "0.05",
      WEIGHT_ODOMETER_NESTEROV: "false",
      WEIGHT_ODOMETER_OPTIMIZER: "adam",
      WEIGHT_ODOMETER_WIDTH: "wide",
      WEIGHT_ODOMETER_RUN_MARK: "no parameter",
    },
    {
      parameters: [
        ["learning_rate", 0.1],
        ["learningRate", 0.2],
        ["nesterov", true],
        ["optimizer", "sgd"],
        ["epochs", 3],
        ["width", 3],
      ],
      metrics: [{ test_accuracy: "0.5", step: "1" }, { loss: "nan" }, { loss: "0.125" }],
    },
  );
  expect(answer.settings).toEqual({
    seed: 9007199254740991,
    initial_weights: 7,
    run_directory: directory,
    label_fraction: 0.3,
    label_corruption: 0.001,
    label_corruption_kind: "uniform",
    label_seed: 5,
    attempt: 2,
    parameters: {
      LEARNING_RATE: "0.05",
      NESTEROV: "false",
      OPTIMIZER: "adam",
      WIDTH: "wide",
    },
  });
  expect(answer.parameters).toEqual({
    learning_rate: 0.05,
    learningRate: 0.05,
    nesterov: false,
    optimizer: "adam",
    epochs: 3,
    width: "WEIGHT_ODOMETER_WIDTH is 'wide', which is no int.",
  });
  expect(answer).toMatchObject({ seeded: 9007199254740991, repeats: true, loaded: [] });
  expect(await readFile(path.join(directory, "metrics.jsonl"), "utf8")).toBe(
    '{"step": 1, "test_accuracy": 0.5}\n{"loss": null}\n{"loss": 0.125}\n',
  );
});

it("has defaults for a script that is run by hand", () => {
  expect(ask({}).settings).toMatchObject({ seed: 0, initial_weights: 0, attempt: 0 });
  expect(ask({ WEIGHT_ODOMETER_SEED: "3" }).settings).toMatchObject({ initial_weights: 3 });
});

it("says what is wrong", () => {
  expect(ask({ WEIGHT_ODOMETER_SEED: "1.5" }).error).toBe(
    "WEIGHT_ODOMETER_SEED is '1.5', which is no int.",
  );
  const refused = ask({}).refused as string[];
  expect(refused[0]).toMatch(/rate of 1.5 is not 0 to 1/);
  expect(refused[1]).toMatch(/rate of nan is not 0 to 1/);
  expect(refused[2]).toMatch(/not by 'flip'/);
  expect(refused[3]).toMatch(/not str/);
  expect(refused[4]).toMatch(/fraction of 0 is not above 0/);
  expect(refused[5]).toMatch(/weights of object cannot be saved/);
  expect(existsSync("unused")).toBe(false);
});
