import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Store } from "../../../../webview/ui/store";

describe("Store", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("tells its listeners at once and saves once after many changes", () => {
    const save = vi.fn();
    const changed = vi.fn();
    const store = new Store({ selected: 0, yaw: 0 }, save);
    store.onChange(changed);
    store.set({ selected: 1 });
    store.remember({ yaw: 1 });
    store.remember({ yaw: 2 });
    expect(changed).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1000);
    expect(save).toHaveBeenCalledExactlyOnceWith({ selected: 1, yaw: 2 });
  });

  it("saves while changes go on, not only when they rest", () => {
    const save = vi.fn();
    const store = new Store({ yaw: 0 }, save);
    for (let yaw = 1; yaw <= 20; yaw++) {
      store.remember({ yaw });
      vi.advanceTimersByTime(20);
    }
    expect(save.mock.calls.length).toBeGreaterThan(1);
    vi.advanceTimersByTime(1000);
    expect(save).toHaveBeenLastCalledWith({ yaw: 20 });
  });
});
