import { describe, expect, it } from "vitest";
import { duration, roughly } from "../../../src/words/duration";

describe("durations", () => {
  it.each([
    [0.04, "0.0 s"],
    [8.44, "8.4 s"],
    [9.96, "10 s"],
    [59.6, "1 min"],
    [84, "1 min 24 s"],
    [1500, "25 min"],
    [7500, "2 h 5 min"],
    [7200, "2 h"],
    [273_600, "3 d 4 h"],
  ])("says %s seconds as %s", (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });

  it.each([
    [0, "1 s"],
    [8.2, "8 s"],
    [74, "1 min"],
    [95, "2 min"],
    [7500, "2 h 5 min"],
  ])("estimates %s seconds left as %s", (seconds, words) => {
    expect(roughly(seconds)).toBe(words);
  });
});
