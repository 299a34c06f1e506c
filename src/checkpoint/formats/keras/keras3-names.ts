import type { NamedRole } from "./names-and-roles";
import type { H5Contents } from "../hdf5/walk";
import { layerConfigs, layerFolders } from "./model-config";
import { variableNames, type LayerConfig } from "./variable-names";

/** Folders that hold layers and add nothing to their names. */
const CONTAINERS = new Set(["layers", "_layer_checkpoint_dependencies"]);
const variablePath = /^(?:(.*)\/)?vars\/(\d+)$/;

/** Whether a file is laid out as Keras 3 does: each layer's variables by number in a group "vars". */
export function isKeras3({ datasets }: H5Contents): boolean {
  return [...datasets.keys()].some((path) => variablePath.test(path));
}

/**
 * Names and roles of variables by path. `layers/dense_1/vars/0` becomes `head/kernel`: the layer's own name is an
 * attribute of its group, and what kind of layer it is the configuration tells, or else its folder or name. Where two
 * would be called alike, all keep their paths.
 * @param config text of the model's configuration; empty where there is none
 */
export function keras3Names(contents: H5Contents, config: string): Map<string, NamedRole> {
  const layers = { configs: layerConfigs(config), names: ownNames(contents, layerFolders(config)) };
  const owners = new Map<string, string[]>();
  for (const path of contents.datasets.keys()) {
    const owner = variablePath.exec(path)?.[1] ?? "";
    if (!owners.has(owner)) owners.set(owner, []);
    owners.get(owner)!.push(path);
  }
  const named = new Map<string, NamedRole>();
  for (const [owner, paths] of owners) {
    const number = (path: string) => Number(path.slice(path.lastIndexOf("/") + 1));
    paths.sort((a, b) => number(a) - number(b));
    const shapes = paths.map((path) => contents.datasets.get(path)!.shape);
    const optimizer = owner.split("/")[0] === "optimizer";
    const metric = owner.split("/")[0] === "metrics";
    const layer = optimizer || metric ? null : layerName(layers, owner);
    const names = layer === null ? null : namesOf(layers, owner, shapes);
    paths.forEach((path, i) => {
      const variable = names?.[i] ?? `vars/${number(path)}`;
      const name = layer === null || !variablePath.test(path) ? path : `${layer}/${variable}`;
      const role = optimizer
        ? "optimizer"
        : metric
          ? "other"
          : /^moving_(mean|variance)$/.test(variable)
            ? "buffer"
            : variable === "seed_generator_state"
              ? "other"
              : "weight";
      named.set(path, { name, role });
    });
  }
  const unique = new Set([...named.values()].map(({ name }) => name)).size === named.size;
  if (!unique) for (const [path, { role }] of named) named.set(path, { name: path, role });
  return named;
}

interface Layers {
  /** By a layer's own name. */
  readonly configs: ReadonlyMap<string, LayerConfig>;
  /** Own name of the layer in a folder. */
  readonly names: (folder: string) => string | undefined;
}

/** The layer's own name is an attribute, or in files of Keras 2 what the configuration tells of the folder. */
function ownNames({ groups }: H5Contents, folders: ReadonlyMap<string, string>): Layers["names"] {
  return (folder) => groups.get(`${folder}/vars`)?.get("name")?.[0] ?? folders.get(folder);
}

/** Own names of a layer and those around it; null for the model's own variables. */
function layerName({ names: own }: Layers, owner: string): string | null {
  const folders = owner.split("/");
  const names = folders.flatMap((folder, i) => {
    const name = own(folders.slice(0, i + 1).join("/"));
    return name === undefined && CONTAINERS.has(folder) ? [] : [name ?? folder];
  });
  return owner === "" || names.length === 0 ? null : names.join("/");
}

function namesOf(
  { configs, names }: Layers,
  owner: string,
  shapes: readonly (readonly number[])[],
): readonly string[] | null {
  const name = names(owner);
  const folder = owner.slice(owner.lastIndexOf("/") + 1);
  const config = name === undefined ? undefined : configs.get(name);
  if (config) return variableNames(config, shapes);
  // "dense_1" is the second layer of class Dense; a layer in a list has its class as its folder's name.
  const kinds = [folder, name ?? folder].map((text) => text.replace(/_\d+$/, ""));
  return variableNames({ kind: kinds[0] }, shapes) ?? variableNames({ kind: kinds[1] }, shapes);
}
