import type { Results } from "../../src/protocol/results";
import { h, section, setText } from "../ui/dom";
import { fixed, meanDecimals, percent } from "../ui/format";
import type { Part } from "./part";
import { accuracyText, divergedSentence, nearestSentences } from "./sentences";

interface Figure {
  readonly element: HTMLElement;
  show(value: string, spread?: string): void;
}

function large(label: string, title: string): Figure {
  const value = h("b");
  const spread = h("small");
  const element = h("div", { title }, h("dd", {}, value, spread), h("dt", {}, label));
  return {
    element,
    show(text, around = "") {
      setText(value, text);
      setText(spread, around);
    },
  };
}

/** The Table 2 row as large figures, the accuracy beside it, and the nearest check that lets them be read. */
export function figuresPart(): Part {
  const mean = large(
    "mean, initial to final",
    "Mean over runs of the Euclidean distance between initial and final weights",
  );
  const std = large("standard deviation", "Standard deviation over runs, with n − 1");
  const cv = large("variation c_v", "Coefficient of variation: 100 · standard deviation / mean");
  const accuracy = large(
    "test accuracy",
    "Mean over runs ± standard deviation (n − 1), in per cent",
  );
  const nearest = h("div", { class: "sentences" });
  const caution = h(
    "p",
    { class: "note" },
    "Distance is ordinal: more or less of it means something within one model and one configuration (learning rate, steps, input scaling), not between them.",
  );
  const diverged = h("p", { class: "sentences warning" });
  const update = (results: Results): void => {
    const { statistics, accuracy: tested, nearest: check } = results;
    const decimals = meanDecimals(statistics?.mean ?? 0, statistics?.std ?? null);
    mean.show(fixed(statistics?.mean ?? null, decimals));
    std.show(fixed(statistics?.std ?? null, decimals));
    cv.show(percent(statistics?.cvPercent ?? null, 3));
    setText(diverged, divergedSentence(results));
    diverged.hidden = results.diverged === 0;
    accuracy.element.hidden = tested === null;
    if (tested !== null) {
      const words = accuracyText(tested.mean, tested.std);
      accuracy.show(words.value, words.spread);
    }
    const { good, text } = nearestSentences(check);
    nearest.classList.toggle("warning", !good);
    if (nearest.textContent !== text.join(""))
      nearest.replaceChildren(...text.map((line) => h("p", {}, line)));
  };
  return {
    element: section(
      "figures",
      "Distance travelled",
      h("dl", { class: "large" }, mean.element, std.element, cv.element, accuracy.element),
      nearest,
      diverged,
      caution,
    ),
    update(view) {
      if (view.results !== null) update(view.results);
    },
  };
}
