/**
 * The one prefix before the names of a file that makes them those of another: a model's own name
 * (`sequential/dense/kernel` in a TensorFlow checkpoint is `dense/kernel` in a `.keras` file), what a training script
 * calls it (`model.encoder.weight` in a Lightning checkpoint), or the part of a larger network that the other file is.
 * It has to stand before all names of the one, or account for all names of the other. Where several would do, none is
 * taken: nothing is guessed.
 * @param a names without a match, wrappers' prefixes taken off; of b likewise
 * @returns what to take off the names of a and of b, such as "sequential/" and "", or of both, where they are Keras's
 * count of one name ("sequential/", "sequential_1/"); null where there is no such prefix
 */
export function modelPrefix(
  a: ReadonlySet<string>,
  b: ReadonlySet<string>,
): { readonly a: string; readonly b: string } | null {
  const found = [
    ...prefixesOf(a, b).map((prefix) => ({ a: prefix, b: "" })),
    ...prefixesOf(b, a).map((prefix) => ({ a: "", b: prefix })),
  ];
  if (found.length > 0) return found.length === 1 ? found[0] : null;
  const [ofA, ofB] = [commonPrefix(a), commonPrefix(b)];
  if (ofA === "" || ofB === "" || withoutCount(ofA) !== withoutCount(ofB)) return null;
  const matches = Array.from(a, (name) => ofB + name.slice(ofA.length)).some((name) => b.has(name));
  return matches ? { a: ofA, b: ofB } : null;
}

/** First part of a name with its separator; empty for a name of one part. */
export function firstPart(name: string): string {
  return /^[^./]+[./](?=.)/.exec(name)?.[0] ?? "";
}

function prefixesOf(names: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  const below = new Map<string, { names: number; matches: number }>();
  for (const name of names) {
    const prefix = firstPart(name);
    const seen = below.get(prefix) ?? { names: 0, matches: 0 };
    seen.names++;
    if (others.has(name.slice(prefix.length))) seen.matches++;
    below.set(prefix, seen);
  }
  below.delete("");
  const suits = ({ names: own, matches }: { names: number; matches: number }) =>
    matches > 0 && (own === names.size || matches === others.size);
  return [...below].filter(([, seen]) => suits(seen)).map(([prefix]) => prefix);
}

function commonPrefix(names: ReadonlySet<string>): string {
  const prefixes = new Set(Array.from(names, firstPart));
  const [prefix = ""] = prefixes;
  return prefixes.size === 1 ? prefix : "";
}

function withoutCount(prefix: string): string {
  return prefix.replace(/(_\d+)?[./]$/, "");
}
