/** Which tensors take part, by patterns over their names; remembers what it let through, to be told afterwards. */
export interface Selection {
  readonly select: (name: string) => boolean;
  /** Names asked about so far that were left out, in the order of asking. */
  readonly leftOut: () => readonly string[];
  /** Patterns that matched no name asked about so far: likely misspelt. */
  readonly unused: () => readonly string[];
}

/**
 * Selects names that match an include pattern (all, where there is none) and no exclude pattern. In a pattern `*` and
 * `**` stand for any characters, dots and slashes too, and `?` for one; anything else for itself.
 * @param alias another name to match, such as the name without a wrapper's prefix
 */
export function selection(
  include: readonly string[],
  exclude: readonly string[],
  alias: (name: string) => string = (name) => name,
): Selection {
  const includes = include.map(toPattern);
  const excludes = exclude.map(toPattern);
  const leftOut = new Set<string>();
  const matches = (patterns: readonly Pattern[], name: string) =>
    // Every pattern is asked, so that each is known to be of use.
    patterns.filter((pattern) => pattern.test(name, alias(name))).length > 0;
  return {
    select: (name) => {
      const included = matches(includes, name) || includes.length === 0;
      const selected = !matches(excludes, name) && included;
      if (!selected) leftOut.add(name);
      return selected;
    },
    leftOut: () => [...leftOut],
    unused: () => [...includes, ...excludes].filter(({ used }) => !used).map(({ text }) => text),
  };
}

interface Pattern {
  readonly text: string;
  used: boolean;
  test(name: string, alias: string): boolean;
}

function toPattern(text: string): Pattern {
  const source = text
    .replace(/[.+^${}()|[\]\\/]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replaceAll("?", ".");
  const expression = new RegExp(`^${source}$`, "su");
  return {
    text,
    used: false,
    test(name, alias) {
      const matched = expression.test(name) || expression.test(alias);
      this.used ||= matched;
      return matched;
    },
  };
}

/** The patterns of options that may be repeated and hold lists with commas. */
export function patternList(options: readonly string[] = []): string[] {
  return options.flatMap((option) => option.split(",")).flatMap((text) => text.trim() || []);
}
