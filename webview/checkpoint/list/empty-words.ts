/** Why the list is empty, as a sentence. */
export function emptyWords(tensors: number, search: string, role: string | null): string {
  if (tensors === 0) return "This checkpoint holds no tensors.";
  const words = search.trim();
  if (words === "") return `No tensor has the role “${role ?? ""}”.`;
  const where = role === null ? "" : ` of the role “${role}”`;
  return `No tensor${where} matches “${words}”.`;
}
