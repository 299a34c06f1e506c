import type { Comparison } from "../../src/protocol/comparison";
import { h, section, setAttribute, setText } from "../ui/dom";
import { figure, percent } from "../ui/format";
import { degrees, largestPlace } from "./derived-figures";
import type { Part } from "./part";
import { warnings } from "./warnings";

/** No line may begin with the sign. */
const PER_CENT = "\u202f%";

interface Figure {
  readonly label: string;
  readonly title: string;
  readonly value: (comparison: Comparison) => string;
}

const FIGURES: readonly Figure[] = [
  {
    label: "distance",
    title: "Euclidean distance |B − A| over all compared tensors",
    value: ({ distance }) => figure(distance),
  },
  {
    label: "relative",
    title: "Distance over A's own length |A|",
    value: ({ relativeDistance: value }) => (value === null ? "–" : percent(100 * value)),
  },
  {
    label: "RMS change",
    title:
      "Root mean square of the changes: distance over the square root of the number of parameters",
    value: ({ rmsChange }) => figure(rmsChange, 3),
  },
  {
    label: "rotation",
    title: "Angle between A and B as one vector each",
    value: (comparison) => {
      const angle = degrees(comparison);
      return angle === null ? "–" : `${figure(angle, 3)}°`;
    },
  },
  {
    label: "changed",
    title: "Share of values that are not equal in A and B",
    value: ({ changedShare }) => (changedShare === null ? "–" : percent(100 * changedShare)),
  },
  {
    label: "largest change",
    title: "Largest change of one value",
    value: ({ maxChange }) => figure(maxChange, 3),
  },
];

/** The total in large figures, what they say in words, and what can mislead in them. */
export function figuresPart(): Part {
  const values = FIGURES.map(() => h("span"));
  const blocks = FIGURES.map(({ label, title }, i) =>
    h("div", { title }, h("dd", {}, values[i]), h("dt", {}, label)),
  );
  const sentences = h("div", { class: "sentences" });
  const place = h("p", { class: "note place" });
  const cautions = h("div", { class: "cautions" });
  const fill = (element: HTMLElement, lines: readonly string[], kind: string): void => {
    if (element.textContent !== lines.join(""))
      element.replaceChildren(...lines.map((line) => h("p", { class: kind }, line)));
  };
  return {
    element: section(
      "figures",
      "From A to B",
      h("dl", { class: "large" }, ...blocks),
      sentences,
      place,
      cautions,
      h(
        "p",
        { class: "note" },
        "Distance is ordinal: more or less of it means something within one model and one configuration (learning rate, steps, input scaling). Hidden units can be permuted without changing the function.",
      ),
    ),
    update({ comparison, summary }) {
      FIGURES.forEach(({ value }, i) => {
        setText(values[i], value(comparison));
      });
      const at = largestPlace(comparison);
      setAttribute(
        blocks[blocks.length - 1],
        "title",
        at === "" ? "" : `Largest change of one value: ${at}`,
      );
      setText(place, at === "" ? "" : `The largest change is in ${at}.`);
      place.hidden = at === "";
      fill(
        sentences,
        summary.map((sentence) => sentence.replaceAll(" %", PER_CENT)),
        "",
      );
      fill(cautions, warnings(comparison), "warning");
    },
  };
}
