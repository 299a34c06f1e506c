import type { TensorRole } from "../../checkpoint";

export interface NameAndRole {
  readonly name: string;
  readonly role: TensorRole;
}

const SUFFIX = "/.ATTRIBUTES/VARIABLE_VALUE";
/** Slots of TensorFlow 1's optimizers, named after the variable they belong to. */
const slots = /^(Adam|AdaMax|Momentum|RMSProp|Adagrad|Adadelta|Ftrl|GradientDescent|LAMB)(_\d+)?$/i;
/** Keras's SavedModel export keeps every variable twice; this is the second, in no fixed order. */
const COPIES = "_all_variables/";

/**
 * Names and roles of variables by their keys. Keras 3 keeps weights under keys such as
 * `optimizer/_trainable_variables/3`, so full names are taken where the bundle's object graph gives one to every
 * variable and no two are the same; otherwise the keys without their constant ending.
 * @param keys of all tensors
 * @param fullNames by key; empty where there is no object graph
 */
export function nameVariables(
  keys: readonly string[],
  fullNames: ReadonlyMap<string, string>,
): Map<string, NameAndRole> {
  const isCopy = (key: string) => key.startsWith(COPIES);
  const originals = keys.filter((key) => !isCopy(key));
  const full = originals.map((key) => fullNames.get(key));
  const takeFull = !full.includes(undefined) && new Set(full).size === full.length;
  const known = new Set(keys.map(withoutSuffix));
  const fullOfOriginals = new Set(full);
  return new Map(
    keys.map((key) => {
      const path = withoutSuffix(key);
      const fullName = fullNames.get(key);
      if (isCopy(key) && fullOfOriginals.has(fullName)) return [key, { name: path, role: "other" }];
      const name = takeFull && !isCopy(key) ? (fullName ?? path) : path;
      return [key, { name, role: roleOf(path, fullName ?? path, known) }];
    }),
  );
}

function withoutSuffix(key: string): string {
  return key.endsWith(SUFFIX) ? key.slice(0, -SUFFIX.length) : key;
}

function roleOf(path: string, fullName: string, known: ReadonlySet<string>): TensorRole {
  const parts = path.split("/");
  const optimizer = parts.findIndex((part) => /^_?optimizer$/.test(part));
  if (parts.includes(".OPTIMIZER_SLOT")) return "optimizer";
  if (optimizer >= 0 && parts[optimizer + 1] !== "_trainable_variables") return "optimizer";
  if (parts.includes("metrics") || parts.includes("keras_api")) return "other";
  const name = fullName.split("/");
  const last = name.at(-1) ?? "";
  if (/^moving_(mean|variance)$/.test(last)) return "buffer";
  if (last === "ExponentialMovingAverage") return "average";
  if (slots.test(last) && known.has(name.slice(0, -1).join("/"))) return "optimizer";
  if (/^beta[12]_power(_\d+)?$/.test(last)) return "optimizer";
  return /^(save_counter|global_step|seed_generator_state)$/.test(last) ? "other" : "weight";
}
