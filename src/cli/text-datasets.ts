import type { DatasetEntry } from "../catalogue/datasets";
import { textTable } from "./text-table";

/** A dataset and the folder that holds it; null where it is not on this machine, or needs none. */
export interface PlacedDataset extends DatasetEntry {
  readonly place: string | null;
}

/** The datasets as a table, and below it where each lies. Ends with a newline. */
export function textDatasets(datasets: readonly PlacedDataset[]): string {
  const rows = datasets.map(({ id, images, labelKinds, labels, inputShape }) => [
    id,
    images ? count(images.train) : "any",
    images ? count(images.test) : "any",
    labelKinds === null ? "any" : String(labelKinds),
    labels,
    inputShape ? inputShape.join("x") : "any",
  ]);
  const table = textTable([["Dataset", "train", "test", "kinds", "labels", "size"], ...rows]);
  const places = datasets.map(
    (dataset) => `  ${dataset.id}: ${dataset.title}\n    ${where(dataset)}`,
  );
  return `${table}\n\n${places.join("\n")}\n`;
}

function where({ id, place, archives, layouts }: PlacedDataset): string {
  if (place !== null) return place;
  if (layouts.length === 0) return "generated, needs no files";
  return archives.length > 0
    ? `not here; weight-odometer datasets download ${id}`
    : "the experiment file says where (folder)";
}

function count(images: number): string {
  return images.toLocaleString("en-US");
}
