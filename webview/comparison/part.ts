import type { Comparison } from "../../src/protocol/comparison";
import type {
  ComparisonView,
  FromComparisonPanel,
  ToComparisonPanel,
} from "../../src/protocol/comparison-panel";
import type { Pictured } from "../ui/chart/picture";
import type { PanelHost } from "../ui/panel-host";
import type { Store } from "../ui/store";
import type { UiState } from "./ui-state";

export type Host = PanelHost<FromComparisonPanel, ToComparisonPanel>;

/** What every part of the panel is given. */
export interface Context {
  readonly host: Host;
  readonly ui: Store<UiState>;
}

/** A snapshot with a comparison. */
export interface ComparedView extends ComparisonView {
  readonly comparison: Comparison;
}

/** A part of the page: built once, then told of each snapshot and each choice, and changed in place. */
export interface Part<View = ComparedView> {
  readonly element: HTMLElement;
  update(view: View): void;
  /** What an exported picture shows of it. */
  picture?(): Pictured | null;
}
