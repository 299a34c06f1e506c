import { presetNames } from "../../experiment/presets";
import { oneOf, parse } from "../arguments";
import { presetFrom, presetOptions } from "../preset-options";

/** `preset`: prints an experiment of the paper as a plain experiment file, to open, change and run. */
export async function preset(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, presetOptions, { names: ["NAME"] });
  const name = oneOf("preset", positionals[0], presetNames)!;
  process.stdout.write(`${JSON.stringify(presetFrom(name, values), null, 2)}\n`);
  return Promise.resolve(0);
}
