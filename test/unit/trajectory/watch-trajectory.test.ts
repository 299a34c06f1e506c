import { appendFile, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import type { WatchedPoint } from "../../../src/protocol/trajectory";
import { watchTrajectory } from "../../../src/trajectory/watch-trajectory";
import { safetensorsBytes, temporaryDirectory } from "../checkpoint/temporary";

const root = temporaryDirectory();
let made = 0;

const bytesOf = (name: string, ...values: number[]): Uint8Array =>
  safetensorsBytes(
    JSON.stringify({
      [name]: { dtype: "F32", shape: [values.length], data_offsets: [0, 4 * values.length] },
    }),
    new Uint8Array(Float32Array.from(values).buffer),
  );

/** A watch of a new folder, polled fast. */
async function watched(graceMs = 5000) {
  const folder = path.join(root, String(made++));
  await mkdir(folder);
  const end = new AbortController();
  const points: WatchedPoint[] = [];
  const skipped: string[] = [];
  const ended = watchTrajectory(
    folder,
    {},
    {
      signal: end.signal,
      intervalMs: 20,
      settleMs: 80,
      graceMs,
      onPoint: (point) => points.push(point),
      onSkipped: (file, reason) => skipped.push(`${path.basename(file)}: ${reason}`),
    },
  );
  const file = (name: string) => path.join(folder, name);
  const until = async (done: () => boolean) => {
    for (let waited = 0; !done(); waited += 20) {
      if (waited > 20_000)
        throw new Error(`waited in vain: ${JSON.stringify({ points, skipped })}`);
      await setTimeout(20);
    }
  };
  const stop = () => {
    end.abort();
    return ended;
  };
  return { file, points, skipped, until, stop };
}

it("waits for a file that is written in two halves", async () => {
  const { file, points, skipped, until, stop } = await watched();
  await writeFile(file("step-1.safetensors"), bytesOf("w", 0, 0));
  await until(() => points.length === 1);
  const whole = bytesOf("w", 3, 4);
  await writeFile(file("step-2.safetensors"), whole.subarray(0, whole.length - 5));
  await setTimeout(400);
  expect(points).toHaveLength(1);
  await appendFile(file("step-2.safetensors"), whole.subarray(whole.length - 5));
  await until(() => points.length === 2);
  expect(points[0]).toMatchObject({ step: 1, fromFirst: 0, fromPrevious: null, toLast: null });
  expect(points[1]).toMatchObject({ step: 2, fromFirst: 5, fromPrevious: 5, parameters: 2 });
  await writeFile(file("step-3.safetensors"), bytesOf("w", 3, 0));
  await until(() => points.length === 3);
  expect(points[2]).toMatchObject({ fromFirst: 3, fromPrevious: 4 });
  const trajectory = await stop();
  expect(trajectory?.steps.map(({ toLast }) => toLast)).toEqual([3, 4, 0]);
  expect(trajectory).toMatchObject({ pathLength: 9, netDistance: 3, skipped: [] });
  expect(skipped).toEqual([]);
});

it("names what stays broken, and takes it when it is made whole after all", async () => {
  const { file, points, skipped, until, stop } = await watched(200);
  const whole = bytesOf("w", 1);
  await writeFile(file("a-1.safetensors"), whole.subarray(0, 20));
  await until(() => skipped.length === 1);
  expect(skipped[0]).toMatch(/^a-1\.safetensors: /);
  await writeFile(file("a-1.safetensors"), whole);
  await until(() => points.length === 1);
  expect((await stop())?.steps).toHaveLength(1);
});

it("stands checkpoints that vanish", async () => {
  const { file, points, skipped, until, stop } = await watched();
  await writeFile(file("s1.safetensors"), bytesOf("w", 0));
  await until(() => points.length === 1);
  await writeFile(file("s2.safetensors"), bytesOf("w", 1).subarray(0, 9));
  await setTimeout(500);
  await rm(file("s2.safetensors"));
  await until(() => skipped.length === 1);
  expect(skipped).toEqual(["s2.safetensors: gone before it was whole"]);
  // A training that keeps its last checkpoints alone deletes the first.
  await rm(file("s1.safetensors"));
  await writeFile(file("s3.safetensors"), bytesOf("w", 2));
  await until(() => points.length === 2);
  expect(points[1]).toMatchObject({ step: 3, fromFirst: 2, fromPrevious: 2 });
  expect((await stop())?.netDistance).toBe(2);
});

it("leaves out what has nothing in common, and ends without any", async () => {
  const { file, points, skipped, until, stop } = await watched();
  await writeFile(file("s1.safetensors"), bytesOf("w", 0));
  await until(() => points.length === 1);
  await writeFile(file("optimizer1.safetensors"), bytesOf("state", 0));
  await until(() => skipped.length === 1);
  expect((await stop())?.skipped).toMatchObject([
    { reason: expect.stringMatching(/in common/) as string },
  ]);
  expect(await (await watched()).stop()).toBeNull();
});
