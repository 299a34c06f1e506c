import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { restore, START, UiStore, type UiState } from "../../../webview/results/ui-state";

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

describe("UiStore", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("tells its listener at once and saves once after many changes", () => {
    const save = vi.fn();
    const changed = vi.fn();
    const store = new UiStore(START, save);
    store.onChange(changed);
    store.set({ selected: 1 });
    store.remember({ camera: { yaw: 0, pitch: 0, zoom: 1 } });
    store.remember({ camera: { yaw: 1, pitch: 0, zoom: 1 } });
    expect(changed).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1000);
    expect(save).toHaveBeenCalledExactlyOnceWith({
      ...START,
      selected: 1,
      camera: { yaw: 1, pitch: 0, zoom: 1 },
    });
  });
});
