import type { ResultsPanelView } from "../../src/protocol/results-panel";
import { arrange, h, setAttribute, setText } from "../ui/dom";
import type { Context, Part } from "./part";
import { rowsOf } from "./rows";
import { provenance } from "./sentences";
import { actionsFor, announcement, phaseOf, stateLine, totalProgress, type Action } from "./status";

/** Name, state in words, actions and the progress bar. */
export function headerPart({ host }: Context): Part {
  const name = h("h1");
  const origin = h("p", { class: "origin" });
  const state = h("p", { class: "state" });
  const message = h("p", { class: "failure", role: "alert" });
  const spoken = h("p", { class: "unseen", role: "status" });
  const actions = h("div", { class: "actions", role: "group", "aria-label": "Experiment" });
  const done = h("div", { class: "done" });
  const bar = h(
    "div",
    {
      class: "progress",
      role: "progressbar",
      "aria-label": "Runs",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
    },
    done,
  );
  const buttons = new Map<Action, HTMLButtonElement>();

  const showActions = (view: ResultsPanelView): void => {
    // Buttons are kept by action, so the one in use stays focused while the others come and go.
    const wanted = actionsFor(view).map(({ action, label, primary }) => {
      let button = buttons.get(action);
      if (button === undefined) {
        button = h("button", {
          type: "button",
          onclick: () => {
            host.post({ type: "action", action });
          },
        });
        buttons.set(action, button);
      }
      setText(button, label);
      setAttribute(button, "class", primary ? "primary" : "link");
      return button;
    });
    arrange(actions, wanted);
  };

  return {
    element: h(
      "header",
      {},
      h(
        "div",
        { class: "title" },
        h("div", { class: "words" }, name, state, origin),
        host.report ? null : actions,
      ),
      message,
      spoken,
      bar,
    ),
    update(view) {
      setText(name, view.name);
      setText(origin, view.results === null ? "" : provenance(view.results));
      setText(state, stateLine(view));
      setText(spoken, announcement(view));
      const phase = phaseOf(view);
      const failure = phase === "failed" ? view.live?.message : null;
      setText(message, failure ?? "");
      message.hidden = failure == null;
      const share = totalProgress(
        view,
        rowsOf(view).reduce((sum, row) => sum + (row.progress ?? 0), 0),
      );
      done.style.width = `${100 * share}%`;
      setAttribute(bar, "aria-valuenow", String(Math.round(100 * share)));
      bar.classList.toggle("quiet", phase === "done" || phase === "never");
      if (!host.report) showActions(view);
    },
  };
}
