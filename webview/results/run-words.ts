import type { RunResult } from "../../src/protocol/results";
import { levelName, SETTING_NAMES, STOP_NAMES } from "../../src/words/level-words";
import { count, figure } from "../ui/format";

/** Where a run's weights lie in the experiment's directory. */
export function runFolder({ key }: RunResult): string {
  return `runs/${key.slice(0, 2)}/${key}`;
}

/** A run in one line: what it was trained on, how far it went. */
export function runWords({ run, level, repeat, stop, distance }: RunResult, stops: number): string {
  return [
    `run ${count(run)}`,
    ...(level ? [`${SETTING_NAMES[level.setting]} ${levelName(level)}`] : []),
    ...(stops > 1 ? [STOP_NAMES[stop].toLowerCase()] : []),
    ...(level ? [`repeat ${count(repeat)}`] : []),
    `distance ${figure(distance)}`,
  ].join(" · ");
}
