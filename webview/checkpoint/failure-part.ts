import type { CheckpointView } from "../../src/protocol/checkpoint-editor";
import { h, setText } from "../ui/dom";
import { failurePlace } from "./failure-words";
import type { Context, Part } from "./part";

/** What is shown in place of a checkpoint that cannot be read: one error, and what to do about it. */
export function failurePart({ host }: Context): Part<CheckpointView> {
  const reason = h("p", { class: "reason" });
  const file = h("dd");
  const place = h("dd");
  const placeName = h("dt", {}, "Where");
  const action = (label: string, name: "retry" | "reopenText" | "reopenWith", kind: string) =>
    h(
      "button",
      {
        type: "button",
        class: kind,
        onclick: () => {
          host.post({ type: "action", action: name });
        },
      },
      label,
    );
  return {
    element: h(
      "main",
      { class: "failure-page", role: "alert" },
      h("h2", {}, "This checkpoint cannot be read"),
      reason,
      h("dl", { class: "facts" }, h("dt", {}, "File"), file, placeName, place),
      h(
        "p",
        { class: "actions" },
        action("Try Again", "retry", "primary"),
        action("Reopen as Text", "reopenText", "link"),
        action("Reopen With…", "reopenWith", "link"),
      ),
      h(
        "p",
        { class: "note" },
        "To see its bytes, choose Reopen With… and a hex editor, where one is installed.",
      ),
    ),
    update({ failure, path }) {
      if (failure === null) return;
      setText(reason, `${failure.reason.charAt(0).toUpperCase()}${failure.reason.slice(1)}.`);
      setText(file, failure.file ?? path);
      setText(place, failurePlace(failure));
      placeName.hidden = place.hidden = failure.offset === null;
    },
  };
}
