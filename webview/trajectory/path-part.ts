import type { TrajectoryPath } from "../../src/protocol/trajectory";
import { h, section, setText } from "../ui/dom";
import { figure, fixed } from "../ui/format";
import type { Context, Part } from "./part";
import { leftOut, pathSentence } from "./words";

/** Path length against net distance, in large figures and in words; and what was left out. */
export function pathPart({ ui }: Context): Part {
  const large = (label: string, title: string) => {
    const value = h("span");
    return { value, element: h("div", { title }, h("dd", {}, value), h("dt", {}, label)) };
  };
  const net = large("net distance", "From the first checkpoint to the last");
  const length = large("path length", "Sum of the distances from checkpoint to checkpoint");
  const ratio = large("path / net", "1 for a straight line");
  const sentence = h("p", { class: "sentences" });
  const cautions = h("div", { class: "cautions" });
  return {
    element: section(
      "path",
      "Path",
      h("dl", { class: "large" }, net.element, length.element, ratio.element),
      sentence,
      cautions,
      h(
        "p",
        { class: "note" },
        "Distance is ordinal: compare it within one model and one configuration (learning rate, steps, input scaling).",
      ),
    ),
    update({ trajectory }) {
      const tensor = trajectory.tensors.find(({ name }) => name === ui.state.selected);
      const path: TrajectoryPath = tensor ?? trajectory;
      setText(net.value, figure(path.netDistance));
      setText(length.value, figure(path.pathLength));
      setText(ratio.value, path.pathRatio === null ? "–" : fixed(path.pathRatio, 2));
      setText(sentence, pathSentence(path));
      const lines = leftOut(trajectory);
      if (cautions.textContent !== lines.join(""))
        cautions.replaceChildren(...lines.map((line) => h("p", { class: "warning" }, line)));
    },
  };
}
