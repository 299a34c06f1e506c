import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { MetricError } from "../error";
import { SeriesBuilder, type MetricPoint } from "../series";
import { recordsOf } from "./records";
import { scalarsOf } from "./scalars";

/** Event files of one run; a folder with more is not one. */
const MOST_FILES = 1000;

/**
 * Values of a scalar in TensorBoard's event files. Files of one folder are one series, in the order of their names,
 * which hold the time; what was written from a later one's first step on before is forgotten, as after a restart.
 * @param place an event file, or a folder that holds some, in folders within it too
 * @throws MetricError where there are none, where two folders have the tag, or a file is damaged
 */
export async function readTensorBoard(place: string, tag: string): Promise<readonly MetricPoint[]> {
  const found = new Map<string, readonly MetricPoint[]>();
  const tags = new Set<string>();
  for (const [folder, files] of await eventFiles(place)) {
    const series = new SeriesBuilder();
    for (const file of files) await addFile(series, file, tag, tags);
    if (series.points.length > 0) found.set(folder, series.points);
  }
  const [first, second] = [...found.keys()].map((folder) => path.basename(folder));
  if (found.size > 1)
    throw new MetricError(
      place,
      `the tag ${tag} is in several folders: name one, such as ${first} or ${second}`,
    );
  if (!tags.has(tag)) {
    const others = [...tags].slice(0, 20).join(", ").slice(0, 500);
    throw new MetricError(place, `no scalar has the tag ${tag}; there are ${others || "none"}`);
  }
  return [...found.values()].flat();
}

async function addFile(
  series: SeriesBuilder,
  file: string,
  tag: string,
  tags: Set<string>,
): Promise<void> {
  let first = true;
  for await (const record of recordsOf(file))
    for (const scalar of scalarsOf(record, file)) {
      // Enough to say what there is.
      if (tags.size < 1000 || scalar.tag === tag) tags.add(scalar.tag);
      if (scalar.tag !== tag) continue;
      if (first) series.restartAt(scalar.step);
      first = false;
      series.add(scalar.value, scalar.step);
    }
}

/** Files by their folder, in order. */
async function eventFiles(place: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const folders = new Map<string, string[]>();
  try {
    if (!(await stat(place)).isDirectory()) return new Map([[path.dirname(place), [place]]]);
    for (const entry of await readdir(place, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.includes("tfevents")) continue;
      const files = folders.get(entry.parentPath) ?? [];
      folders.set(entry.parentPath, [...files, path.join(entry.parentPath, entry.name)].sort());
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file or folder" : message;
    throw new MetricError(place, reason, null, { cause: error });
  }
  const count = [...folders.values()].flat().length;
  if (count === 0) throw new MetricError(place, "no event file (*tfevents*) is in it");
  if (count > MOST_FILES) throw new MetricError(place, `${count} event files are too many`);
  return folders;
}
