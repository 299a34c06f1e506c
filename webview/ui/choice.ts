import { h } from "./dom";

/** A row of words of which one is chosen: native radio buttons, so arrow keys and screen readers work as they know. */
export class Choice<T extends string> {
  readonly element: HTMLFieldSetElement;
  private readonly inputs = new Map<T, HTMLInputElement>();

  constructor(
    name: string,
    legend: string,
    options: readonly (readonly [T, string])[],
    chosen: (value: T) => void,
  ) {
    const labels = options.map(([value, words]) => {
      const input = h("input", {
        type: "radio",
        name,
        value,
        onchange: () => {
          chosen(value);
        },
      });
      this.inputs.set(value, input);
      return h("label", {}, input, h("span", {}, words));
    });
    this.element = h(
      "fieldset",
      { class: "choice" },
      h("legend", { class: "unseen" }, legend),
      ...labels,
    );
  }

  /** Shows which is chosen. */
  show(value: T): void {
    const input = this.inputs.get(value);
    if (input !== undefined) input.checked = true;
  }
}
