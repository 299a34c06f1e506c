import type { BuiltInRecord, RunRecord } from "../../src/experiment/run-record";
import type { RunSettings } from "../../src/protocol/run";
import type { TrainingSettings } from "../../src/protocol/trainer";

/** The settings of a built-in model's run. */
export function builtIn(settings: RunSettings): TrainingSettings & { readonly kind?: undefined } {
  if (settings.kind === "command") throw new TypeError("This is a command.");
  return settings;
}

/** The record of a built-in model's run. */
export function builtInRecord(record: RunRecord): BuiltInRecord {
  if (record.format !== "weight-odometer run 1") throw new TypeError("This is a command's.");
  return record;
}
