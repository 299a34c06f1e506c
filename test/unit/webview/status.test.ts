import { describe, expect, it } from "vitest";
import type { LiveSnapshot } from "../../../src/protocol/live";
import type { ResultsPanelView } from "../../../src/protocol/results-panel";
import {
  actionsFor,
  announcement,
  phaseOf,
  stateLine,
  totalProgress,
} from "../../../webview/results/status";
import { generatedLive, generatedResults } from "../../integration/webview/generated-results";

const results = generatedResults(4, 20);
const view = (
  live: LiveSnapshot | null,
  alive: boolean,
  shown: typeof results | null = results,
): ResultsPanelView => ({
  experiment: null,
  name: "x",
  results: shown,
  live,
  alive,
});
const running = view(generatedLive("running", 4, 2, 14), true);

describe("the state in words", () => {
  it.each<[string, ResultsPanelView]>([
    ["not started", view(null, false, null)],
    ["4 of 20 finished", view(null, false)],
    ["4 of 20 finished · 2 running · 14 queued · 1 min left", running],
    ["paused · 4 of 20 finished · 16 queued", view(generatedLive("paused", 4, 0, 16), true)],
    ["stopped before its end · 4 of 20 finished", { ...running, alive: false }],
    ["computing the figures · 20 finished", view(generatedLive("analysing", 20, 0, 0), true)],
    ["20 finished", view(generatedLive("done", 20, 0, 0), false)],
  ])("%s", (words, of) => {
    expect(stateLine(of)).toBe(words);
  });

  it("is announced by phase and tenths, not by every tick", () => {
    expect(announcement(running)).toBe("running, 20 per cent of the runs finished");
    expect(announcement(view(generatedLive("running", 5, 1, 14), true))).toBe(
      announcement(running),
    );
  });
});

describe("actions", () => {
  const offered = (of: ResultsPanelView): string[] => actionsFor(of).map(({ action }) => action);

  it("fit the state", () => {
    expect(offered(view(null, false, null))).toEqual(["run", "openFile"]);
    expect(offered(running)).toEqual(["pause", "cancel", "openFile", "exportReport"]);
    expect(offered(view(generatedLive("paused", 4, 0, 16), true))).toContain("resume");
    expect(offered({ ...running, alive: false })[0]).toBe("run");
    expect(offered(view(generatedLive("cancelling", 4, 1, 15), true))).toEqual([
      "openFile",
      "exportReport",
    ]);
    expect(offered(view(generatedLive("done", 20, 0, 0), false))).toEqual([
      "openFile",
      "exportReport",
    ]);
  });

  it("have at most one that stands out", () => {
    for (const state of [
      "running",
      "paused",
      "cancelling",
      "analysing",
      "done",
      "failed",
      "cancelled",
    ] as const)
      for (const alive of [true, false]) {
        const primary = actionsFor(view(generatedLive(state, 4, 1, 15), alive)).filter(
          (one) => one.primary,
        );
        expect(primary.length).toBeLessThanOrEqual(1);
      }
  });
});

it("calls finished runs of fewer than planned incomplete", () => {
  const remaking = { ...view(null, false), results: null, remaking: { state: "working" } } as const;
  expect(phaseOf(remaking)).toBe("analysing");
  const failed = { ...remaking, remaking: { state: "failed", message: "x" } } as const;
  expect(phaseOf(failed)).toBe("outdated");
  expect(actionsFor(failed)[0]).toMatchObject({ action: "remake", primary: true });
  expect(phaseOf(view(null, false))).toBe("incomplete");
  expect(phaseOf(view(generatedLive("done", 4, 0, 0), false))).toBe("incomplete");
});

it("counts running runs in part", () => {
  expect(totalProgress(running, 0.5)).toBe(4.5 / 20);
  expect(totalProgress(view(null, false, null), 0)).toBe(0);
});
