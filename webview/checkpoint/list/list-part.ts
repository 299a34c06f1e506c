import type { ListedTensor } from "../../../src/protocol/checkpoint-editor";
import { Choice } from "../../ui/choice";
import { h, setText } from "../../ui/dom";
import { count, plural } from "../../ui/format";
import { typesCharacter } from "../../ui/list-focus";
import { emptyWords } from "./empty-words";
import type { Context, ListedView, Part } from "../part";
import { roleFilter } from "./role-filter";
import { filtered, sorted, type Sort } from "./rows";
import { TensorTable } from "./tensor-table";
import { TensorTree } from "./tensor-tree";
import { buildTree, pathsTo, treeRows, type Group } from "./tree-model";

/** What the table and the tree tell of. */
export interface TensorChoice {
  select(name: string): void;
  sort(sort: Sort): void;
  /** A key that means nothing to a list. */
  otherKey(event: KeyboardEvent): void;
}

/** Fewer tensors than this are all unfolded at first. */
const UNFOLD = 40;

/** Search, filter, and the tensors as a table or a tree. */
export function listPart({ ui }: Context): Part {
  const search = h("input", {
    type: "search",
    class: "search",
    placeholder: "Search tensors",
    "aria-label": "Search tensors by name, type or shape",
    spellcheck: "false",
    autocomplete: "off",
  });
  const found = h("p", { class: "found", role: "status" });
  const role = roleFilter((one) => {
    ui.set({ role: one });
  });
  const layout = new Choice(
    "list",
    "Show tensors as",
    [
      ["table", "Table"],
      ["tree", "Tree"],
    ],
    (list) => {
      ui.set({ list });
    },
  );
  const none = h("p", { class: "none" });
  const clear = h("button", { type: "button", class: "link" }, "Show all tensors");
  const nothing = h("div", { class: "nothing" }, none, clear);
  const choice: TensorChoice = {
    select: (selected) => {
      if (ui.state.selected !== selected) ui.set({ selected, slice: null });
    },
    sort: (sort) => {
      ui.set({ sort });
    },
    otherKey: (event) => {
      if (typesCharacter(event)) search.focus();
    },
  };
  const table = new TensorTable(choice);
  let tree: { readonly of: readonly ListedTensor[]; readonly root: Group } | null = null;
  const treeView = new TensorTree(choice, (group, unfolded) => {
    const others = unfoldedPaths().filter((path) => path !== group.path);
    ui.set({ unfolded: unfolded ? [...others, group.path] : others });
  });
  let shown: readonly ListedTensor[] = [];
  let memory: { readonly key: string; readonly rows: readonly ListedTensor[] } | null = null;

  /** All groups of a small tree, the outermost of a large one, and those around the selected tensor. */
  const unfoldedPaths = (): readonly string[] => {
    if (ui.state.unfolded !== null) return ui.state.unfolded;
    if (!tree) return [];
    const around = ui.state.selected === null ? [] : pathsTo(tree.root, ui.state.selected);
    return [...around, ...groupPaths(tree.root, tree.of.length <= UNFOLD ? Infinity : 1)];
  };

  search.addEventListener("input", () => {
    ui.set({ search: search.value });
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    (ui.state.list === "table" ? table : treeView).element.focus();
    if (shown.length > 0 && !shown.some(({ name }) => name === ui.state.selected))
      choice.select(shown[0].name);
  });
  clear.addEventListener("click", () => {
    ui.set({ search: "", role: null });
    search.focus();
  });
  window.addEventListener("keydown", (event) => {
    if (event.key !== "f" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    search.select();
  });

  return {
    element: h(
      "section",
      { class: "list", "aria-label": "Tensors" },
      h("div", { class: "toolbar" }, search, role.element, found, layout.element),
      table.element,
      treeView.element,
      nothing,
    ),
    update(view: ListedView) {
      const { tensors } = view.listing;
      const { state } = ui;
      if (search.value !== state.search) search.value = state.search;
      layout.show(state.list);
      role.show(tensors, state.role);
      const key = JSON.stringify([view.revision, state.search, state.role, state.sort]);
      if (memory?.key !== key) {
        const rows = sorted(filtered(tensors, state.search, state.role), state.sort);
        memory = { key, rows };
      }
      shown = memory.rows;
      const isTable = state.list === "table";
      table.element.hidden = !isTable || shown.length === 0;
      treeView.element.hidden = isTable || shown.length === 0;
      nothing.hidden = shown.length > 0;
      clear.hidden = tensors.length === 0;
      setText(none, emptyWords(tensors.length, state.search, state.role));
      const all = shown.length === tensors.length;
      setText(found, all ? "" : `${count(shown.length)} of ${plural(tensors.length, "tensor")}`);
      if (isTable) table.show(shown, state.sort, state.selected);
      else {
        if (tree?.of !== shown) tree = { of: shown, root: buildTree(shown) };
        // What a search has found is unfolded; what was folded before stays so after it.
        const paths = new Set(unfoldedPaths());
        const searching = state.search.trim() !== "";
        treeView.show(
          treeRows(tree.root, (group) => searching || paths.has(group.path)),
          state.selected,
        );
      }
    },
  };
}

function groupPaths(group: Group, depth: number): readonly string[] {
  if (depth === 0) return [];
  return group.groups.flatMap((inner) => [inner.path, ...groupPaths(inner, depth - 1)]);
}
