import type { CheckpointView } from "../../src/protocol/checkpoint-editor";
import { h, setText } from "../ui/dom";
import { plural } from "../ui/format";
import type { Part } from "./part";

/** A value longer than this is cut until it is asked for: some files carry whole tokenizers. */
const CUT = 400;

function valueCell(value: string): HTMLElement {
  const cell = h("dd", {}, value.length > CUT ? `${value.slice(0, CUT)}… ` : value);
  if (value.length > CUT) {
    const more = h("button", { type: "button", class: "link" }, "Show all");
    more.addEventListener("click", () => {
      setText(cell, value);
    });
    cell.append(more);
  }
  return cell;
}

/** What the file says about itself, folded away. */
export function metadataPart(): Part<CheckpointView> {
  const summary = h("summary");
  const list = h("dl");
  const element = h("details", { class: "metadata" }, summary, list);
  let shown = -1;
  return {
    element,
    update({ listing, revision }) {
      const metadata = listing?.metadata ?? [];
      element.hidden = metadata.length === 0;
      if (revision === shown) return;
      shown = revision;
      setText(summary, plural(metadata.length, "metadata entry", "metadata entries"));
      list.replaceChildren(
        ...metadata.flatMap(([key, value]) => [h("dt", {}, key), valueCell(value)]),
      );
    },
  };
}
