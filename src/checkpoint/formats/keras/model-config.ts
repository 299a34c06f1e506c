import { snakeCase, type LayerConfig } from "./variable-names";

const MAX_OBJECTS = 1_000_000;
const MAX_PATH = 4096;

/**
 * Layers by name in the configuration of a model, those of models within it too; a name that stands for two kinds of
 * layer is left out. Empty where the text is no such configuration.
 */
export function layerConfigs(text: string): ReadonlyMap<string, LayerConfig> {
  const layers = new Map<string, LayerConfig>();
  const ambiguous = new Set<string>();
  const pending: unknown[] = [];
  try {
    pending.push(JSON.parse(text));
  } catch {
    return layers;
  }
  for (let met = 0; pending.length > 0 && met < MAX_OBJECTS; met++) {
    const value = pending.pop();
    if (typeof value !== "object" || value === null) continue;
    for (const child of Object.values(value)) pending.push(child);
    const layer = asLayer(value);
    if (!layer) continue;
    const known = layers.get(layer.name);
    if (known && known.kind !== layer.config.kind) ambiguous.add(layer.name);
    layers.set(layer.name, layer.config);
  }
  for (const name of ambiguous) layers.delete(name);
  return layers;
}

/**
 * Names of layers by their folders, in a model of Keras 2 saved in the format of Keras 3, whose groups do not tell them:
 * `layers/dense_1` is the second layer of class Dense. Empty where the text is no configuration of a model.
 */
export function layerFolders(text: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const pending: { model: unknown; folder: string }[] = [];
  try {
    pending.push({ model: JSON.parse(text), folder: "" });
  } catch {
    return names;
  }
  for (let next = pending.pop(); next && names.size < MAX_OBJECTS; next = pending.pop()) {
    const layers = layersOf(next.model);
    const counts = new Map<string, number>();
    for (const value of layers) {
      const layer = typeof value === "object" && value !== null ? asLayer(value) : null;
      if (!layer) continue;
      const { kind } = layer.config;
      const count = counts.get(kind) ?? 0;
      counts.set(kind, count + 1);
      const path = `${next.folder}layers/${kind}${count === 0 ? "" : `_${count}`}`;
      if (path.length > MAX_PATH) continue;
      names.set(path, layer.name);
      pending.push({ model: value, folder: `${path}/` });
    }
  }
  return names;
}

function layersOf(model: unknown): readonly unknown[] {
  const config =
    typeof model === "object" && model !== null && "config" in model ? model.config : null;
  const layers =
    typeof config === "object" && config !== null && "layers" in config ? config.layers : null;
  return Array.isArray(layers) ? (layers as readonly unknown[]) : [];
}

function asLayer(value: object): { name: string; config: LayerConfig } | null {
  if (!("class_name" in value) || !("config" in value)) return null;
  const { class_name: className, config } = value;
  if (typeof className !== "string" || typeof config !== "object" || config === null) return null;
  if (!("name" in config) || typeof config.name !== "string") return null;
  const flag = (key: "center" | "scale") => {
    const entry: unknown = (config as Record<string, unknown>)[key];
    return typeof entry === "boolean" ? { [key]: entry } : {};
  };
  const kind = snakeCase(className);
  return { name: config.name, config: { kind, ...flag("center"), ...flag("scale") } };
}
