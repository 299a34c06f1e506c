import { expect, it } from "vitest";
import { presetChoices } from "../../../src/experiment/preset-choices";

it("offers each of the paper's experiments, in the usual size and as the paper has it", () => {
  const choices = presetChoices("tf-mnist");
  expect(choices.map(({ file, size }) => `${file}: ${size}`)).toEqual([
    "tf-mnist: 20 networks",
    "tf-mnist-experiment-1: 1,000 networks, as the paper",
    "tf-mnist-experiment-2: 200 networks, as the paper",
    "tf-mnist-experiment-3: 25 networks",
    "tf-mnist-experiment-3-paper: 5 networks, as the paper",
    "tf-mnist-experiment-4: 110 networks",
    "tf-mnist-experiment-4-paper: 22 networks, as the paper",
    "tf-mnist-qmcm: 200 networks",
    "tf-mnist-qmcm-paper: 1,000 networks, as the paper",
  ]);
});
