import { expect, it } from "vitest";
import { labelWarning } from "../../../src/experiment/label-warning";

it("warns of a fraction that leaves one label kind, at any level", () => {
  const train = { model: "alexnet", dataset: "tf-flowers" };
  expect(labelWarning({ train: { ...train, labelFraction: 0.2 }, runs: 1 })).toMatch(
    /fraction of 0.2 keeps one of tf-flowers's 5 label kinds/,
  );
  expect(labelWarning({ train, runs: 1, levels: { labelFraction: [1, 0.2] } })).toMatch(/0.2/);
  expect(labelWarning({ train: { ...train, labelFraction: 0.4 }, runs: 1 })).toBeNull();
  expect(labelWarning({ train, runs: 1 })).toBeNull();
});
