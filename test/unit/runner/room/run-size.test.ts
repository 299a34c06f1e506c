import { expect, it } from "vitest";
import { roomFor } from "../../../../src/runner/room/run-size";
import { shortageText } from "../../../../src/words/room-words";

it("counts checkpoints along the way of all runs, or of those under way where they are pruned", () => {
  const size = { stays: 10, along: 100 };
  expect(roomFor(size, "all", 5, 2)).toBe(5 * 110);
  expect(roomFor(size, "final", 5, 2)).toBe(5 * 10 + 2 * 100);
  // Weights stay until maps are made of all.
  expect(roomFor(size, "none", 1, 8)).toBe(110);
});

it("says what is short, with where and how it is known", () => {
  const shortage = { runs: 1, need: 2.5e9, needIfFinal: null, free: 4e7, root: "/disk" };
  expect(shortageText({ ...shortage, basis: "runs" })).toBe(
    "The run to come needs about 2.5 GB, judged by a finished one; the disk of /disk has 40.0 MB left.",
  );
});
