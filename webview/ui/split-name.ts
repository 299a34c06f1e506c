import { h } from "./dom";

/**
 * A tensor's name with its last two parts in the foreground, as they tell a layer's tensors from each other; where there
 * is no room for all, the beginning goes first.
 * @param title for a tooltip
 */
export function splitName(name: string, title = name): HTMLElement {
  const leaf = /[^./]*[./]?[^./]*$/.exec(name)?.[0] ?? name;
  const stem = name.slice(0, name.length - leaf.length);
  return h(
    "span",
    { class: "name", title },
    h("span", { class: "stem" }, h("bdi", {}, stem)),
    h("span", { class: "leaf" }, leaf),
  );
}
