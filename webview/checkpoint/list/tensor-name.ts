import type { ListedTensor } from "../../../src/protocol/checkpoint-editor";
import { h } from "../../ui/dom";

/** A name whose first modules give way where it does not fit: its end tells tensors apart. */
export function tensorName({ name, part }: ListedTensor): HTMLElement {
  const whole = part === undefined ? name : `${part}.${name}`;
  const cut = Math.max(whole.lastIndexOf("."), whole.lastIndexOf("/")) + 1;
  return h(
    "span",
    { class: "name", title: whole },
    cut > 0 ? h("span", { class: "stem" }, h("bdi", {}, whole.slice(0, cut))) : null,
    h("span", { class: "leaf" }, whole.slice(cut)),
  );
}

/** The name with places to break after its dots and slashes. */
export function breakable(name: string): (Node | string)[] {
  return name.split(/(?<=[./])/).flatMap((piece) => [piece, h("wbr")]);
}
