import type { Breadth, DepthTrend, RankFacts, SummaryFacts } from "../protocol/summary";
import { count, decimal, names, percent, short } from "./words";

/** The facts in plain sentences, the most telling first; each gives the figures behind it. */
export function sentences(facts: SummaryFacts): string[] {
  const { depth, breadth, rank, frozen } = facts;
  const all = [
    overall(facts),
    facts.changed > 0 ? most(facts) : "",
    depth ? ofDepth(depth) : "",
    breadth ? ofBreadth(breadth, facts) : "",
    rank ? ofRank(rank) : "",
    facts.changed > 0 ? ofKinds(facts) : "",
    frozen.length > 0
      ? `Frozen, equal in both: ${count(frozen.length, "layer")} (${names(frozen)}).`
      : "",
    ...warnings(facts),
  ];
  return all.filter((sentence) => sentence !== "");
}

function overall(facts: SummaryFacts): string {
  const { tensors, parameters, changedTensors, changed, distance, relativeDistance } = facts;
  const of = `${count(tensors, "tensor")} (${count(parameters, "parameter")})`;
  if (facts.verdict === "nothing compared") return "Nothing was compared: no tensor is in both.";
  if (facts.verdict === "nothing changed") return `Nothing changed: ${of} are equal in both.`;
  const which =
    facts.verdict === "everything changed"
      ? `Everything changed: each of ${of}`
      : `${changedTensors} of ${of} changed`;
  const share = `${percent(changed / parameters)} of the parameters differ`;
  const net = distance === null ? "" : `; together they moved ${short(distance)}`;
  const ofNorm = relativeDistance === null ? "" : `, ${percent(relativeDistance)} of their norm`;
  return `${which}; ${share}${net}${ofNorm}.`;
}

function most({ mostByDistance, mostByRelative }: SummaryFacts): string {
  const far = mostByDistance.at(0);
  if (!far) return "";
  const farthest = `Layer ${far.name} moved farthest: ${short(far.distance)}, ${percent(far.squaredShare ?? 0)} of the squared distance`;
  const turned = mostByRelative.at(0);
  if (!turned) return `${farthest}.`;
  const own = percent(turned.relativeDistance ?? 0);
  return turned.name === far.name
    ? `${farthest}; it also moved most for its norm, ${own} of it.`
    : `${farthest}. For its norm, layer ${turned.name} moved most: ${own} of it.`;
}

function ofDepth({ units, movements, correlation, trend }: DepthTrend): string {
  const figures = `rank correlation of relative distance with depth ${correlation < 0 ? "" : "+"}${decimal(correlation)} over ${movements.length} ${units} in natural order of names`;
  if (trend === "none") return `No clear trend with depth: ${figures}.`;
  return `${trend === "later" ? "Later" : "Earlier"} ${units} moved more for their norm: ${figures}.`;
}

function ofBreadth(breadth: Breadth, { tensors }: SummaryFacts): string {
  const { extent, effectiveTensors, effectiveShare } = breadth;
  const words = {
    narrow: "The change is narrow",
    uneven: "The change is uneven",
    broad: "The change is broad",
  };
  return `${words[extent]}: its squared distance lies in effectively ${decimal(effectiveTensors)} of ${count(tensors, "tensor")} and at most ${percent(effectiveShare)} of the parameters (participation ratios).`;
}

function ofRank(rank: RankFacts): string {
  const { matrices, lowRank, largestRank, stableRank, possibleRank, ofNoise, verdict } = rank;
  const stable = `median stable rank ${decimal(stableRank)} of ${possibleRank} possible, ${percent(ofNoise)} of what noise would have`;
  const low = `${lowRank} of ${count(matrices, "matrix", "matrices")} changed by a rank of at most ${largestRank ?? 0}, the rest of the spectrum being rounding`;
  if (verdict === "low rank") return `A low-rank update: ${low}; ${stable}.`;
  const also = lowRank > 0 ? ` ${low}.` : "";
  return verdict === "concentrated"
    ? `A full-rank update concentrated in few directions: ${stable}.${also}`
    : `A full update, spread over many directions: ${stable}.${also}`;
}

function ofKinds({ kinds }: SummaryFacts): string {
  if (kinds.length < 2) return "";
  const parts = kinds.map(({ name, relativeDistance, squaredShare }) => {
    const own = relativeDistance === null ? "" : `${percent(relativeDistance)} of their norm, `;
    return `${plural[name]} ${own}${percent(squaredShare ?? 0)} of the squared distance`;
  });
  return `By kind: ${parts.join("; ")}.`;
}

const plural = {
  kernel: "kernels",
  bias: "biases",
  normalisation: "normalisation",
  embedding: "embeddings",
  other: "other vectors",
};

function warnings({ nonFinite, nearRoundingFloor: near }: SummaryFacts): string[] {
  return [
    nonFinite > 0
      ? `${count(nonFinite, "position")} hold an infinite value or NaN in one or both; the figures are of the others.`
      : "",
    near.length > 0
      ? `Rounding to the files' types may be all of the change of ${count(near.length, "tensor")} (${names(near)}).`
      : "",
  ];
}
