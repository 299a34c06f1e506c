import { describe, expect, it } from "vitest";
import {
  count,
  decimalsFor,
  figure,
  fixed,
  meanDecimals,
  percent,
  plural,
  plusMinus,
  shapeText,
  share,
} from "../../../webview/ui/format";

describe("numbers", () => {
  it("shows as many decimals as the significant digits need, and never more than six", () => {
    expect([4.3281, 0.0213, 8785.243, 0, 1e-9].map((value) => decimalsFor(value, 4))).toEqual([
      3, 5, 0, 3, 6,
    ]);
  });

  it("groups thousands, uses a true minus sign, and never shows a negative zero", () => {
    expect(fixed(1234567.891, 2)).toBe("1,234,567.89");
    expect(fixed(-0.5, 1)).toBe("−0.5");
    expect(fixed(-0.0001, 2)).toBe("0.00");
    expect(fixed(999, 0)).toBe("999");
  });

  it("shows what does not exist as a dash and infinity as itself", () => {
    expect([fixed(null, 2), fixed(NaN, 2), figure(null), percent(null), share(null)]).toEqual(
      Array(5).fill("–"),
    );
    expect(fixed(Infinity, 1)).toBe("∞");
    expect(fixed(-Infinity, 1)).toBe("−∞");
  });

  it("writes very small figures as powers of ten", () => {
    expect(figure(0.0000123, 3)).toBe("1.23e−5");
    expect(figure(0, 3)).toBe("0.00");
    expect(figure(8785.243)).toBe("8,785");
  });

  it("gives a mean and its deviation the same decimals, enough for two digits of the deviation", () => {
    expect(plusMinus(4.3281, 0.0213)).toBe("4.328 ± 0.021");
    expect(plusMinus(1.28, 0.00071)).toBe("1.28000 ± 0.00071");
    expect(plusMinus(4.3281, null)).toBe("4.328");
    expect(meanDecimals(4, 0)).toBe(3);
  });

  it("writes per cent with a narrow space that does not break", () => {
    expect(percent(7.4)).toBe("7.40\u202f%");
    expect(share(0.95523, 2)).toBe("95.52\u202f%");
  });
});

describe("words", () => {
  it("counts", () => {
    expect([plural(1, "run"), plural(20, "run"), count(122570)]).toEqual([
      "1 run",
      "20 runs",
      "122,570",
    ]);
  });

  it("writes shapes", () => {
    expect([shapeText([3, 3, 32, 64]), shapeText([])]).toEqual(["3×3×32×64", "scalar"]);
  });
});
