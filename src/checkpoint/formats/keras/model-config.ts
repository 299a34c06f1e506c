import { snakeCase, type LayerConfig } from "./variable-names";

const MAX_OBJECTS = 1_000_000;

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
