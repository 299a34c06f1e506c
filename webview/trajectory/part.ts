import type { Trajectory } from "../../src/protocol/trajectory";
import type {
  FromTrajectoryPanel,
  ToTrajectoryPanel,
  TrajectoryView,
} from "../../src/protocol/trajectory-panel";
import type { Pictured } from "../ui/chart/picture";
import type { PanelHost } from "../ui/panel-host";
import type { Store } from "../ui/store";
import type { UiState } from "./ui-state";

export type Host = PanelHost<FromTrajectoryPanel, ToTrajectoryPanel>;

/** What every part of the panel is given. */
export interface Context {
  readonly host: Host;
  readonly ui: Store<UiState>;
}

/** A snapshot with a trajectory. */
export interface MeasuredView extends TrajectoryView {
  readonly trajectory: Trajectory;
}

/** A part of the page: built once, then told of each snapshot and each choice, and changed in place. */
export interface Part<View = MeasuredView> {
  readonly element: HTMLElement;
  update(view: View): void;
  /** What an exported picture shows of it. */
  picture?(): Pictured | null;
}
