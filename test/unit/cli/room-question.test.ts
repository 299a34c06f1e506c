import { expect, it } from "vitest";
import { answerOf, questionText } from "../../../src/cli/room-question";
import type { RoomShortage } from "../../../src/protocol/live";

const shortage: RoomShortage = {
  ...{ runs: 20, need: 3e9, needIfFinal: 1e9, free: 2e9, root: "/disk", basis: "weights" },
};

it("offers to keep fewer checkpoints only where that makes a difference", () => {
  expect(questionText(shortage)).toContain("k: keep first and last weights only (about 1.0 GB)");
  expect(questionText({ ...shortage, needIfFinal: null })).not.toContain("k:");
  expect(answerOf(" K\n", shortage)).toBe("keep-final");
  expect(answerOf("k", { ...shortage, needIfFinal: null })).toBeNull();
});

it("takes no answer for none", () => {
  expect(["g", "c", "", "yes"].map((line) => answerOf(line, shortage))).toEqual([
    "fill-disk",
    "cancel",
    null,
    null,
  ]);
});
