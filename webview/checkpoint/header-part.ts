import type { CheckpointView } from "../../src/protocol/checkpoint-editor";
import { h, setAttribute, setText } from "../ui/dom";
import { failureSentence } from "./failure-words";
import { metadataPart } from "./metadata-part";
import type { Part } from "./part";
import { totalsLine, typesTooltip } from "./totals";

/** The file's name, what it holds in one line, its metadata, and a note where the file has changed and is unreadable. */
export function headerPart(): Part<CheckpointView> {
  const name = h("h1");
  const totals = h("p", { class: "state" });
  const note = h("p", { class: "note warning", role: "status" });
  const metadata = metadataPart();
  return {
    element: h(
      "header",
      {},
      h("div", { class: "title" }, h("div", { class: "words" }, name, totals)),
      note,
      metadata.element,
    ),
    update(view) {
      const { listing, failure } = view;
      setText(name, view.name);
      setAttribute(name, "title", view.path);
      setText(totals, listing ? totalsLine(listing) : failure ? "" : "reading…");
      setAttribute(totals, "title", listing ? typesTooltip(listing) : "");
      const stale = listing !== null && failure !== null;
      note.hidden = !stale;
      setText(
        note,
        stale
          ? `The file has changed and cannot be read now: ${failureSentence(failure)} This is what was in it before; it is read again at its next change.`
          : "",
      );
      metadata.update(view);
    },
  };
}
