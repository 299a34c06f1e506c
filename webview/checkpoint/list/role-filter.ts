import type { ListedTensor } from "../../../src/protocol/checkpoint-editor";
import { h } from "../../ui/dom";
import { count } from "../../ui/format";

const NAMES: Readonly<Record<string, string>> = {
  weight: "Weights",
  buffer: "Buffers",
  average: "Averages",
  optimizer: "Optimizer state",
  other: "Other",
};

/** A list of the roles that a file's tensors have; to be seen only where there are several. */
export function roleFilter(chosen: (role: string | null) => void): {
  readonly element: HTMLElement;
  show(tensors: readonly ListedTensor[], role: string | null): void;
} {
  const select = h("select", { "aria-label": "Role of tensors" });
  select.addEventListener("change", () => {
    chosen(select.value === "" ? null : select.value);
  });
  let shown = "";
  return {
    element: select,
    show(tensors, role) {
      const counts = new Map<string, number>();
      for (const tensor of tensors) counts.set(tensor.role, (counts.get(tensor.role) ?? 0) + 1);
      // A role chosen before the file changed can still be taken back.
      if (role !== null && !counts.has(role)) counts.set(role, 0);
      const key = JSON.stringify([...counts]);
      select.hidden = counts.size < 2;
      if (key !== shown) {
        shown = key;
        select.replaceChildren(
          h("option", { value: "" }, "All roles"),
          ...Array.from(counts, ([one, number]) =>
            h("option", { value: one }, `${NAMES[one] ?? one} (${count(number)})`),
          ),
        );
      }
      select.value = role ?? "";
    },
  };
}
