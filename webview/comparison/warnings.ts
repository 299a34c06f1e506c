import type { Comparison, TensorComparison } from "../../src/protocol/comparison";
import { count, figure, plural } from "../ui/format";

/** What can mislead in these figures; each a sentence. */
export function warnings(comparison: Comparison): readonly string[] {
  return [
    nonFinite(comparison),
    rounding(comparison.tensors),
    prefixes(comparison),
    shapes(comparison),
    types(comparison),
  ].filter((sentence) => sentence !== null);
}

function nonFinite({ nonFinite: bad, tensors, finiteDistance }: Comparison): string | null {
  if (bad === 0) return null;
  const where = tensors.filter((tensor) => tensor.nonFinite > 0);
  const others = finiteDistance === null ? "" : ` The others moved by ${figure(finiteDistance)}.`;
  return `${plural(bad, "value")} in ${named(where)} ${bad === 1 ? "is" : "are"} infinite or NaN.${others}`;
}

function rounding(tensors: readonly TensorComparison[]): string | null {
  const near = tensors.filter(({ nearRoundingFloor }) => nearRoundingFloor);
  if (near.length === 0) return null;
  const types = [...new Set(near.flatMap(({ dtype, dtypeInB }) => [dtype, dtypeInB]))];
  const low = types.filter((type) => /^(BF16|F16|F8)/.test(type)).join(", ");
  return `${named(near)} moved by no more than rounding to ${low || "the files' types"} may cause: that change may be no training at all.`;
}

function prefixes({ strippedPrefixes: { a, b } }: Comparison): string | null {
  const words = [
    ...(a.length > 0 ? [`${quoted(a)} in A`] : []),
    ...(b.length > 0 ? [`${quoted(b)} in B`] : []),
  ];
  if (words.length === 0) return null;
  return `Names match only without the prefix ${words.join(" and ")}, which was left aside.`;
}

function shapes({ conflicts }: Comparison): string | null {
  const found = conflicts.filter(({ reason }) => reason === "shape");
  if (found.length === 0) return null;
  return `${named(found)} ${found.length === 1 ? "has" : "have"} another shape in B and ${found.length === 1 ? "is" : "are"} not compared.`;
}

function types({ conflicts }: Comparison): string | null {
  const found = conflicts.filter(({ reason }) => reason === "type");
  if (found.length === 0) return null;
  return `${named(found)} ${found.length === 1 ? "holds" : "hold"} floats in one file and integers in the other, and ${found.length === 1 ? "is" : "are"} not compared.`;
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `“${word}”`).join(", ");
}

function named(tensors: readonly { readonly name: string }[]): string {
  return tensors.length === 1 ? tensors[0].name : `${count(tensors.length)} tensors`;
}
