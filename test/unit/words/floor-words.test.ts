import { expect, it } from "vitest";
import { floorSentences, prunedSentence } from "../../../src/words/floor-words";

it("says what two runs of one seed show of chance", () => {
  const [apart, meaning] = floorSentences({ initial: 0, final: 0.0819, distances: [4.152, null] });
  expect(apart).toBe(
    "Two runs of the first seed end 0.08190 apart, having started 0 apart; they moved by 4.152 and –.",
  );
  expect(meaning).toContain("chance alone");
  expect(floorSentences({ initial: 0, final: 0, distances: [1, 1] })).toEqual([
    expect.stringContaining("gave the same weights"),
  ]);
});

it("says of what figures were made before weights were removed, where some were", () => {
  expect(prunedSentence({ pruned: 0, mapped: 5 })).toBeNull();
  expect(prunedSentence({ pruned: 2, mapped: 5 })).toContain("made of 5 runs");
});
