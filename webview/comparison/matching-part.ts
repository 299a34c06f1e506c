import type { Comparison, TensorConflict, Unreadable } from "../../src/protocol/comparison";
import { h, section, setText } from "../ui/dom";
import { count, plural, shapeText } from "../ui/format";
import type { Context, Part } from "./part";

/** More names are not listed: the command line and the CSV have them all. */
const MOST = 500;

interface NameList {
  readonly title: string;
  readonly names: readonly string[];
}

/** What was matched and what was not, with the reasons; and whether more than weights take part. */
export function matchingPart({ host }: Context): Part {
  const sentence = h("p", { class: "matched" });
  const lists = h("div", { class: "lists" });
  const everything = h("input", {
    type: "checkbox",
    onchange: () => {
      host.post({ type: "all", all: everything.checked });
    },
  });
  let drawn: Comparison | null = null;
  return {
    element: section(
      "matching",
      "What was compared",
      sentence,
      host.report
        ? null
        : h(
            "label",
            { class: "everything" },
            everything,
            "All tensors: also buffers and moving averages of weights",
          ),
      lists,
    ),
    update({ comparison, all, leftOut }) {
      everything.checked = all;
      if (comparison === drawn) return;
      drawn = comparison;
      setText(sentence, matchedSentence(comparison));
      lists.replaceChildren(...nameLists(comparison, leftOut).map(details));
    },
  };
}

function matchedSentence({
  tensors,
  parameters,
  unmatched,
  onlyInA,
  onlyInB,
  conflicts,
}: Comparison): string {
  const rest =
    unmatched.a.length + unmatched.b.length === 0
      ? "; each float tensor has its match in the other file."
      : `; ${count(onlyInA.length)} only in A, ${count(onlyInB.length)} only in B, ${count(conflicts.length)} not comparable.`;
  return `${plural(tensors.length, "tensor")} with ${plural(parameters, "parameter")} matched by name and shape${rest}`;
}

function nameLists(comparison: Comparison, leftOut: readonly string[]): readonly NameList[] {
  return [
    { title: "Only in A", names: comparison.onlyInA },
    { title: "Only in B", names: comparison.onlyInB },
    { title: "Not comparable", names: comparison.conflicts.map(conflictWords) },
    { title: "Integers or booleans, not counted", names: comparison.notCounted },
    { title: "Not read in A", names: withReasons(comparison.unreadable.a) },
    { title: "Not read in B", names: withReasons(comparison.unreadable.b) },
    { title: "Left out by patterns", names: leftOut },
  ].filter(({ names }) => names.length > 0);
}

function withReasons(list: readonly Unreadable[]): string[] {
  return list.map(({ name, reason }) => `${name}: ${reason}`);
}

function conflictWords({ name, reason, a, b }: TensorConflict): string {
  return reason === "shape"
    ? `${name}: ${shapeText(a.shape)} in A, ${shapeText(b.shape)} in B`
    : `${name}: ${a.dtype} in A, ${b.dtype} in B`;
}

function details({ title, names }: NameList): HTMLElement {
  const more = names.length - MOST;
  return h(
    "details",
    {},
    h("summary", {}, `${title} (${count(names.length)})`),
    h(
      "ul",
      {},
      ...names.slice(0, MOST).map((name) => h("li", {}, name)),
      more > 0 ? h("li", {}, `and ${count(more)} more`) : null,
    ),
  );
}
