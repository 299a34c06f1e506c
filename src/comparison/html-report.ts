import { panelReport, type PanelBundle } from "../html/panel-report";
import type { ComparisonView } from "../protocol/comparison-panel";
import type { ComparisonReport } from "../protocol/summary";
import { distinctNames } from "./distinct-names";

/** A compared checkpoint: its path as it was given, and its format, such as "safetensors". */
export interface ReportedFile {
  readonly path: string;
  readonly format: string;
}

/** A finished comparison as the panel shows it. */
export function reportedView(
  { summary, spectrum, leftOut, ...comparison }: ComparisonReport,
  a: ReportedFile,
  b: ReportedFile,
): ComparisonView {
  const [nameA, nameB] = distinctNames(a.path, b.path);
  return {
    a: { ...a, name: nameA, uri: null },
    b: { ...b, name: nameB, uri: null },
    all: false,
    state: "done",
    failure: null,
    comparison,
    summary: summary.sentences,
    spectrum: spectrum ?? null,
    leftOut,
  };
}

/** A comparison as one HTML file that needs no other: what the comparison panel shows, whoever measured it. */
export function comparisonHtml(view: ComparisonView, bundle: PanelBundle): string {
  const { a, b } = view;
  const data: ComparisonView = { ...view, a: { ...a, uri: null }, b: { ...b, uri: null } };
  return panelReport(`${a.name} → ${b.name}`, data, bundle);
}
