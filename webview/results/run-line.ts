import type { LiveRun } from "../../src/protocol/live";
import type { ResultsPanelView } from "../../src/protocol/results-panel";
import { progressText } from "../../src/words/run-progress";
import { count } from "../ui/format";
import { h, setText } from "../ui/dom";
import type { Context, Part } from "./part";
import { runFolder, runWords } from "./run-words";

/**
 * The chosen run, and the way to its folder with its checkpoints and to what its command has printed.
 * @param runs those that figures are drawn of, or also those without results yet
 */
export function runLine({ host, ui }: Context, runs: "measured" | "all" = "measured"): Part {
  const words = h("span", { class: "run-text" });
  const folder = h("code");
  let key: string | null = null;
  const link = (label: string, onclick: () => void) =>
    h("button", { type: "button", class: "link", onclick }, label);
  const files = link("Show its files", () => {
    if (key !== null) host.post({ type: "showRun", key });
  });
  const output = link("Show its output", () => {
    const { selected } = ui.state;
    if (selected !== null) host.post({ type: "showOutput", run: selected });
  });
  const element = h(
    "p",
    { class: "run-line", role: "status" },
    words,
    folder,
    ...(host.report ? [] : [files, output]),
  );
  return {
    element,
    update(view: ResultsPanelView) {
      const { results, live } = view;
      const { selected } = ui.state;
      const measured = results?.runResults.find(({ run }) => run === selected);
      const begun = runs === "all" ? live?.runs.find(({ run }) => run === selected) : undefined;
      const stops = new Set(results?.levels.map(({ stop }) => stop)).size;
      const text = measured ? runWords(measured, stops) : begun ? unfinishedWords(begun) : null;
      element.hidden = text === null;
      key = measured?.key ?? null;
      setText(words, text ?? "");
      setText(folder, measured ? runFolder(measured) : "");
      files.hidden = !measured;
      output.hidden = !printed(view, begun);
    },
  };
}

/** A run without results yet; null where it has not begun. */
function unfinishedWords(run: LiveRun): string | null {
  const name = `run ${count(run.run)}`;
  switch (run.state) {
    case "queued":
      return null;
    case "running":
      return `${name} · ${progressText(run)}`;
    case "failed":
      return `${name} · failed: ${run.message}`;
    case "finished":
      return `${name} · finished`;
  }
}

/** Whether a run that has begun has an output: one by a command. Of one that failed first nobody says what it was. */
function printed({ results }: ResultsPanelView, run: LiveRun | undefined): boolean {
  if (results) return results.settings.kind === "command";
  return run?.state === "failed" || (run?.state === "running" && run.kind === "command");
}
