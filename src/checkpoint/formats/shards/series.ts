const numbered = /^(.*)-\d{5}-of-(\d{5})(\.\w+)$/;
const MAX_SHARDS = 10_000;

/**
 * The names of all files of the numbered series, such as "model-00002-of-00003.gguf", that a name belongs to, whether
 * they exist or not; null where it belongs to none.
 */
export function seriesOf(name: string): string[] | null {
  const match = numbered.exec(name);
  if (!match || Number(match[2]) > MAX_SHARDS) return null;
  const [, base, last, ending] = match;
  return Array.from(
    { length: Number(last) },
    (_, i) => `${base}-${String(i + 1).padStart(5, "0")}-of-${last}${ending}`,
  );
}
