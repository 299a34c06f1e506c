import { appendFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { watchMetrics } from "../../../../src/runner/command/watch-metrics";
import { Stopwatch } from "../../../../src/runner/command/stopwatch";
import { folderOf } from "../../metrics/temporary";

it("tells each change of the last values, through lines that are half written", async () => {
  const folder = await folderOf({ "m.jsonl": '{"loss": 2}\n{"lo' });
  const told: Readonly<Record<string, number>>[] = [];
  const over = new AbortController();
  const sources = {
    loss: { file: "m.jsonl", key: "loss" },
    accuracy: { pattern: "accuracy=(\\S+)" },
  };
  const watching = watchMetrics(folder, sources, over.signal, (values) => told.push(values));
  await expect.poll(() => told).toEqual([{ loss: 2 }]);
  await appendFile(path.join(folder, "m.jsonl"), 'ss": 1}\n');
  await appendFile(path.join(folder, "output.log"), "accuracy=0.5\n");
  await expect.poll(() => told.at(-1)).toEqual({ loss: 1, accuracy: 0.5 });
  over.abort();
  await watching;
});

it("measures without pauses", async () => {
  const watch = new Stopwatch();
  watch.start();
  await setTimeout(60);
  watch.stop();
  const { seconds, since } = watch.state;
  expect(since).toBeNull();
  expect(seconds).toBeGreaterThan(0.05);
  await setTimeout(60);
  expect(watch.seconds).toBe(seconds);
  watch.start();
  expect(watch.state.seconds).toBe(seconds);
  expect(watch.state.since).toBeLessThanOrEqual(Date.now());
});
