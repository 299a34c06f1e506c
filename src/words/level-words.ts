import type { Level } from "../protocol/results";
import { percent } from "./number";

/** What a level is called: `20 %`, or `seed 3`. */
export function levelName({ setting, value }: Level): string {
  return setting === "initialWeights" ? `seed ${value}` : percent(value);
}

/** What is varied, as an axis or a column has it. */
export const SETTING_NAMES: Readonly<Record<Level["setting"], string>> = {
  labelFraction: "share of label kinds",
  labelCorruption: "share of labels corrupted",
  initialWeights: "initial weights",
};

/** How runs stop, as a title. */
export const STOP_NAMES = {
  steps: "Equal numbers of steps",
  fit: "Trained until it fits",
} as const;
