import { describe, expect, it } from "vitest";
import {
  elementIndex,
  extentOf,
  firstSlice,
  fits,
  upright,
  withAxis,
  withIndex,
} from "../../../../webview/checkpoint/slice-model";
import { numberText, tabSeparated } from "../../../../webview/checkpoint/values/number-text";
import { moved, rectangleOf, single } from "../../../../webview/checkpoint/values/selection";

describe("the slice that is shown", () => {
  it("is of the last two axes at first", () => {
    expect(firstSlice([3, 4, 5])).toEqual({ rowAxis: 1, columnAxis: 2, at: [0, 0, 0] });
    expect(firstSlice([7])).toEqual({ rowAxis: null, columnAxis: 0, at: [0] });
    expect(firstSlice([])).toEqual({ rowAxis: null, columnAxis: null, at: [] });
    expect(extentOf([3, 4, 5], firstSlice([3, 4, 5]))).toEqual({ rows: 4, columns: 5 });
    expect(extentOf([], firstSlice([]))).toEqual({ rows: 1, columns: 1 });
  });

  it("swaps its axes where one is given to both", () => {
    const slice = firstSlice([3, 4, 5]);
    expect(withAxis(slice, "rowAxis", 2)).toMatchObject({ rowAxis: 2, columnAxis: 1 });
    expect(withAxis(slice, "rowAxis", 0)).toMatchObject({ rowAxis: 0, columnAxis: 2 });
    expect(withIndex(slice, 0, 2).at).toEqual([2, 0, 0]);
  });

  it("is not taken of a tensor that it does not fit", () => {
    const slice = { rowAxis: 0, columnAxis: 1, at: [0, 0, 4] };
    expect(fits([3, 4, 5], slice)).toBe(true);
    expect(fits([3, 4, 4], slice)).toBe(false);
    expect(fits([3, 4], slice)).toBe(false);
    expect(fits([3, 4, 5], { ...slice, columnAxis: 0 })).toBe(false);
    expect(fits([3], firstSlice([]))).toBe(false);
  });

  it("reads one axis downwards, and names elements as NumPy does", () => {
    expect(upright(firstSlice([7]))).toMatchObject({ rowAxis: 0, columnAxis: null });
    expect(elementIndex(3, { rowAxis: 2, columnAxis: 0, at: [0, 9, 0] }, 5, 1)).toBe("[1, 9, 5]");
    expect(elementIndex(0, firstSlice([]), 0, 0)).toBe("[]");
  });
});

describe("values as text", () => {
  it("show six digits and no more than fits", () => {
    expect(numberText(0.1 + 0.2)).toBe("0.3");
    expect(numberText(-1.5e-9)).toBe("−1.5000e−9");
    expect(numberText(NaN)).toBe("NaN");
    expect(numberText(-Infinity)).toBe("−∞");
    expect(numberText(12n ** 12n)).toBe("8916100448256");
    expect(numberText(-3)).toBe("−3");
  });

  it("are copied with every digit, by tabs and lines", () => {
    expect(tabSeparated(Float64Array.of(1, -0.1, 1e-300, NaN), 2)).toBe("1\t-0.1\n1e-300\tNaN");
    expect(tabSeparated(BigInt64Array.of(-(2n ** 63n)), 1)).toBe("-9223372036854775808");
  });
});

describe("a selection of cells", () => {
  const size = { rows: 100, columns: 20, page: 10 };
  const key = (name: string, patch = {}) => {
    return { key: name, shiftKey: false, ctrlKey: false, metaKey: false, ...patch };
  };
  const at = (row: number, column: number) => single({ row, column });

  it("moves within the grid, and grows with Shift", () => {
    expect(moved(at(0, 0), key("ArrowUp"), size)).toEqual(at(0, 0));
    expect(moved(at(5, 5), key("PageDown"), size)).toEqual(at(15, 5));
    expect(moved(at(5, 5), key("End", { ctrlKey: true }), size)).toEqual(at(99, 19));
    const grown = moved(at(5, 5), key("ArrowLeft", { shiftKey: true }), size)!;
    expect(rectangleOf(grown)).toEqual({ row: 5, column: 4, rows: 1, columns: 2 });
    expect(rectangleOf(moved(at(5, 5), key("a", { metaKey: true }), size)!)).toEqual({
      row: 0,
      column: 0,
      rows: 100,
      columns: 20,
    });
    expect(moved(at(5, 5), key("x"), size)).toBeNull();
  });
});
