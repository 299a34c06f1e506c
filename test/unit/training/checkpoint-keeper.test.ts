import { readdir } from "node:fs/promises";
import { expect, it } from "vitest";
import { checkpointName } from "../../../src/protocol/checkpoint-name";
import { CheckpointKeeper } from "../../../src/training/checkpoint-keeper";
import { temporaryDirectory } from "../checkpoint/temporary";

const folder = temporaryDirectory();
const weights = () => [{ name: "a", shape: [1], values: Float32Array.of(1), trainable: true }];

async function keep(
  choice: ConstructorParameters<typeof CheckpointKeeper>[1],
  taken: number,
  bytes = 4,
): Promise<readonly number[]> {
  const keeper = new CheckpointKeeper(folder, choice, { steps: 1000, perPass: 40, bytes });
  for (let step = 1; step < taken; step++) await keeper.after(step, weights);
  return keeper.kept;
}

it("keeps one each so many steps, or none", async () => {
  expect(await keep({ checkpointEvery: 7, stop: "steps" }, 30)).toEqual([7, 14, 21, 28]);
  expect(await keep({ checkpointEvery: null, stop: "steps" }, 30)).toEqual([]);
});

it("divides a run of known length into twenty, of large weights into fewer", async () => {
  const kept = await keep({ checkpointEvery: "auto", stop: "steps" }, 1000);
  expect(kept).toEqual(Array.from({ length: 19 }, (_, i) => 50 * (i + 1)));
  const large = await keep({ checkpointEvery: "auto", stop: "steps" }, 1000, 537_000_000);
  expect(large).toEqual([200, 400, 600, 800]);
});

it("thins out where the length is not known, and leaves the files of those kept", async () => {
  for (const taken of [41, 300, 999]) {
    const kept = await keep({ checkpointEvery: "auto", stop: "fit" }, taken);
    expect(kept.length).toBeGreaterThanOrEqual(19);
    expect(kept.length).toBeLessThan(40);
    const gaps = new Set(kept.map((step, i) => step - (kept[i - 1] ?? 0)));
    expect(gaps.size).toBe(1);
  }
  const names = await readdir(folder);
  const kept = await keep({ checkpointEvery: "auto", stop: "fit" }, 999);
  for (const step of kept) expect(names).toContain(checkpointName(step));
});
