/**
 * The buffers of the typed arrays that an answer holds in its own fields, so that they are moved, not copied. An
 * array that is a part of a larger buffer is left to be copied: moving would take the rest away too.
 */
export function buffersIn(value: unknown): ArrayBuffer[] {
  if (typeof value !== "object" || value === null) return [];
  const found = new Set<ArrayBuffer>();
  for (const field of Object.values(value))
    if (
      ArrayBuffer.isView(field) &&
      field.buffer instanceof ArrayBuffer &&
      field.byteLength === field.buffer.byteLength
    )
      found.add(field.buffer);
  return [...found];
}
