/** A cell: text, a number in full precision, or nothing. */
export type CsvCell = string | number | null | undefined;

/**
 * Rows as comma-separated values (RFC 4180, with line feeds): a cell is quoted where it holds a comma, a quote or a line
 * break, or begins or ends with a space. A text that a spreadsheet would run as a formula gets an apostrophe before it.
 */
export function csv(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(cell).join(",")}\n`).join("");
}

function cell(value: CsvCell): string {
  if (typeof value !== "string") return String(value ?? "");
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
