import type { Cloud } from "./cloud";
import type { Camera } from "./orbit";

/** What the map shows. */
export interface MapScene {
  readonly cloud: Cloud;
  readonly camera: Camera;
  readonly selected: number | null;
  /** Lines of the tooltip for a run's state. */
  describe(run: number, state: "initial" | "final"): readonly string[];
}
