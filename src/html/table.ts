import { escapeHtml } from "./page";

/** A cell: text, which is escaped, or markup that someone made. */
export type HtmlCell = string | { readonly markup: string };

/** A table with a header and, where given, a last row set apart. */
export function htmlTable(
  header: readonly string[],
  rows: readonly (readonly HtmlCell[])[],
  total?: readonly HtmlCell[],
): string {
  const cells = (row: readonly HtmlCell[]) =>
    row
      .map((cell) => `<td>${typeof cell === "string" ? escapeHtml(cell) : cell.markup}</td>`)
      .join("");
  const head = header.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const body = rows.map((row) => `<tr>${cells(row)}</tr>`).join("\n");
  const foot = total ? `<tfoot><tr>${cells(total)}</tr></tfoot>` : "";
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>
${body}
</tbody>${foot}</table></div>`;
}

/** A share from 0 to 1 as a bar with its figure. */
export function shareCell(share: number | null, text: string): HtmlCell {
  if (share === null) return "-";
  const width = (60 * share).toFixed(1);
  const bar = `<svg class="bar" width="60" height="6" aria-hidden="true"><rect class="first" width="${width}" height="6"/></svg>`;
  return { markup: `${bar} ${escapeHtml(text)}` };
}
