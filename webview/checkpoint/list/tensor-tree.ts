import { h, setAttribute } from "../../ui/dom";
import { count, plural, shapeText } from "../../ui/format";
import { keepFocus } from "../../ui/list-focus";
import { listKey } from "../../ui/list-keys";
import { VirtualList } from "../../ui/virtual-list";
import type { TensorChoice } from "./list-part";
import { isGroup, type Group, type TreeRow } from "./tree-model";
import { treeKey } from "./tree-keys";

const ROW = 22;
const rowId = (index: number): string => `item-${index}`;

/** The tensors by module, folded as one likes, with rows for what is in sight only. */
export class TensorTree {
  private readonly list = new VirtualList({ rowHeight: ROW, row: (index) => this.row(index) });
  readonly element = h(
    "div",
    { class: "tensor-tree", role: "tree", tabindex: 0, "aria-label": "Tensors by module" },
    this.list.element,
  );
  private rows: readonly TreeRow[] = [];
  /** The path of the group, or name of the tensor, that keys act on. */
  private focused: string | null = null;
  private selected: string | null = null;

  constructor(
    private readonly choice: TensorChoice,
    private readonly fold: (group: Group, unfolded: boolean) => void,
  ) {
    this.element.addEventListener("keydown", (event) => {
      this.key(event);
    });
    keepFocus(this.element, this.list.element);
  }

  show(rows: readonly TreeRow[], selected: string | null): void {
    const newlySelected = selected !== this.selected;
    this.rows = rows;
    this.selected = selected;
    if (newlySelected) this.focused = selected === null ? null : `=${selected}`;
    this.list.show(rows.length);
    if (newlySelected && this.focusIndex >= 0) this.list.reveal(this.focusIndex);
    this.markFocus();
  }

  private get focusIndex(): number {
    return this.rows.findIndex((row) => keyOf(row) === this.focused);
  }

  private focus(index: number): void {
    const row = this.rows[index];
    this.focused = keyOf(row);
    this.list.reveal(index);
    this.markFocus();
    if (!isGroup(row.node)) this.choice.select(row.node.tensor.name);
  }

  private markFocus(): void {
    const index = this.focusIndex;
    for (const row of this.list.element.querySelectorAll(".focused"))
      row.classList.remove("focused");
    this.list.row(index)?.classList.add("focused");
    const inSight = this.list.row(index) !== undefined;
    setAttribute(this.element, "aria-activedescendant", inSight ? rowId(index) : null);
  }

  private row(index: number): HTMLElement {
    const row = this.rows[index];
    const { node, level, unfolded, position, siblings } = row;
    const group = isGroup(node);
    const element = h(
      "div",
      {
        class: `row${keyOf(row) === this.focused ? " focused" : ""}`,
        role: "treeitem",
        id: rowId(index),
        "aria-level": level,
        "aria-setsize": siblings,
        "aria-posinset": position,
        "aria-expanded": unfolded === null ? null : String(unfolded),
        "aria-selected": String(!group && node.tensor.name === this.selected),
        onclick: () => {
          this.focus(index);
          if (group) this.fold(node, !unfolded);
        },
      },
      h("span", { class: "twistie", "aria-hidden": "true" }),
      h("span", { class: "label", title: group ? node.path : node.tensor.name }, node.label),
      h(
        "span",
        { class: "description" },
        group
          ? plural(node.count, "tensor")
          : `${shapeText(node.tensor.shape)} ${node.tensor.dtype}`,
      ),
      h("span", { class: "figure" }, count(group ? node.parameters : node.tensor.parameters)),
    );
    element.style.setProperty("--level", String(level));
    return element;
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.focusIndex;
    const to =
      listKey(event.key, at, this.rows.length, this.list.page) ??
      (at < 0 ? null : treeKey(event.key, this.rows, at));
    if (to === null) {
      this.choice.otherKey(event);
      return;
    }
    event.preventDefault();
    if (typeof to === "number") this.focus(to);
    else this.fold(this.rows[at].node as Group, to === "unfold");
  }
}

/** Groups and tensors may have one name. */
function keyOf({ node }: TreeRow): string {
  return isGroup(node) ? `/${node.path}` : `=${node.tensor.name}`;
}
