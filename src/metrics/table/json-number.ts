/**
 * Parses JSON as Python's json module writes it: NaN, Infinity and -Infinity stand for null.
 * @throws SyntaxError
 */
export function parseLooseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(
      text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (found) =>
        found.startsWith('"') ? found : "null",
      ),
    );
  }
}

/** What stands under a key: the key itself, or a path of keys with dots between. */
export function valueAt(value: unknown, key: string): unknown {
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, key)) return value[key];
  for (let dot = key.indexOf("."); dot > 0; dot = key.indexOf(".", dot + 1)) {
    const found = Object.hasOwn(value, key.slice(0, dot))
      ? valueAt(value[key.slice(0, dot)], key.slice(dot + 1))
      : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Names under which a row tells its step, the first that is there. */
export const stepNames: readonly string[] = ["step", "global_step", "iteration", "epoch"];

/** The step that a row of named values tells; null where it tells none. */
export function stepOf(row: unknown): number | null {
  for (const name of stepNames) {
    const step = valueAt(row, name);
    if (typeof step === "number") return step;
  }
  return null;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
