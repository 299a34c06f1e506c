/** What the comparison panel's page and its host say to each other. */
import type { Comparison } from "./comparison";
import type { Failure } from "./rpc";
import type { Spectra } from "./spectrum";

/** One of the two checkpoints. */
export interface ComparedFile {
  /** URI, which the panel keeps in its state to be restored by; null in a report. */
  readonly uri: string | null;
  /** The shortest name that tells the two apart. */
  readonly name: string;
  /** Path for a tooltip. */
  readonly path: string;
  /** Such as "safetensors"; null until it was opened. */
  readonly format: string | null;
}

/** What the panel shows: all of it, each time. */
export interface ComparisonView {
  readonly a: ComparedFile;
  readonly b: ComparedFile;
  /** Whether buffers and moving averages are compared too. */
  readonly all: boolean;
  readonly state: "running" | "done" | "cancelled" | "failed";
  /** Why the latest comparison failed. */
  readonly failure: Failure | null;
  /** The latest that was finished, of these files and this choice of tensors. */
  readonly comparison: Comparison | null;
  /** What it says in words with the numbers behind them, each a sentence; empty without a comparison. */
  readonly summary: readonly string[];
  /** Spectra of the changes; null where none were asked for. */
  readonly spectrum: Spectra | null;
  /** Tensors that patterns left out of both, by name. */
  readonly leftOut: readonly string[];
}

export type ToComparisonPanel =
  | { readonly type: "view"; readonly view: ComparisonView }
  /** A share from 0 to 1 of the comparison that runs. */
  | { readonly type: "progress"; readonly share: number };

export type FromComparisonPanel =
  | { readonly type: "ready" }
  | {
      readonly type: "action";
      readonly action: "swap" | "cancel" | "again" | "exportCsv" | "exportHtml";
    }
  | { readonly type: "all"; readonly all: boolean }
  /** The figures as a picture, base64. */
  | { readonly type: "exportPng"; readonly png: string };
