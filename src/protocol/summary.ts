import type { Comparison } from "./comparison";
import type { Spectra } from "./spectrum";

/** A comparison in words, and the figures that the words are drawn from. Plain data only. */

/** How a set of tensors moved. Distances leave out positions that are not finite. */
export interface GroupMovement {
  /** Of a layer, a block or a kind of tensor. */
  readonly name: string;
  readonly tensors: number;
  readonly parameters: number;
  /** Elements that changed. */
  readonly changed: number;
  readonly distance: number;
  /** Over the norm in a; null where that is 0. */
  readonly relativeDistance: number | null;
  /** Share of the whole squared distance, 0 to 1; null where nothing moved. */
  readonly squaredShare: number | null;
}

export type TensorKind = "kernel" | "bias" | "normalisation" | "embedding" | "other";

/** Does relative movement grow or shrink with depth? */
export interface DepthTrend {
  /** What is put in order: blocks such as "encoder.layer.3" where names number them, else layers. */
  readonly units: "blocks" | "layers";
  /** In natural order of names, which is taken for their depth. */
  readonly movements: readonly GroupMovement[];
  /** Spearman's rank correlation of relative distance with the place in that order, -1 to 1. */
  readonly correlation: number;
  /** "none" where chance alone gives as much in one case of 20 (|ρ| √(n - 1) < 1.96). */
  readonly trend: "later" | "earlier" | "none";
}

/** Over how much of the network the squared distance is spread, by participation ratios (Σx)² / Σx². */
export interface Breadth {
  /** As many equal tensors would carry the squared distance alike. */
  readonly effectiveTensors: number;
  /** The same for parameters, taking each tensor's change to be even over its changed elements: an upper bound. */
  readonly effectiveParameters: number;
  /** Of all compared parameters. */
  readonly effectiveShare: number;
  readonly extent: "narrow" | "uneven" | "broad";
}

/** What the spectra of the changes of matrices say. */
export interface RankFacts {
  readonly matrices: number;
  /** Matrices whose change has at most half of the possible rank, all of it computed. */
  readonly lowRank: number;
  /** Largest rank among those. */
  readonly largestRank: number | null;
  /** Medians over matrices: of the stable rank, of the possible rank, and of the stable rank over that of noise. */
  readonly stableRank: number;
  readonly possibleRank: number;
  readonly ofNoise: number;
  readonly verdict: "low rank" | "concentrated" | "full";
}

export interface SummaryFacts {
  readonly verdict: "nothing compared" | "nothing changed" | "some changed" | "everything changed";
  readonly tensors: number;
  readonly changedTensors: number;
  readonly parameters: number;
  readonly changed: number;
  readonly distance: number | null;
  readonly relativeDistance: number | null;
  /** In natural order of names. */
  readonly layers: readonly GroupMovement[];
  /** The layers that moved most, largest first, at most three. */
  readonly mostByDistance: readonly GroupMovement[];
  readonly mostByRelative: readonly GroupMovement[];
  /** Layers in which nothing changed while others did. */
  readonly frozen: readonly string[];
  /** Null for fewer than three layers that have a relative distance, or where nothing moved. */
  readonly depth: DepthTrend | null;
  /** Null where nothing moved. */
  readonly breadth: Breadth | null;
  readonly kinds: readonly (GroupMovement & { readonly name: TensorKind })[];
  /** Null where no spectra were computed. */
  readonly rank: RankFacts | null;
  /** Tensors whose change may be rounding to the files' types. */
  readonly nearRoundingFloor: readonly string[];
  readonly nonFinite: number;
}

export interface ComparisonSummary {
  readonly sentences: readonly string[];
  readonly facts: SummaryFacts;
}

/** `diff --json`: a comparison with its summary. */
export interface ComparisonReport extends Comparison {
  readonly summary: ComparisonSummary;
  /** With --spectrum. */
  readonly spectrum?: Spectra;
  /** Tensors that patterns left out of both files, by name; empty without patterns. */
  readonly leftOut: readonly string[];
}
