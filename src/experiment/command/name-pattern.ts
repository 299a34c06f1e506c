/**
 * Patterns of checkpoints' names: `*` stands for any characters of one name, `?` for one, and `**` in the place of a name
 * for any number of folders, also none. No star stands for what is hidden.
 */

/** The names that a pattern has, one for each folder down to the file or folder that fits. */
function partsOf(pattern: string): readonly string[] {
  const parts = pattern.split("/").filter((part) => part !== "" && part !== ".");
  // All that lies below.
  return parts.at(-1) === anyFolders ? [...parts, "*"] : parts;
}

const anyFolders = "**";

/** Where in a pattern a path may have come to: several places at once where it has `**`. */
export class PatternWalk {
  private constructor(
    private readonly parts: readonly string[],
    private readonly at: ReadonlySet<number>,
  ) {}

  /** Before the first name. */
  static of(pattern: string): PatternWalk {
    const parts = partsOf(pattern);
    return new PatternWalk(parts, placesFrom(parts, [0]));
  }

  /** Whether the names so far fit the whole pattern. */
  get fits(): boolean {
    return this.at.has(this.parts.length);
  }

  /** Whether names below could fit. */
  get goesOn(): boolean {
    return [...this.at].some((place) => place < this.parts.length);
  }

  /** One name further. */
  into(name: string): PatternWalk {
    const next = [...this.at].flatMap((place) => {
      const part = this.parts.at(place);
      if (part === undefined) return [];
      if (part === anyFolders) return name.startsWith(".") ? [] : [place];
      return nameFits(name, part) ? [place + 1] : [];
    });
    return new PatternWalk(this.parts, placesFrom(this.parts, next));
  }
}

/** Places, and those that are reached from them by no name at all. */
function placesFrom(parts: readonly string[], places: readonly number[]): ReadonlySet<number> {
  const reached = new Set(places);
  for (const place of reached) if (parts[place] === anyFolders) reached.add(place + 1);
  return reached;
}

/** Whether a path fits a pattern. */
export function fits(names: readonly string[], pattern: string): boolean {
  return names.reduce((walk, name) => walk.into(name), PatternWalk.of(pattern)).fits;
}

/** The folder that a pattern names and a file lies in, by its names; null where it names the file itself, or neither. */
export function deepestFolder(names: readonly string[], pattern: string): readonly string[] | null {
  if (fits(names, pattern)) return null;
  for (let depth = names.length - 1; depth > 0; depth--)
    if (fits(names.slice(0, depth), pattern)) return names.slice(0, depth);
  return null;
}

/** Whether a name is one that the pattern has as it is, without a star. */
export function isLiteral(name: string, pattern: string): boolean {
  return partsOf(pattern).includes(name);
}

function nameFits(name: string, part: string): boolean {
  if (name.startsWith(".") && !part.startsWith(".")) return false;
  const expression = part
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll(/\*+/g, ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "su").test(name);
}
