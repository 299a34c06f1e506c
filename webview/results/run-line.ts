import type { ResultsPanelView } from "../../src/protocol/results-panel";
import { h, setText } from "../ui/dom";
import type { Context, Part } from "./part";
import { runFolder, runWords } from "./run-words";

/** The chosen run, and the way to its folder with its checkpoints. */
export function runLine({ host, ui }: Context): Part {
  const words = h("span");
  const folder = h("code");
  let key: string | null = null;
  const button = h(
    "button",
    {
      type: "button",
      class: "link",
      onclick: () => {
        if (key !== null) host.post({ type: "showRun", key });
      },
    },
    "Show its files",
  );
  const element = h(
    "p",
    { class: "run-line", role: "status" },
    words,
    folder,
    host.report ? null : button,
  );
  return {
    element,
    update({ results }: ResultsPanelView) {
      const run = results?.runResults.find((one) => one.run === ui.state.selected);
      element.hidden = run === undefined;
      key = run?.key ?? null;
      if (!results || !run) return;
      const stops = new Set(results.levels.map(({ stop }) => stop)).size;
      setText(words, runWords(run, stops));
      setText(folder, runFolder(run));
    },
  };
}
