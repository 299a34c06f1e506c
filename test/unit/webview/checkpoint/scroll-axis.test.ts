import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listKey } from "../../../../webview/ui/list-keys";
import {
  contentLength,
  itemsInSight,
  lastOffset,
  offsetAt,
  offsetThatShows,
  scrollAt,
  scrollExtent,
} from "../../../../webview/ui/scroll-axis";

const axes = fc.record({
  count: fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 2 ** 40 })),
  size: fc.integer({ min: 1, max: 120 }),
  viewport: fc.integer({ min: 1, max: 3000 }),
});

describe("a scrolled list", () => {
  it("is no longer than browsers can lay out, and still reaches its ends", () => {
    fc.assert(
      fc.property(axes, (axis) => {
        expect(scrollExtent(axis)).toBeLessThan(2 ** 25);
        expect(offsetAt(axis, 0)).toBe(0);
        const end = Math.max(0, scrollExtent(axis) - axis.viewport);
        const reached = offsetAt(axis, end);
        expect(Math.abs(reached - lastOffset(axis))).toBeLessThanOrEqual(
          1e-9 * contentLength(axis) + 1e-6,
        );
      }),
    );
  });

  it("scrolls pixel by pixel as long as it is short enough for that", () => {
    const axis = { count: 10_000, size: 22, viewport: 500 };
    expect(offsetAt(axis, 1234)).toBe(1234);
    expect(scrollAt(axis, 1234)).toBe(1234);
    expect(scrollExtent(axis)).toBe(220_000);
  });

  it("has few items in sight, however many there are", () => {
    fc.assert(
      fc.property(axes, fc.double({ min: 0, max: 1, noNaN: true }), (axis, share) => {
        const offset = share * lastOffset(axis);
        const { first, end } = itemsInSight(axis, offset, 6);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(axis.count);
        expect(end - first).toBeLessThanOrEqual(axis.viewport / axis.size + 14);
      }),
    );
  });

  it("moves no farther than it must to show an item", () => {
    fc.assert(
      fc.property(
        axes.filter(({ count, size, viewport }) => count > 0 && viewport >= size),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (axis, share, at) => {
          const offset = share * lastOffset(axis);
          const index = Math.floor(at * axis.count);
          const next = offsetThatShows(axis, offset, index);
          expect(next).toBeLessThanOrEqual(index * axis.size + 1e-6);
          expect(next + axis.viewport).toBeGreaterThanOrEqual((index + 1) * axis.size - 1e-6);
          const seen =
            index * axis.size >= offset && (index + 1) * axis.size <= offset + axis.viewport;
          if (seen) expect(next).toBe(offset);
        },
      ),
    );
  });

  it("is walked by keys within its ends", () => {
    expect(listKey("ArrowDown", 3, 10, 5)).toBe(4);
    expect(listKey("ArrowUp", 0, 10, 5)).toBe(0);
    expect(listKey("PageDown", 7, 10, 5)).toBe(9);
    expect(listKey("End", 0, 10, 5)).toBe(9);
    expect(listKey("ArrowDown", -1, 10, 5)).toBe(0);
    expect(listKey("x", 0, 10, 5)).toBeNull();
    expect(listKey("Home", 0, 0, 5)).toBeNull();
  });
});
