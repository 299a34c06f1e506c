import type { MapMethod, MapStates } from "../../src/protocol/results";
import { START_CAMERA, type Camera } from "../map/orbit";
import { isMetricKey, SORT_KEYS, type Sort, type SortKey } from "./rows";

/** One method's map alone, or those of both side by side. */
export type ShownMethod = MapMethod | "both";

/** What a reader chose: all that is kept when the panel is hidden, and nothing of the data. */
export interface UiState {
  readonly states: MapStates;
  readonly method: ShownMethod;
  readonly camera: Camera;
  readonly sort: Sort;
  readonly selected: number | null;
  readonly allTensors: boolean;
}

/** What a panel shows before anyone chose. */
export const START: UiState = {
  states: "joint",
  method: "both",
  camera: START_CAMERA,
  sort: { key: "run", descending: false },
  selected: null,
  allTensors: false,
};

const oneOf = <T>(value: unknown, allowed: readonly T[], otherwise: T): T =>
  allowed.includes(value as T) ? (value as T) : otherwise;

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

const finite = (value: unknown, otherwise: number): number =>
  typeof value === "number" && Number.isFinite(value) ? value : otherwise;

/** Reads a saved state, which an older version may have written: what makes no sense starts afresh. */
export function restore(saved: unknown): UiState {
  const from = record(saved);
  const camera = record(from["camera"]);
  const sort = record(from["sort"]);
  return {
    states: oneOf(from["states"], ["joint", "initial", "final"], START.states),
    method: oneOf(from["method"], ["both", "classical", "metric"], START.method),
    camera: {
      yaw: finite(camera["yaw"], START_CAMERA.yaw),
      pitch: finite(camera["pitch"], START_CAMERA.pitch),
      zoom: finite(camera["zoom"], START_CAMERA.zoom),
    },
    sort: {
      key: isMetricKey(sort["key"])
        ? sort["key"]
        : oneOf<SortKey>(sort["key"], SORT_KEYS, START.sort.key),
      descending: sort["descending"] === true,
    },
    selected: Number.isInteger(from["selected"]) ? (from["selected"] as number) : null,
    allTensors: from["allTensors"] === true,
  };
}
