/** Flags of every pattern: all matches of a line, Unicode by code points. */
const flags = "gu";

/** Compiles a pattern for standard output. @throws SyntaxError */
export function compilePattern(pattern: string): RegExp {
  return new RegExp(pattern, flags);
}

/** What is wrong with a pattern as a source of numbers; null where nothing is. */
export function patternProblem(pattern: string): string | null {
  try {
    const groups = new RegExp(`(?:${pattern})|`, flags).exec("")!;
    compilePattern(pattern);
    return groups.length > 1
      ? null
      : "The pattern has no group: put the number into parentheses, such as loss=([-+0-9.eE]+).";
  } catch (error) {
    return (error as Error).message;
  }
}
