/** Where in a script a run failed. */
export interface FailurePlace {
  /** From 1. */
  readonly line: number;
  /** The error's own words. */
  readonly message: string;
}

/** What torchrun's processes write before each of their lines. */
const rank = /^\[rank\d+\]: ?/;

/**
 * The innermost place in a script that the last traceback of a command's output names. Read are Python's
 * (`File "train.py", line 12, in main`, also of a syntax error, which has no traceback), and what other languages print alike (`train.jl:12`, `train.js:12:5`).
 * @param output of the command, or its end
 * @param isScript whether a name in the output is the script's
 * @returns null where no such place is named
 */
export function failurePlace(
  output: string,
  isScript: (name: string) => boolean,
): FailurePlace | null {
  const lines = output.split(/\r?\n/).map((line) => line.replace(rank, ""));
  const begun = lines.findLastIndex((line) => line.startsWith("Traceback (most recent call last)"));
  const places = lines.flatMap((line, i) => {
    const [, name = "", number = ""] = /^\s+File "([^"]+)", line (\d+)/.exec(line) ?? [];
    return i > begun && name !== "" && isScript(name) ? [{ at: i, line: Number(number) }] : [];
  });
  const innermost = places.at(-1);
  if (innermost) {
    // The error stands on the first line below that is not indented.
    const message = lines.slice(innermost.at).find((line) => /^\S/.test(line)) ?? "";
    return { line: innermost.line, message: message.trim() };
  }
  for (const [i, line] of lines.entries()) {
    const [, name = "", number = ""] = /([^\s()"'<>]+?):(\d+)(?::\d+)?\)?\s*$/.exec(line) ?? [];
    if (name === "" || !isScript(name.replace(/^file:\/\//, ""))) continue;
    const said = lines.slice(0, i).findLast((before) => /error/i.test(before)) ?? line;
    return { line: Number(number), message: said.trim() };
  }
  return null;
}
