import type { PaperFigure } from "../../src/protocol/findings";
import type { Results } from "../../src/protocol/results";
import { warningsOf } from "../../src/words/warning-words";
import { h } from "../ui/dom";

/** The warnings that belong to some figures, where the figures stand: first what is wrong here, then what always holds. */
export function figureNotes(): {
  readonly element: HTMLElement;
  show(results: Results, figures: readonly PaperFigure[]): void;
} {
  const element = h("div", { class: "figure-notes" });
  let shown = "";
  return {
    element,
    show(results, figures) {
      const { cautions, notes } = warningsOf(results, figures);
      const now = JSON.stringify([cautions, notes]);
      if (now === shown) return;
      shown = now;
      element.replaceChildren(
        ...cautions.map((text) => h("p", { class: "warning" }, text)),
        ...(notes.length === 0 ? [] : [h("p", { class: "note" }, notes.join(" "))]),
      );
    },
  };
}
