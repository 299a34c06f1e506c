import type { CheckpointListing, CheckpointView } from "../../src/protocol/checkpoint-editor";
import type { Store } from "../ui/store";
import type { Host } from "./host";
import type { UiState } from "./ui-state";

/** What every part of the editor is given. */
export interface Context {
  readonly host: Host;
  readonly ui: Store<UiState>;
}

/** A snapshot with a listing. */
export interface ListedView extends CheckpointView {
  readonly listing: CheckpointListing;
}

/** A part of the page: built once, then told of each snapshot and each choice, and changed in place. */
export interface Part<View = ListedView> {
  readonly element: HTMLElement;
  update(view: View): void;
}
