import { describe, expect, it } from "vitest";
import type { Trajectory } from "../../../../src/protocol/trajectory";
import { trajectoryLines } from "../../../../webview/trajectory/trajectory-lines";
import { leftOut, pathSentence, pointName, stateLine } from "../../../../webview/trajectory/words";

const point = (file: string, step: number | null) => ({
  file,
  step,
  modified: "2026-01-01T00:00:00Z",
  fromFirst: 1,
  toLast: 2,
  fromPrevious: null,
  norm: 3,
});
const trajectory: Trajectory = {
  steps: [point("/r/step-5/model.safetensors", 5), point("/r/step-50/model.safetensors", 50)],
  tensors: [],
  order: "step",
  parameters: 4,
  unmatched: [],
  skipped: [],
  strippedPrefixes: [],
  pathLength: 3,
  netDistance: 2,
  pathRatio: 1.5,
};

describe("words about a trajectory", () => {
  it("say how it is ordered and whether it is watched", () => {
    const view = {
      uris: [],
      pending: false,
      name: "r",
      path: "/r",
      all: false,
      failure: null,
      found: null,
    };
    expect(stateLine({ ...view, folder: true, state: "watching", trajectory })).toBe(
      "2 checkpoints, ordered by the step number in their names · watching the folder",
    );
    expect(stateLine({ ...view, folder: true, state: "measuring", trajectory: null })).toBe(
      "measuring…",
    );
  });

  it("name a checkpoint with its folder where all are called alike", () => {
    expect(pointName(trajectory.steps[0], trajectory.steps)).toBe("step-5/model.safetensors");
    expect(pointName(trajectory.steps[0], [trajectory.steps[0]])).toBe("model.safetensors");
  });

  it("set the path beside the net distance", () => {
    expect(pathSentence(trajectory)).toContain("1.50 times the distance");
    expect(pathSentence({ pathLength: 0, netDistance: 0, pathRatio: null })).toMatch(
      /did not move/,
    );
    expect(pathSentence({ pathLength: null, netDistance: 1, pathRatio: null })).toMatch(/NaN/);
  });

  it("say what was left out, and why", () => {
    const skipped = [{ file: "/r/x.pt", reason: "truncated" }];
    const unmatched = [{ name: "w", files: ["/r/a"], reason: null }];
    expect(leftOut({ ...trajectory, skipped, unmatched })).toEqual([
      "w is not in all 2 checkpoints alike, and so left out of each.",
      "x.pt was skipped: truncated.",
    ]);
  });
});

describe("the curves", () => {
  it("stand at their steps where these order them, else one after the other", () => {
    expect(trajectoryLines(trajectory, null)).toMatchObject({ places: [5, 50], axis: "step" });
    expect(trajectoryLines({ ...trajectory, order: "time" }, null)).toMatchObject({
      places: [1, 2],
      axis: "checkpoint",
    });
  });

  it("are those of a tensor where one is selected", () => {
    const tensor = {
      ...{ name: "w", shape: [4], parameters: 4, pathLength: 1, netDistance: 1, pathRatio: 1 },
      ...{ fromFirst: [0, 7], toLast: [7, 0], fromPrevious: [null, 7] },
    };
    const { lines } = trajectoryLines({ ...trajectory, tensors: [tensor] }, "w");
    expect(lines.map(({ values }) => values)).toEqual([
      [0, 7],
      [7, 0],
      [null, 7],
    ]);
  });
});
