/** Patterns of checkpoints' names: `*` stands for any characters of one name, `?` for one. */

/** The names that a pattern has, one for each folder down to the file or folder that fits. */
export function partsOf(pattern: string): readonly string[] {
  return pattern.split("/").filter((part) => part !== "" && part !== ".");
}

/** Whether a name fits one part of a pattern. */
export function nameFits(name: string, part: string): boolean {
  // A star does not stand for what is hidden.
  if (name.startsWith(".") && !part.startsWith(".")) return false;
  const expression = part
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll(/\*+/g, ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "su").test(name);
}
