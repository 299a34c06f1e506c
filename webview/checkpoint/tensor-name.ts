import type { ListedTensor } from "../../src/protocol/checkpoint-editor";
import { h, type Child } from "../ui/dom";

/** A name whose modules give way first where it does not fit: the last part tells tensors apart. */
export function tensorName({ name, part }: ListedTensor): HTMLElement {
  const whole = part === undefined ? name : `${part}.${name}`;
  const cut = Math.max(whole.lastIndexOf("."), whole.lastIndexOf("/")) + 1;
  return h(
    "span",
    { class: "name", title: whole },
    cut > 0 ? h("span", { class: "stem" }, whole.slice(0, cut)) : null,
    h("span", { class: "leaf" }, whole.slice(cut)),
  );
}

/** The name with places to break after its dots and slashes. */
export function breakable(name: string): Child[] {
  return name.split(/(?<=[./])/).flatMap((piece) => [piece, h("wbr")]);
}
