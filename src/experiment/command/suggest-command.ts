/** What a script seems to take, from its text. */
export interface SuggestedCommand {
  readonly words: readonly string[];
  /** Whether something tells it the seed and the run's directory: an option of its own, or the Python helper. */
  readonly takesSeed: boolean;
  readonly takesDirectory: boolean;
}

/** Options by which scripts usually take a value, in order of preference; "-" and "_" are alike. */
const options = {
  seed: ["seed", "random-seed", "rng-seed", "random-state", "manual-seed"],
  runDirectory: [
    "run-directory",
    "run-dir",
    "output-dir",
    "out-dir",
    "save-dir",
    "checkpoint-dir",
    "ckpt-dir",
    "log-dir",
    "logdir",
    "output",
    "out",
    "outdir",
  ],
  labelCorruption: ["label-corruption", "label-noise", "corruption", "noise-rate"],
  labelFraction: ["label-fraction"],
} as const;

/**
 * A command line for a Python script: each of its options for a seed, a folder to write to, label corruption and label
 * fraction is given the run's placeholder.
 * @param script its name, relative to the working directory
 */
export function suggestCommand(script: string, text: string, python: string): SuggestedCommand {
  const own = [...text.matchAll(/["'](--[A-Za-z][\w-]*)["']/g)].map(([, option]) => option);
  const given = Object.entries(options).flatMap(([placeholder, names]) => {
    const wanted: readonly string[] = names;
    const found = wanted
      .map((name) => own.find((option) => option.slice(2).replaceAll("_", "-") === name))
      .find((option) => option !== undefined);
    return found === undefined ? [] : [{ placeholder, words: [found, `\${${placeholder}}`] }];
  });
  const takes = (placeholder: keyof typeof options) =>
    given.some((one) => one.placeholder === placeholder);
  const helped =
    /^\s*(import|from)\s+weight_odometer\b/m.test(text) || text.includes("WEIGHT_ODOMETER_");
  return {
    words: [python, script, ...given.flatMap(({ words }) => words)],
    takesSeed: helped || takes("seed"),
    takesDirectory: helped || takes("runDirectory"),
  };
}
