import type { ListedTensor, Slice } from "../../src/protocol/checkpoint-editor";
import { Choice } from "../ui/choice";
import { h, section, setText } from "../ui/dom";
import { bytesText, plural, shapeText } from "../ui/format";
import { FiguresPart } from "./figures/figures-part";
import { Heatmap } from "./heatmap/heatmap";
import { breakable } from "./list/tensor-name";
import type { Context, ListedView, Part } from "./part";
import { extentOf, firstSlice, fits, upright } from "./slice-model";
import { SlicePart } from "./slice-part";
import { ValuesGrid } from "./values/values-grid";

/** The selected tensor: what it is, its figures, and its values as a picture or as numbers. */
export function detailPart(context: Context): Part {
  const { host, ui } = context;
  const name = h("h2", { class: "tensor-title" });
  const facts = h("p", { class: "state" });
  const copy = h("button", { type: "button", class: "link" }, "Copy name");
  const close = h("button", { type: "button", class: "link" }, "Close");
  const figures = new FiguresPart(context);
  const slicePart = new SlicePart((slice) => {
    ui.set({ slice });
  });
  const heatmap = new Heatmap(host.tensors);
  const grid = new ValuesGrid(host.tensors, (text) => {
    host.post({ type: "copy", text });
  });
  const shown = new Choice(
    "shown",
    "Show values as",
    [
      ["picture", "Heatmap"],
      ["values", "Numbers"],
    ],
    (one) => {
      ui.set({ shown: one });
    },
  );
  const reduction = new Choice(
    "reduction",
    "A pixel of many values shows",
    [
      ["extreme", "Extreme"],
      ["mean", "Mean"],
    ],
    (one) => {
      ui.set({ reduction: one });
    },
  );
  const note = h("p", { class: "note" });
  const values = section(
    "plane",
    "Values",
    h("div", { class: "plane-choices" }, reduction.element, shown.element),
    slicePart.element,
    note,
    heatmap.element,
    grid.element,
  );
  copy.addEventListener("click", () => {
    if (ui.state.selected !== null) host.post({ type: "copy", text: ui.state.selected });
  });
  close.addEventListener("click", () => {
    ui.set({ selected: null, slice: null });
  });
  let before = "";

  /** Starts a picture or a grid only where what it shows has changed. */
  const showPlane = (tensor: ListedTensor, slice: Slice, revision: number): void => {
    const { state } = ui;
    const readable = tensor.kind !== "opaque" && tensor.parameters > 0;
    const picture = readable && state.shown === "picture";
    const numbers = readable && state.shown === "values";
    const now = JSON.stringify([
      revision,
      tensor.name,
      slice,
      state.shown,
      picture && state.reduction,
    ]);
    heatmap.element.hidden = !picture;
    grid.element.hidden = !numbers;
    reduction.element.hidden = !picture;
    note.hidden = readable;
    shown.element.hidden = !readable;
    setText(note, readable ? "" : unreadable(tensor));
    shown.show(state.shown);
    reduction.show(state.reduction);
    if (now === before) return;
    before = now;
    const { name: one, shape } = tensor;
    heatmap.show(
      picture
        ? { tensor: one, shape, slice, reduction: state.reduction, ...extentOf(shape, slice) }
        : null,
    );
    const tall = upright(slice);
    grid.show(numbers ? { tensor: one, slice: tall, ...extentOf(shape, tall) } : null);
  };

  return {
    element: h(
      "section",
      { class: "detail", "aria-label": "Tensor" },
      h("div", { class: "detail-head" }, name, h("div", { class: "actions" }, copy, close), facts),
      figures.element,
      values,
    ),
    update({ listing, revision }: ListedView) {
      const tensor = listing.tensors.find((one) => one.name === ui.state.selected);
      if (!tensor) {
        before = "";
        heatmap.show(null);
        grid.show(null);
        return;
      }
      if (name.dataset["name"] !== tensor.name) {
        name.dataset["name"] = tensor.name;
        name.replaceChildren(...breakable(tensor.name));
      }
      setText(facts, factsLine(tensor));
      figures.show(tensor, revision, ui.state.logCounts);
      const chosen = ui.state.slice;
      const slice = chosen && fits(tensor.shape, chosen) ? chosen : firstSlice(tensor.shape);
      slicePart.show(tensor.shape, slice);
      showPlane(tensor, slice, revision);
    },
  };
}

function factsLine({ dtype, shape, parameters, bytes, role, part }: ListedTensor): string {
  return [
    dtype,
    shapeText(shape),
    plural(parameters, "parameter"),
    ...(bytes === null ? [] : [bytesText(bytes)]),
    role,
    ...(part === undefined ? [] : [`in ${part}`]),
  ].join(" · ");
}

function unreadable({ parameters, dtype }: ListedTensor): string {
  return parameters === 0
    ? "This tensor has no elements."
    : `Values of type ${dtype} cannot be shown yet.`;
}
