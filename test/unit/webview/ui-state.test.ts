import { describe, expect, it } from "vitest";
import { restore, START, type UiState } from "../../../webview/results/ui-state";

describe("restore", () => {
  it("gives back what was saved", () => {
    const saved: UiState = {
      states: "final",
      method: "classical",
      camera: { yaw: 1, pitch: -0.5, zoom: 2 },
      sort: { key: "loss", descending: true },
      selected: 7,
      allTensors: true,
    };
    expect(restore(JSON.parse(JSON.stringify(saved)))).toEqual(saved);
  });

  it.each([
    undefined,
    null,
    3,
    "x",
    [],
    {},
    { states: "other", camera: { yaw: "left" }, sort: 1, selected: 1.5 },
  ])("starts afresh from %j", (saved) => {
    expect(restore(saved)).toEqual(START);
  });
});
