import type { InspectedTensor, Inspection } from "../protocol/comparison";
import { count, nameList, withReasons } from "./figures";
import { textTable } from "./text-table";

/**
 * A checkpoint's tensors as plain text, then totals by element type and by role. Ends with a newline.
 * @param width characters of a line
 */
export function textInspection(inspection: Inspection, width: number): string {
  const { file, format, tensors, parameters } = inspection;
  const rows = tensors.map(({ name, part, role, dtype, shape, parameters: own }) => [
    part === undefined ? name : `${name} (${part})`,
    role,
    dtype,
    shape.join("x") || "scalar",
    number(own),
  ]);
  const list = textTable(
    [
      ["tensor", "role", "type", "shape", "parameters"],
      ...rows,
      ["total", "", "", "", number(parameters)],
    ],
    width,
  );
  const totals = [
    totalsBy("type", tensors, ({ dtype }) => dtype),
    totalsBy("role", tensors, ({ role }) => role),
  ];
  const { verified } = inspection;
  const checks =
    verified === undefined
      ? ""
      : verified === 0
        ? "\nIts format stores no checksums: there is nothing to verify.\n"
        : `\n${count(verified, "checksum")} verified: all right.\n`;
  const unread = nameList("Not read", withReasons(inspection.unreadable));
  return `${file}: ${format}\n\n${list}\n\n${totals.join("\n\n")}\n${unread}${checks}`;
}

function totalsBy(
  what: string,
  tensors: readonly InspectedTensor[],
  key: (tensor: InspectedTensor) => string,
): string {
  const totals = new Map<string, { tensors: number; parameters: number }>();
  for (const tensor of tensors) {
    const before = totals.get(key(tensor)) ?? { tensors: 0, parameters: 0 };
    totals.set(key(tensor), {
      tensors: before.tensors + 1,
      parameters: before.parameters + tensor.parameters,
    });
  }
  const rows = Array.from(totals, ([name, own]) => [
    name,
    number(own.tensors),
    number(own.parameters),
  ]);
  return textTable([[what, "tensors", "parameters"], ...rows]);
}

function number(n: number): string {
  return n.toLocaleString("en-US");
}
