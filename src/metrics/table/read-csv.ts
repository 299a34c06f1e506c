import { MetricError } from "../error";
import { linesOf } from "../lines";
import { SeriesBuilder, type MetricPoint } from "../series";
import { stepNames } from "./json-number";

/**
 * Numbers in a column of a CSV file (RFC 4180, a quoted field within one line) with commas, semicolons or tabs; the
 * first line names the columns. Empty fields, as loggers leave for what was not measured at a step, are passed over.
 * @throws MetricError
 */
export async function readCsv(file: string, key: string): Promise<readonly MetricPoint[]> {
  const series = new SeriesBuilder();
  let columns: Columns | null = null;
  for await (const { text, number, ended } of linesOf(file)) {
    if (text.trim() === "") continue;
    if (!columns) {
      if (ended) columns = columnsOf(file, text, key);
      continue;
    }
    const fields = fieldsOf(text, columns.separator);
    if (fields.length !== columns.count) {
      if (!ended) break;
      throw new MetricError(
        file,
        `${fields.length} fields under ${columns.count} columns`,
        `line ${number}`,
      );
    }
    // Of a number that is being written the last digits may lack.
    if (!ended && columns.value === columns.count - 1) break;
    series.add(
      asNumber(fields[columns.value]),
      columns.step && asNumber(fields[columns.step.index]),
    );
  }
  return series.points;
}

interface Columns {
  readonly separator: string;
  readonly count: number;
  readonly value: number;
  readonly step: { readonly index: number } | null;
}

function columnsOf(file: string, header: string, key: string): Columns {
  const separator = [",", ";", "\t"].find((one) => fieldsOf(header, one).includes(key)) ?? ",";
  const names = fieldsOf(header, separator).map((name) => name.trim());
  const value = names.indexOf(key);
  if (value < 0)
    throw new MetricError(
      file,
      `no column is called ${key}; there are ${names.slice(0, 20).join(", ").slice(0, 500)}`,
    );
  const step = stepNames.map((name) => names.indexOf(name)).find((index) => index >= 0);
  return {
    separator,
    count: names.length,
    value,
    step: step === undefined ? null : { index: step },
  };
}

/** Fields of a line; a quoted one has its quotes taken off. */
function fieldsOf(line: string, separator: string): string[] {
  const fields: string[] = [];
  for (let at = 0; ; at++) {
    if (line[at] !== '"') {
      const end = line.indexOf(separator, at);
      fields.push(line.slice(at, end < 0 ? line.length : end));
      if (end < 0) return fields;
      at = end;
      continue;
    }
    let text = "";
    for (at++; at < line.length; at++) {
      if (line[at] !== '"') text += line[at];
      else if (line[at + 1] === '"') text += line[at++];
      else break;
    }
    fields.push(text);
    at = line.indexOf(separator, at + 1);
    if (at < 0) return fields;
  }
}

/** NaN for what is no number, and for an empty field. */
function asNumber(text: string): number {
  return text.trim() === "" ? NaN : Number(text);
}
