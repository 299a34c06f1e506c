/**
 * Rows as columns of equal width, the first left-aligned, the others right; the first row is ruled off.
 * @param width characters of a line at most, where that can be had by cutting the first column's cells in their middle
 */
export function textTable(rows: readonly (readonly string[])[], width = Infinity): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const others = widths.slice(1).reduce((sum, own) => sum + own + 2, 2);
  widths[0] = Math.min(widths[0], Math.max(LEAST, width - others));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cutMiddle(cell, widths[0]).padEnd(widths[0]) : cell.padStart(widths[column]),
      )
      .join("  "),
  );
  const rule = "-".repeat(Math.max(...lines.map((line) => line.length)));
  return [lines[0], rule, ...lines.slice(1)].map((line) => `  ${line}`).join("\n");
}

/** Characters that a cut cell keeps. */
const LEAST = 16;

/** The beginning and the end of a text that is too long: of a tensor's name both tell. */
function cutMiddle(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.floor((length - 1) / 2);
  return `${text.slice(0, length - 1 - end)}…${text.slice(text.length - end)}`;
}
