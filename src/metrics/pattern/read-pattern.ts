import { createContext, Script } from "node:vm";
import { MetricError } from "../error";
import { linesOf } from "../lines";
import { SeriesBuilder, type MetricPoint } from "../series";
import { compilePattern } from "./compile";

/** Characters of a line of output that a pattern sees. */
const LONGEST = 4096;
/** Lines that are matched at once, and for how long at most: a thousandth of it is usual. */
const LINES = 512;
const MOST_MS = 1000;

/** Colours and movements of the cursor in a terminal (ECMA-48 control sequences). */
// eslint-disable-next-line no-control-regex -- that is what they begin with
const control = /\u001b\[[0-?]*[ -/]*[@-~]/g;

/** [value, step or null] of each match. Not a module's function: it runs under a limit of time. */
const matcher = new Script(`{
  const found = [];
  for (const line of lines)
    for (const match of line.matchAll(expression))
      found.push([match.groups?.value ?? match[1], match.groups?.step ?? null]);
  JSON.stringify(found);
}`);

/**
 * Numbers that a regular expression finds in a program's output, line by line. A pattern that backtracks without end is
 * stopped: V8 interrupts it after a second for 512 lines of at most 4,096 characters.
 * @param file what the program wrote on standard output
 * @throws MetricError where the file cannot be read, or the pattern takes that long
 */
export async function readPattern(file: string, pattern: string): Promise<readonly MetricPoint[]> {
  const series = new SeriesBuilder();
  const context = createContext({ expression: compilePattern(pattern), lines: [] as string[] });
  const match = (lines: readonly string[], last: number) => {
    context["lines"] = lines;
    for (const [value, step] of matchesIn(context, file, last))
      if (value !== null && value.trim() !== "")
        series.add(Number(value), step === null ? null : Number(step));
  };
  let lines: string[] = [];
  let last = 0;
  for await (const { text, number } of linesOf(file, { ends: "cr", longest: LONGEST })) {
    last = number;
    lines.push(text.replace(control, ""));
    if (lines.length < LINES) continue;
    match(lines, last);
    lines = [];
  }
  match(lines, last);
  return series.points;
}

function matchesIn(
  context: ReturnType<typeof createContext>,
  file: string,
  last: number,
): readonly (readonly [string | null, string | null])[] {
  try {
    const found: unknown = matcher.runInContext(context, { timeout: MOST_MS });
    return JSON.parse(String(found)) as [string | null, string | null][];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    throw new MetricError(
      file,
      "the pattern takes more than a second on some lines: it has repetitions within repetitions, such as (a+)+",
      `lines up to ${last}`,
      { cause: error },
    );
  }
}
