import type { TrajectoryView } from "../../src/protocol/trajectory-panel";
import { h, setText } from "../ui/dom";
import type { Part } from "./part";

/** Stands where the curves will be: what was found so far, and what is looked for. */
export function emptyPart(): Part<TrajectoryView> {
  const title = h("h2");
  const words = h("p", { class: "note" });
  const list = h("div", { class: "cautions" });
  return {
    element: h("section", { class: "part empty", role: "status" }, title, words, list),
    update({ found, folder }) {
      const count = found?.files.length ?? 0;
      setText(title, count === 0 ? "No checkpoint yet" : "One checkpoint so far");
      const begin = found?.files.at(0)?.split(/[\\/]/).at(-1) ?? "";
      setText(
        words,
        `${count === 0 ? "" : `${begin} is the beginning; a trajectory needs a second. `}${
          folder
            ? "This page looks for checkpoints of any format directly in the folder, such as model-100.safetensors, step_200.pt or folders like checkpoint-300, and shows the next one as soon as a training has written it."
            : "Choose at least two checkpoints of one model."
        }`,
      );
      const lines = (found?.skipped ?? []).map(
        ({ file, reason }) => `${file.split(/[\\/]/).at(-1) ?? file} was skipped: ${reason}.`,
      );
      if (list.textContent !== lines.join(""))
        list.replaceChildren(...lines.map((line) => h("p", { class: "warning" }, line)));
    },
  };
}
