/** Rows of numbers and words as comma-separated values (RFC 4180); nothing where there is no value. */
export function csvText(
  header: readonly string[],
  rows: readonly (readonly (number | string | null)[])[],
): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("");
}

function cell(value: number | string | null): string {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
