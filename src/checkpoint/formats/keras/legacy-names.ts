import type { H5Contents } from "../hdf5/walk";
import type { NamedRole } from "./names-and-roles";

/** Group that holds the layers: the root of a file of weights, or "model_weights" of a whole model; null for neither. */
export function legacyRoot({ groups }: H5Contents): string | null {
  return ["", "model_weights"].find((path) => listed(groups.get(path), "layer_names")) ?? null;
}

/**
 * Names and roles by path of a file that Keras wrote before version 3, or in its old format since: the attributes
 * `layer_names` and `weight_names` list what is where. `sequential/dense/kernel` of layer dense becomes
 * `dense/kernel`, so that the model's own name, which counts up in a process, does not matter.
 */
export function legacyNames(
  { datasets, groups }: H5Contents,
  root: string,
): Map<string, NamedRole> {
  const named = new Map<string, NamedRole>();
  const under = (...parts: string[]) => parts.filter((part) => part !== "").join("/");
  const layers = [...(listed(groups.get(root), "layer_names") ?? []), "top_level_model_weights"];
  for (const layer of layers)
    for (const weight of listed(groups.get(under(root, layer)), "weight_names") ?? []) {
      const path = under(root, layer, weight);
      if (!datasets.has(path)) continue;
      const name = withoutModel(weight.replace(/:\d+$/, ""), layer);
      const buffer = /(^|\/)moving_(mean|variance)$/.test(name);
      named.set(path, { name, role: buffer ? "buffer" : "weight" });
    }
  const names = new Set([...named.values()].map(({ name }) => name));
  if (names.size < named.size)
    for (const [path, { role }] of named) named.set(path, { name: path, role });
  for (const path of datasets.keys())
    if (!named.has(path))
      named.set(path, {
        name: path,
        role: /^optimizer_weights\//.test(path) ? "optimizer" : "other",
      });
  return named;
}

function withoutModel(weight: string, layer: string): string {
  const at = weight.indexOf("/");
  return weight.slice(at + 1).startsWith(`${layer}/`) ? weight.slice(at + 1) : weight;
}

/** A list in one attribute, or in several of less than 64 KiB each: `weight_names0` and so on. */
function listed(
  attributes: ReadonlyMap<string, readonly string[]> | undefined,
  name: string,
): readonly string[] | null {
  const whole = attributes?.get(name);
  if (whole) return whole;
  const pieces: string[] = [];
  for (let i = 0; attributes?.has(`${name}${i}`); i++)
    pieces.push(...(attributes.get(`${name}${i}`) ?? []));
  return pieces.length > 0 ? pieces : null;
}
