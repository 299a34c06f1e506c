import { describe, expect, it } from "vitest";
import { summarise } from "../../../src/comparison/summarise";
import type { TensorSpectrum } from "../../../src/protocol/spectrum";
import { comparisonOf, movedTensor } from "./comparisons";

const layer = (i: number, distance: number, norm = 1) =>
  movedTensor(`layers.${i}.weight`, distance, { shape: [4, 4], norm });

describe("a summary", () => {
  it("says that nothing changed, or that nothing was compared", () => {
    const same = summarise(comparisonOf(movedTensor("a.weight", 0), movedTensor("b.weight", 0)));
    expect(same.sentences).toEqual([
      "Nothing changed: 2 tensors (20 parameters) are equal in both.",
    ]);
    expect(same.facts).toMatchObject({
      verdict: "nothing changed",
      breadth: null,
      depth: null,
      frozen: [],
    });
    expect(summarise(comparisonOf()).facts.verdict).toBe("nothing compared");
  });

  it("names the layers that moved most, by distance and for their norm, and the frozen ones", () => {
    const { sentences, facts } = summarise(
      comparisonOf(
        movedTensor("big.weight", 3, { norm: 100 }),
        movedTensor("small.weight", 0.4, { norm: 0.5 }),
        movedTensor("still.weight", 0),
        movedTensor("still.bias", 0),
      ),
    );
    expect(facts.mostByDistance.map(({ name }) => name)).toEqual(["big", "small"]);
    expect(facts.mostByRelative[0]).toMatchObject({ name: "small", relativeDistance: 0.8 });
    expect(facts.frozen).toEqual(["still"]);
    expect(facts.verdict).toBe("some changed");
    expect(sentences[0]).toMatch(
      /^2 of 4 tensors \(40 parameters\) changed; 50\.0 % of the parameters differ; together they moved 3\.03, /,
    );
    expect(sentences[1]).toBe(
      "Layer big moved farthest: 3, 98.3 % of the squared distance. For its norm, layer small moved most: 80.0 % of it.",
    );
    expect(sentences).toContain("Frozen, equal in both: 1 layer (still).");
  });

  it("tells later from earlier layers, in natural order of names", () => {
    const rising = Array.from({ length: 12 }, (_, i) => layer(i, 0.1 * (i + 1)));
    const later = summarise(comparisonOf(...rising.toReversed())).facts.depth;
    expect(later).toMatchObject({ units: "blocks", correlation: 1, trend: "later" });
    expect(later?.movements[10].name).toBe("layers.10");
    const falling = Array.from({ length: 12 }, (_, i) => layer(i, 1 / (i + 1)));
    const { facts, sentences } = summarise(comparisonOf(...falling));
    expect(facts.depth).toMatchObject({ correlation: -1, trend: "earlier" });
    expect(sentences.join(" ")).toContain(
      "Earlier blocks moved more for their norm: rank correlation of relative distance with depth -1.00 over 12 blocks",
    );
    const alternating = Array.from({ length: 12 }, (_, i) => layer(i, 1 + (i % 2)));
    expect(summarise(comparisonOf(...alternating)).facts.depth?.trend).toBe("none");
    expect(summarise(comparisonOf(layer(0, 1), layer(1, 2))).facts.depth).toBeNull();
    expect(summarise(comparisonOf(layer(0, 1), layer(1, 1), layer(2, 1))).facts.depth).toBeNull();
  });

  it("uses layers where names number no blocks, and relative distance, not distance", () => {
    const tensors = ["a", "b", "c", "d", "e", "f"].map((name, i) =>
      movedTensor(`${name}.weight`, 10 - i, { norm: 100 / (i + 1) ** 2 }),
    );
    expect(summarise(comparisonOf(...tensors)).facts.depth).toMatchObject({
      units: "layers",
      trend: "later",
    });
  });

  it("tells narrow from broad", () => {
    const even = Array.from({ length: 10 }, (_, i) => layer(i, 1));
    expect(summarise(comparisonOf(...even)).facts.breadth).toMatchObject({ extent: "broad" });
    expect(summarise(comparisonOf(...even)).facts.breadth?.effectiveTensors).toBeCloseTo(10, 10);
    expect(summarise(comparisonOf(...even)).facts.breadth?.effectiveParameters).toBeCloseTo(
      160,
      10,
    );
    const one = Array.from({ length: 20 }, (_, i) => layer(i, i === 3 ? 1 : 1e-3));
    const { breadth } = summarise(comparisonOf(...one)).facts;
    expect(breadth?.extent).toBe("narrow");
    expect(breadth?.effectiveTensors).toBeCloseTo(1, 4);
    // Few elements of one large tensor are narrow too.
    const sparse = movedTensor("w", 1, { shape: [1000], changed: 5 });
    expect(summarise(comparisonOf(sparse)).facts.breadth).toMatchObject({
      effectiveParameters: 5,
      extent: "narrow",
    });
  });

  it("compares kinds of tensors", () => {
    const { facts, sentences } = summarise(
      comparisonOf(
        movedTensor("encoder.embed_tokens.weight", 1, { shape: [5, 2], norm: 10 }),
        movedTensor("encoder.0.attn.q.weight", 2, { shape: [2, 2], norm: 10 }),
        movedTensor("encoder.0.attn.q.bias", 2, { shape: [2], norm: 4 }),
        movedTensor("encoder.0.layer_norm.weight", 0, { shape: [2], norm: 1 }),
        movedTensor("encoder.0.layer_norm.bias", 0, { shape: [2], norm: 1 }),
        movedTensor("batch_normalization/gamma", 0, { shape: [2], norm: 1 }),
      ),
    );
    expect(facts.kinds.map(({ name, tensors }) => [name, tensors])).toEqual([
      ["embedding", 1],
      ["kernel", 1],
      ["bias", 1],
      ["normalisation", 3],
    ]);
    expect(sentences.at(-2)).toContain(
      "biases 50.0 % of their norm, 44.4 % of the squared distance",
    );
  });

  it("warns of values that are not finite and of rounding", () => {
    const { sentences } = summarise(
      comparisonOf(
        movedTensor("a", 1, { distance: null, relativeDistance: null, nonFinite: 3 }),
        movedTensor("b", 1e-3, { nearRoundingFloor: true }),
      ),
    );
    expect(sentences.at(-2)).toMatch(/^3 positions hold an infinite value or NaN/);
    expect(sentences.at(-1)).toBe(
      "Rounding to the files' types may be all of the change of 1 tensor (b).",
    );
  });

  it("tells a low-rank update from a full one by its spectra", () => {
    const spectrum = (more: Partial<TensorSpectrum>): TensorSpectrum => ({
      name: "w",
      shape: [64, 64],
      layout: "first x rest",
      rows: 64,
      columns: 64,
      singularValues: [1],
      errorBounds: [0],
      estimatedError: 0,
      frobenius: 1,
      explained: 1,
      stableRank: 1,
      noiseStableRank: 16,
      effectiveRank: { value: 1, error: 0 },
      rank: null,
      noiseLevel: 0,
      precision: "float64",
      ...more,
    });
    const comparison = comparisonOf(movedTensor("w", 1, { shape: [64, 64] }));
    const words = (more: Partial<TensorSpectrum>) => {
      const { facts, sentences } = summarise(comparison, { tensors: [spectrum(more)], left: [] });
      return [facts.rank?.verdict, sentences.find((text) => /update/.test(text))];
    };
    expect(words({ rank: 4 })).toEqual([
      "low rank",
      expect.stringContaining("1 of 1 matrix changed by a rank of at most 4"),
    ]);
    expect(words({ stableRank: 15 })).toEqual([
      "full",
      expect.stringMatching(/^A full update.*15\.00 of 64 possible, 93\.8 %/),
    ]);
    expect(words({ stableRank: 2 })[0]).toBe("concentrated");
  });
});
