import { floorSentences } from "../../src/words/floor-words";
import { h, section } from "../ui/dom";
import type { Part } from "./part";

/** What of a distance is chance alone: two runs of one seed. */
export function floorPart(): Part {
  const sentences = h("div", { class: "sentences" });
  const element = section("floor", "The same seed twice", sentences);
  return {
    element,
    update({ results }) {
      const lines = results?.floor ? floorSentences(results.floor) : [];
      element.hidden = lines.length === 0;
      if (sentences.textContent !== lines.join(""))
        sentences.replaceChildren(...lines.map((line) => h("p", {}, line)));
    },
  };
}
