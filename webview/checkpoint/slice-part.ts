import type { Slice } from "../../src/protocol/checkpoint-editor";
import { h, setAttribute } from "../ui/dom";
import { withAxis, withIndex } from "./slice-model";

/** Which two axes of a tensor of more are shown, and where the others stand. */
export class SlicePart {
  readonly element = h("div", { class: "slice", role: "group", "aria-label": "Slice" });
  private shape = "";
  private controls: ((slice: Slice) => void)[] = [];
  private slice: Slice | null = null;

  constructor(private readonly chosen: (slice: Slice) => void) {}

  show(shape: readonly number[], slice: Slice): void {
    this.element.hidden = shape.length < 3;
    this.slice = slice;
    const key = shape.join();
    if (key !== this.shape) {
      this.shape = key;
      this.build(shape);
    }
    for (const update of this.controls) update(slice);
  }

  private build(shape: readonly number[]): void {
    this.controls = [];
    this.element.replaceChildren(
      this.axisChoice("rows", "rowAxis", shape),
      this.axisChoice("columns", "columnAxis", shape),
      ...shape.map((size, axis) => this.indexBox(axis, size)),
    );
  }

  private axisChoice(
    label: string,
    which: "rowAxis" | "columnAxis",
    shape: readonly number[],
  ): HTMLElement {
    const select = h(
      "select",
      {
        onchange: () => {
          this.chosen(withAxis(this.slice!, which, Number(select.value)));
        },
      },
      ...shape.map((size, axis) => h("option", { value: axis }, `axis ${axis} (${size})`)),
    );
    this.controls.push((slice) => {
      select.value = String(slice[which]);
    });
    return h("label", {}, label, select);
  }

  private indexBox(axis: number, size: number): HTMLElement {
    const last = Math.max(0, size - 1);
    const input = h("input", {
      type: "number",
      min: 0,
      max: last,
      step: 1,
      onchange: () => {
        const index = Math.min(last, Math.max(0, Math.round(Number(input.value) || 0)));
        input.value = String(index);
        this.chosen(withIndex(this.slice!, axis, index));
      },
    });
    const label = h("label", {}, `axis ${axis}`, input, h("span", {}, `of ${size}`));
    this.controls.push((slice) => {
      label.hidden = axis === slice.rowAxis || axis === slice.columnAxis;
      if (document.activeElement !== input) input.value = String(slice.at[axis]);
      setAttribute(input, "aria-label", `Index along axis ${axis}, 0 to ${last}`);
    });
    return label;
  }
}
