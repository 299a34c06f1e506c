import type { ParameterValue } from "../../protocol/command";

/** Placeholders that every command may use, beside the experiment's own parameters, and their environment variables. */
const variables = {
  seed: "WEIGHT_ODOMETER_SEED",
  initialWeights: "WEIGHT_ODOMETER_INITIAL_WEIGHTS",
  runDirectory: "WEIGHT_ODOMETER_RUN_DIRECTORY",
  labelFraction: "WEIGHT_ODOMETER_LABEL_FRACTION",
  labelCorruption: "WEIGHT_ODOMETER_LABEL_CORRUPTION",
  labelCorruptionKind: "WEIGHT_ODOMETER_LABEL_CORRUPTION_KIND",
  labelSeed: "WEIGHT_ODOMETER_LABEL_SEED",
  attempt: "WEIGHT_ODOMETER_ATTEMPT",
} as const;

/** Variables by which what a run, or a cluster's task, has started is found again. */
export const markVariables = {
  run: "WEIGHT_ODOMETER_RUN_MARK",
  task: "WEIGHT_ODOMETER_TASK",
} as const;

export type RunValues = Readonly<Record<keyof typeof variables, ParameterValue>>;

/** The environment variable of a placeholder: own parameters in upper snake case, `learningRate` as `..._LEARNING_RATE`. */
export function variableOf(name: string): string {
  if (Object.hasOwn(variables, name)) return variables[name as keyof typeof variables];
  return `WEIGHT_ODOMETER_${name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase()}`;
}

/** What is wrong with names of parameters; null where nothing is. */
export function parameterProblem(name: string, others: readonly string[]): string | null {
  if (Object.hasOwn(variables, name))
    return `\${${name}} has a meaning already: choose another name.`;
  const variable = variableOf(name);
  if (Object.values<string>(markVariables).includes(variable))
    return `It would be ${variable}, which has a meaning already: choose another name.`;
  const same = [...Object.keys(variables), ...others].find(
    (other) => other !== name && variableOf(other) === variable,
  );
  return same === undefined ? null : `It would be ${variable}, as ${same} is.`;
}

const placeholder = /\$(\$?)\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Placeholders of a text that mean nothing here. */
export function unknownPlaceholders(text: string, parameters: readonly string[]): string[] {
  return [...text.matchAll(placeholder)]
    .filter(([, escaped]) => escaped === "")
    .map(([, , name]) => name)
    .filter((name) => !Object.hasOwn(variables, name) && !parameters.includes(name));
}

/** A text with values in place of placeholders; `$${name}` stands for `${name}` as it is. */
export function filled(text: string, values: ReadonlyMap<string, ParameterValue>): string {
  return text.replaceAll(placeholder, (whole, escaped: string, name: string) => {
    if (escaped !== "") return whole.slice(1);
    const value = values.get(name);
    if (value === undefined) throw new RangeError(`There is no value for \${${name}}.`);
    return String(value);
  });
}

/** All values of a run, by placeholder. */
export function valuesOf(
  run: RunValues,
  parameters: Readonly<Record<string, ParameterValue>>,
): ReadonlyMap<string, ParameterValue> {
  return new Map([...Object.entries(parameters), ...Object.entries(run)]);
}

/** The same values as environment variables. */
export function environmentOf(
  values: ReadonlyMap<string, ParameterValue>,
): Readonly<Record<string, string>> {
  return Object.fromEntries([...values].map(([name, value]) => [variableOf(name), String(value)]));
}
