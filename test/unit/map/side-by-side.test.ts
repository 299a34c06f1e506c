import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { sideBySide } from "../../../src/map/side-by-side";

it("works on each item once, on so many at a time, each in a place of its own", async () => {
  const busy = new Set<number>();
  const done: number[] = [];
  await sideBySide(
    10,
    async (item, place) => {
      expect(busy.has(place)).toBe(false);
      busy.add(place);
      expect(busy.size).toBeLessThanOrEqual(3);
      await setTimeout(item % 4);
      busy.delete(place);
      done.push(item);
    },
    3,
  );
  expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, i) => i));
  await sideBySide(0, () => Promise.reject(new Error("nothing to do")));
});

it("throws the first error once all under way has ended, and begins nothing more", async () => {
  const begun: number[] = [];
  let ended = 0;
  const work = sideBySide(
    10,
    async (item) => {
      begun.push(item);
      await setTimeout(item === 1 ? 1 : 20);
      if (item === 1) throw new Error("broken");
      ended++;
      if (item === 2) throw new Error("later");
    },
    3,
  );
  await expect(work).rejects.toThrow("broken");
  expect([begun, ended]).toEqual([[0, 1, 2], 2]);
});
