import { expect, it } from "vitest";
import { describeProgress } from "../../../src/cli/progress-line";
import type { LiveRun, LiveSnapshot } from "../../../src/protocol/live";

const running = (
  run: number,
  more: Partial<Extract<LiveRun, { readonly epoch: number }>>,
): LiveRun => ({
  ...{ run, key: "k", state: "running", epoch: 1, epochs: 2, step: 25, steps: 100, loss: 0.5 },
  ...{ imagesPerSecond: null, accuracy: null },
  ...more,
});

const snapshot = (...runs: LiveRun[]): LiveSnapshot => ({
  format: "weight-odometer live 1",
  name: "small",
  state: "running",
  message: null,
  place: null,
  scheduler: { pid: 1, host: "h", started: "1" },
  startedAt: 0,
  updatedAt: 0,
  secondsLeft: 200,
  runs,
});

it("tells runs, loss, accuracy, images a second and time left", () => {
  const first = running(0, { loss: 0.25, accuracy: 0.9, imagesPerSecond: 1000 });
  const second = running(1, { loss: 0.75, accuracy: 0.8, imagesPerSecond: 500.4 });
  expect(describeProgress(snapshot(first, second))).toBe(
    "small: running · 25 % · 0 of 2 finished · 2 running · loss 0.500 · accuracy 85.0 % · " +
      "1,500 images/s · 3 min left",
  );
});

it("leaves out what is not known yet", () => {
  expect(describeProgress(snapshot(running(0, {}), { run: 1, key: "", state: "queued" }))).toBe(
    "small: running · 12 % · 0 of 2 finished · 1 running · loss 0.500 · 3 min left",
  );
});
