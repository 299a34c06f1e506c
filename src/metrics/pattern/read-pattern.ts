import { createContext, Script, type Context } from "node:vm";
import { MetricError } from "../error";
import { linesOf } from "../lines";
import { SeriesBuilder, type MetricPoint } from "../series";
import { compilePattern } from "./compile";

/** Characters of a line of output that a pattern sees. */
const LONGEST = 4096;
/** Lines that are matched at once, for how long at most, and all lines of a file: a thousandth of it is usual. */
const LINES = 512;
const MOST_MS = 1000;
const MOST_IN_ALL_MS = 10_000;

/** Colours and movements of the cursor in a terminal (ECMA-48 control sequences). */
// eslint-disable-next-line no-control-regex -- that is what they begin with
const control = /\u001b\[[0-?]*[ -/]*[@-~]/g;

/** [value, step or null] of each match. Not a module's function: it runs under a limit of time. */
const script = new Script(`{
  const found = [];
  for (const line of lines)
    for (const match of line.matchAll(expression))
      found.push([match.groups?.value ?? match[1], match.groups?.step ?? null]);
  JSON.stringify(found);
}`);

/**
 * Numbers that a regular expression finds in a program's output, line by line. A pattern that backtracks without end is
 * stopped: V8 interrupts it after a second for 512 lines of at most 4,096 characters, or ten seconds for all.
 * @param file what the program wrote on standard output
 * @throws MetricError where the file cannot be read, or the pattern takes that long
 */
export async function readPattern(file: string, pattern: string): Promise<readonly MetricPoint[]> {
  const series = new SeriesBuilder();
  const matcher = new Matcher(file, pattern);
  const add = (lines: readonly string[], last: number) => {
    for (const [value, step] of matcher.matchesIn(lines, last))
      if (value !== null && value.trim() !== "")
        series.add(Number(value), step === null ? null : Number(step));
  };
  let lines: string[] = [];
  let last = 0;
  for await (const { text, number } of linesOf(file, { ends: "cr", longest: LONGEST })) {
    last = number;
    lines.push(text.replace(control, ""));
    if (lines.length < LINES) continue;
    add(lines, last);
    lines = [];
  }
  add(lines, last);
  return series.points;
}

/** Matches lines in a context of its own, where V8 stops it when its time is up. */
class Matcher {
  private readonly context: Context;
  private leftMs = MOST_IN_ALL_MS;

  constructor(
    private readonly file: string,
    pattern: string,
  ) {
    this.context = createContext({ expression: compilePattern(pattern), lines: [] });
  }

  /** @param last the number of the last line, for a message */
  matchesIn(
    lines: readonly string[],
    last: number,
  ): readonly (readonly [value: string | null, step: string | null])[] {
    this.context["lines"] = lines;
    const begun = performance.now();
    try {
      const timeout = Math.ceil(Math.min(MOST_MS, this.leftMs));
      return JSON.parse(String(script.runInContext(this.context, { timeout }))) as [
        string | null,
        string | null,
      ][];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
      throw new MetricError(
        this.file,
        "the pattern takes more than a second for some lines, or ten for all: it has repetitions within repetitions, such as (a+)+",
        `lines up to ${last}`,
        { cause: error },
      );
    } finally {
      // The next call needs some time to begin at all.
      this.leftMs = Math.max(1, this.leftMs - (performance.now() - begun));
    }
  }
}
