import { h } from "../ui/dom";

/** Figures in large, and what they mean in plain words. */
export function summaryPart(
  figures: readonly (readonly [name: string, value: string])[],
  sentences: readonly string[],
): HTMLElement {
  return h(
    "section",
    { class: "part summary" },
    h(
      "dl",
      { class: "large" },
      ...figures.map(([name, value]) => h("div", {}, h("dd", {}, value), h("dt", {}, name))),
    ),
    h("div", { class: "sentences" }, ...sentences.map((sentence) => h("p", {}, sentence))),
  );
}
