import { execFileSync } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { kernelBytes } from "../../../src/map/kernels/kernel-bytes";
import { StretchMemory } from "../../../src/map/stretch-memory";
import { randomPoints } from "./fixtures";

describe.each([false, true])("of values read as float64: %s", (wide) => {
  // Two slices, the second one short, of odd lengths.
  const columns = 25;
  const k = 13;
  const panel = { from: 2, rows: 3 };

  it("places rows less the origin, and sums their squares in float64", () => {
    const memory = new StretchMemory({ rows: 5, columns: 2 * k, readers: 2, wide });
    const origin = randomPoints(1, columns, "origin");
    memory.origin.set(origin);
    for (let row = panel.from; row < 5; row++) {
      const values = memory.read[row % 2].subarray(0, columns);
      values.set(randomPoints(1, columns, `row ${row}`));
      const moved = Array.from(values, (value, c) => value - origin[c]);
      const square = memory.place(values, row, panel, k);
      expect(square / moved.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 14);
      const placed = memory.panel(panel, 2, k);
      for (let c = 0; c < 2 * k; c++) {
        const found = placed[(Math.floor(c / k) * panel.rows + row - panel.from) * k + (c % k)];
        // To float32's 24 digits, and to multiples of 2^-60.
        const expected = moved[c] ?? 0;
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(
          2 ** -24 * Math.abs(expected) + 2 ** -61,
        );
      }
    }
  });

  it.each([NaN, Infinity, -Infinity])("shows %d by the sum", (value) => {
    const memory = new StretchMemory({ rows: 1, columns, readers: 1, wide });
    for (const at of [0, 7, columns - 1]) {
      const values = memory.read[0].subarray(0, columns).fill(1);
      values[at] = value;
      expect(memory.place(values, 0, { from: 0, rows: 1 }, columns)).not.toBeLessThan(Infinity);
    }
  });
});

it("has the kernel of its source", () => {
  const script = path.join(__dirname, "../../../scripts/lib/compile-inline-kernel.mjs");
  const compiled = execFileSync(process.execPath, [script, "src/map/kernels", "--print"], {
    encoding: "utf8",
  });
  expect(compiled === kernelBytes).toBe(true);
}, 60_000);
