import type { Failure } from "../../src/protocol/rpc";
import { h, setText } from "./dom";
import { count } from "./format";

export interface FailurePage {
  readonly element: HTMLElement;
  show(failure: Failure): void;
}

/** What is shown in place of figures that cannot be had: one error, with the file and the place in it. */
export function failurePage(title: string, again: () => void): FailurePage {
  const reason = h("p", { class: "reason" });
  const file = h("dd");
  const place = h("dd");
  const [fileName, placeName] = [h("dt", {}, "File"), h("dt", {}, "Where")];
  return {
    element: h(
      "section",
      { class: "part failure-page", role: "alert" },
      h("h2", {}, title),
      reason,
      h("dl", { class: "facts" }, fileName, file, placeName, place),
      h("p", {}, h("button", { type: "button", class: "primary", onclick: again }, "Try Again")),
    ),
    show(failure) {
      setText(reason, `${failure.reason.charAt(0).toUpperCase()}${failure.reason.slice(1)}.`);
      setText(file, failure.file ?? "");
      setText(place, failure.offset === null ? "" : `at byte ${count(failure.offset)}`);
      fileName.hidden = file.hidden = failure.file === null;
      placeName.hidden = place.hidden = failure.offset === null;
    },
  };
}
