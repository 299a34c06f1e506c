import { stat } from "node:fs/promises";
import path from "node:path";
import type { DatasetEntry, DatasetLayout } from "../catalogue/datasets";

/** Which of a dataset's layouts lies in a folder, whole; null where none does. */
export async function layoutIn(
  folder: string,
  { layouts }: Pick<DatasetEntry, "layouts">,
): Promise<DatasetLayout | null> {
  for (const layout of layouts) if (await holds(folder, layout)) return layout;
  return null;
}

async function holds(folder: string, layout: DatasetLayout): Promise<boolean> {
  const names = layout.form === "files" ? layout.files : layout.folders;
  const wanted = layout.form === "files" ? "isFile" : "isDirectory";
  for (const name of names.length > 0 ? names : ["."])
    if (
      !(await stat(path.join(folder, name)).then(
        (entry) => entry[wanted](),
        () => false,
      ))
    )
      return false;
  return true;
}
