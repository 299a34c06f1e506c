import { readFile, stat } from "node:fs/promises";
import { MetricError } from "../error";
import { linesOf, LONGEST_LINE } from "../lines";
import { SeriesBuilder, type MetricPoint } from "../series";
import { parseLooseJson, stepOf, valueAt } from "./json-number";

/** A JSON file is read whole; logs that grow are JSON Lines. */
const MOST_BYTES = 1 << 26;

/**
 * Numbers under a key of a JSON file: one number, an array of them (as Keras' history), or an array of objects.
 * @throws MetricError
 */
export async function readJson(file: string, key: string): Promise<readonly MetricPoint[]> {
  const text = await readWhole(file);
  let whole: unknown;
  try {
    whole = parseLooseJson(text);
  } catch (error) {
    throw new MetricError(file, `no JSON: ${(error as Error).message}`, null, { cause: error });
  }
  const series = new SeriesBuilder();
  if (Array.isArray(whole)) for (const row of whole as unknown[]) addRow(series, row, key);
  else addRow(series, whole, key);
  return series.points;
}

/**
 * Numbers under a key of the objects of a JSON Lines file; lines without it are passed over, and a last line that is
 * not whole yet.
 * @throws MetricError
 */
export async function readJsonLines(file: string, key: string): Promise<readonly MetricPoint[]> {
  const series = new SeriesBuilder();
  for await (const { text, number, ended } of linesOf(file)) {
    if (text.trim() === "") continue;
    if (text.length >= LONGEST_LINE)
      throw new MetricError(file, "a line of more than a million characters", `line ${number}`);
    try {
      addRow(series, parseLooseJson(text), key);
    } catch (error) {
      if (ended)
        throw new MetricError(file, "this line is no JSON", `line ${number}`, { cause: error });
    }
  }
  return series.points;
}

function addRow(series: SeriesBuilder, row: unknown, key: string): void {
  const value = valueAt(row, key);
  if (typeof value === "number") series.add(value, stepOf(row));
  else if (Array.isArray(value))
    for (const [index, one] of (value as unknown[]).entries())
      if (typeof one === "number") series.add(one, index);
}

async function readWhole(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MOST_BYTES)
      throw new MetricError(file, `${size} bytes of JSON are too many; write JSON Lines (.jsonl)`);
    return (await readFile(file, "utf8")).replace(/^\ufeff/, "");
  } catch (error) {
    if (error instanceof MetricError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new MetricError(file, code === "ENOENT" ? "there is no such file" : message, null, {
      cause: error,
    });
  }
}
