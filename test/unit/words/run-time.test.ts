import { describe, expect, it } from "vitest";
import type { LiveRun } from "../../../src/protocol/live";
import { progressText, shareOfAll, sharesDone } from "../../../src/words/run-progress";
import { basisText, runTimes, runTimeText } from "../../../src/words/run-time";

type CommandRun = Extract<LiveRun, { readonly kind: "command" }>;

const running = (more: Partial<CommandRun> = {}): CommandRun => ({
  ...{ run: 9, key: "", state: "running", kind: "command", attempt: 0, log: "" },
  ...{ step: null, stepSeconds: null, distance: null, metrics: {} },
  clock: { seconds: 10, since: 50_000 },
  ...more,
});
const finished = (seconds: number | null, steps: number | null): LiveRun => ({
  ...{ run: 1, key: "", state: "finished", distance: 1, testAccuracy: null },
  ...{ seconds, steps },
});
/** Half a minute after the clock began to run again: 40 s in all. */
const timeOf = (run: LiveRun, others: readonly LiveRun[]) =>
  runTimes({ runs: [...others, run], updatedAt: 80_000 })(run)!;

describe("the time of a command under way", () => {
  it("is judged by the mean time of finished runs", () => {
    const time = timeOf(running(), [finished(60, null), finished(80, 100), finished(null, 9)]);
    expect(time).toEqual({ elapsed: 40, left: { seconds: 30, basis: "runs", runs: 2 } });
    expect(runTimeText(time)).toBe("40 s, about 30 s left");
    expect(basisText(time)).toBe("Time left by the mean time of 2 finished runs.");
  });

  it("is judged by steps where checkpoints tell them, at the pace up to the last one", () => {
    // 100 of 400 steps took 25 s: 100 s in all.
    const run = running({ step: 100, stepSeconds: 25 });
    const time = timeOf(run, [finished(7, 300), finished(7, 500)]);
    expect(time.left).toEqual({ seconds: 60, basis: "steps", runs: 2 });
    expect(basisText(time)).toContain("by the step of its last checkpoint among those of 2");
  });

  it("is not known without a finished run, nor after an earlier attempt, and never negative", () => {
    for (const time of [
      timeOf(running(), []),
      timeOf(running({ attempt: 1 }), [finished(60, null)]),
    ]) {
      expect(time.left).toBeNull();
      expect(runTimeText(time)).toBe("40 s");
    }
    const late = timeOf(running(), [finished(5, null)]);
    expect(runTimeText(late)).toBe("40 s, longer than others took");
    // A clock that was set back.
    const back = running({ clock: { seconds: 10, since: 90_000 } });
    expect(timeOf(back, []).elapsed).toBe(10);
    expect(timeOf(running({ clock: { seconds: 12, since: null } }), []).elapsed).toBe(12);
  });

  it("tells nothing of queued runs, of built-in models, and of snapshots of older versions", () => {
    const old: LiveRun = {
      ...{ run: 9, key: "", state: "running", kind: "command", attempt: 0, log: "" },
      ...{ step: null, distance: null },
    };
    expect(runTimes({ runs: [old], updatedAt: 0 })(old)).toBeNull();
    expect(sharesDone({ runs: [old], updatedAt: 0 })(old)).toBe(0);
    const queued: LiveRun = { run: 1, key: "", state: "queued" };
    expect(runTimes({ runs: [queued], updatedAt: 0 })(queued)).toBeNull();
  });
});

it("counts a command's share by its time, and all that has ended whole", () => {
  const runs = [finished(80, null), running(), { run: 2, key: "", state: "queued" } as const];
  expect(sharesDone({ runs, updatedAt: 80_000 })(runs[1])).toBe(0.5);
  expect(shareOfAll({ runs, updatedAt: 80_000 })).toBe(0.5);
  expect(shareOfAll({ runs: [], updatedAt: 0 })).toBe(0);
});

it("says where a command is by what it told last", () => {
  const metrics = { loss: 0.25 };
  expect(progressText(running({ step: 1200, distance: 2, metrics, attempt: 1 }))).toBe(
    "step 1,200, distance 2.000, loss 0.2500, attempt 2",
  );
  expect(progressText(running())).toBe("running");
});
