import type { Results } from "../../src/protocol/results";
import { sampleText } from "../../src/words/sample-words";
import { h, setText } from "../ui/dom";

/** What a figure was made of, under it: N, seeds, and what was counted. */
export function sampleLine(): {
  readonly element: HTMLElement;
  /** @param runs of the first so many runs; of all by default */
  show(results: Results, runs?: number): void;
} {
  const element = h("p", { class: "note sample" });
  let shown: Results | null = null;
  return {
    element,
    show(results, runs) {
      if (results === shown) return;
      shown = results;
      setText(element, sampleText(results, runs));
    },
  };
}
