import { h } from "../dom";

/** Pixels between what is pointed at and the tooltip. */
const GAP = 10;

/** Lines of text beside what is pointed at or focused, inside a positioned box. */
export class Tooltip {
  readonly element = h("div", { class: "chart-tooltip", "aria-hidden": "true" });

  constructor() {
    this.hide();
  }

  /** Shows lines, the first in bold, beside a place given in pixels of the box. */
  show(lines: readonly string[], x: number, y: number): void {
    this.element.replaceChildren(...lines.map((line, i) => h(i === 0 ? "b" : "span", {}, line)));
    this.element.hidden = false;
    const box = this.element.offsetParent;
    const { offsetWidth, offsetHeight } = this.element;
    const width = box?.clientWidth ?? 0;
    const right = x + GAP + offsetWidth <= width;
    this.element.style.left = `${Math.max(0, right ? x + GAP : x - GAP - offsetWidth)}px`;
    this.element.style.top = `${Math.max(0, y - offsetHeight - GAP)}px`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}
