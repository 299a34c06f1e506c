/** A value as a cell shows it: six significant digits, and no more characters than fit. */
export function numberText(value: number | bigint): string {
  if (typeof value === "bigint") return String(value).replace("-", "−");
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value).replace("-", "−");
  const size = Math.abs(value);
  const text =
    size < 1e-4 || size >= 1e7 ? value.toExponential(4) : Number(value.toPrecision(6)).toString();
  return text.replaceAll("-", "−");
}

/** Rows of a block as tab-separated values with every digit, for spreadsheets and code. */
export function tabSeparated(values: ArrayLike<number | bigint>, columns: number): string {
  const rows: string[] = [];
  for (let start = 0; start < values.length; start += columns) {
    const row: string[] = [];
    for (let i = start; i < start + columns; i++) row.push(String(values[i]));
    rows.push(row.join("\t"));
  }
  return rows.join("\n");
}
