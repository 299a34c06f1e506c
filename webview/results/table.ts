import { h, type Child } from "../ui/dom";

/** A plain table: the first column names the rows, figures follow. Without heads the rows' names say it all. */
export function plainTable(
  label: string,
  heads: readonly Child[],
): { readonly element: HTMLTableElement; readonly body: HTMLTableSectionElement } {
  const body = h("tbody");
  const cells = heads.map((head) => h("th", { scope: "col" }, head));
  const head = heads.length === 0 ? null : h("thead", {}, h("tr", {}, ...cells));
  const element = h("table", { "aria-label": label }, head, body);
  return { element, body };
}

/** A row: its name as a header cell, then a cell for each child. */
export function plainRow(name: Child, cells: readonly Child[]): HTMLTableRowElement {
  return h("tr", {}, h("th", { scope: "row" }, name), ...cells.map((cell) => h("td", {}, cell)));
}

/** A bar of this share (0 to 1) of its cell, beside its figure, which carries the meaning for all readers. */
export function bar(share: number, words: string, kind = ""): HTMLElement {
  const filled = h("i");
  filled.style.width = `${100 * Math.min(1, Math.max(0, share))}%`;
  return h(
    "span",
    { class: `bar ${kind}`.trim() },
    h("span", { class: "track", "aria-hidden": "true" }, filled),
    words === "" ? null : h("span", { class: "share" }, words),
  );
}
