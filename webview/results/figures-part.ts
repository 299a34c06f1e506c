import type { Results } from "../../src/protocol/results";
import { prunedSentence } from "../../src/words/floor-words";
import { h, section, type Child, setText } from "../ui/dom";
import { figure, fixed, meanDecimals } from "../ui/format";
import type { Part } from "./part";
import { hasLevelFigure } from "./levels/levels-part";
import { nearestSentences } from "./sentences";

interface Figure {
  readonly element: HTMLElement;
  show(value: string, unit?: string, spread?: string): void;
}

function large(label: readonly Child[], title: string): Figure {
  const value = h("span");
  const unit = h("small");
  const spread = h("span");
  const element = h("div", { title }, h("dd", {}, value, unit), h("dt", {}, ...label, spread));
  return {
    element,
    show(text, of = "", around = "") {
      setText(value, text);
      setText(unit, of);
      setText(spread, around);
    },
  };
}

/** The Table 2 row as large figures, the accuracy beside it, and the nearest check that lets them be read. */
export function figuresPart(): Part {
  const mean = large(
    ["mean distance"],
    "Mean over runs of the Euclidean distance between initial and final weights",
  );
  const std = large(["std deviation"], "Standard deviation over runs, with n − 1");
  const cv = large(
    ["variation c", h("sub", {}, "v")],
    "Coefficient of variation: 100 · standard deviation / mean",
  );
  const accuracy = large(
    [h("span", { class: "roomy" }, "test "), "accuracy"],
    "Mean over runs ± standard deviation (n − 1), in per cent",
  );
  const nearest = h("div", { class: "sentences" });
  const update = (results: Results): void => {
    const { statistics, accuracy: tested, nearest: check } = results;
    const decimals = meanDecimals(statistics?.mean ?? 0, statistics?.std ?? null);
    mean.show(fixed(statistics?.mean ?? null, decimals));
    std.show(fixed(statistics?.std ?? null, decimals));
    cv.show(figure(statistics?.cvPercent ?? null, 3), "%");
    accuracy.element.hidden = tested === null;
    if (tested !== null)
      accuracy.show(
        fixed(100 * tested.mean, 2),
        "%",
        tested.std === null ? "" : ` ± ${fixed(100 * tested.std, 2)}`,
      );
    const { good, text: found } = nearestSentences(check);
    const pruned = check && prunedSentence(results);
    const text = pruned ? [...found, pruned] : found;
    nearest.classList.toggle("warning", !good);
    if (nearest.textContent !== text.join(""))
      nearest.replaceChildren(...text.map((line) => h("p", {}, line)));
  };
  const element = section(
    "figures",
    "Distance travelled",
    h("dl", { class: "large" }, mean.element, std.element, cv.element, accuracy.element),
    nearest,
  );
  return {
    element,
    update(view) {
      element.hidden = hasLevelFigure(view.results);
      if (view.results !== null) update(view.results);
    },
  };
}
