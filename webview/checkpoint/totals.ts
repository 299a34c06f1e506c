import type { CheckpointListing } from "../../src/protocol/checkpoint-editor";
import { bytesText, count, plural } from "../ui/format";

/** How many parameters are of each type, the most first. */
export function typeCounts(listing: CheckpointListing): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { dtype, parameters } of listing.tensors)
    counts.set(dtype, (counts.get(dtype) ?? 0) + parameters);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** The line beside the file's name: `safetensors · 4.2 MB · 148 tensors · 1,048,576 parameters · F32`. */
export function totalsLine(listing: CheckpointListing): string {
  const parameters = listing.tensors.reduce((sum, tensor) => sum + tensor.parameters, 0);
  const types = typeCounts(listing).map(([dtype]) => dtype);
  const shown = types.length > 4 ? [...types.slice(0, 4), `${types.length - 4} more types`] : types;
  return [
    listing.format,
    ...(listing.fileBytes === null ? [] : [bytesText(listing.fileBytes)]),
    plural(listing.tensors.length, "tensor"),
    plural(parameters, "parameter"),
    ...(shown.length > 0 ? [shown.join(", ")] : []),
  ].join(" · ");
}

/** Each type's parameters and share, for a tooltip; empty where there is but one type. */
export function typesTooltip(listing: CheckpointListing): string {
  const types = typeCounts(listing);
  if (types.length < 2) return "";
  return types.map(([dtype, parameters]) => `${dtype}: ${count(parameters)}`).join("\n");
}
