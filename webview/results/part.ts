import type { ResultsPanelView } from "../../src/protocol/results-panel";
import type { Host } from "../ui/host";
import type { Store } from "../ui/store";
import type { UiState } from "./ui-state";

/** What every part of the panel is given. */
export interface Context {
  readonly host: Host;
  readonly ui: Store<UiState>;
}

/** A part of the page: built once, then told of each snapshot and each choice, and changed in place. */
export interface Part {
  readonly element: HTMLElement;
  update(view: ResultsPanelView): void;
}
