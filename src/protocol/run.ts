import type { CommandEngine, CommandOutcome, CommandSettings } from "./command";
import type { EngineDescription, TrainingOutcome, TrainingSettings } from "./trainer";

/** A built-in model's training, or a command of the user's. */
export type RunSettings = (TrainingSettings & { readonly kind?: undefined }) | CommandSettings;

/** What a run was computed with. */
export type RunEngine = EngineDescription | CommandEngine;

export type RunOutcome = TrainingOutcome | CommandOutcome;
