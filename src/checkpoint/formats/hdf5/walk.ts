import { quoted } from "../../quoted";
import { readTextAttributes, type TextAttributes } from "./attributes";
import { isDataset, readDataset, type Dataset } from "./dataset";
import type { H5File } from "./h5-file";
import { readLinks } from "./links";
import { readObjectHeader } from "./object-header";

export type AttributedDataset = Dataset & { readonly attributes: TextAttributes };

/** What an HDF5 file holds, by path from its root, without a slash at the beginning. */
export interface H5Contents {
  /** Those of numbers. */
  readonly datasets: ReadonlyMap<string, AttributedDataset>;
  /** Attributes of groups; the root's under "". */
  readonly groups: ReadonlyMap<string, TextAttributes>;
  /** Paths of what is no group and no dataset of numbers. */
  readonly unread: readonly string[];
}

const MAX_DEPTH = 200;
const MAX_OBJECTS = 1_000_000;

/**
 * Walks all groups. A group that was met before is not entered again, so that links in a circle end; links by name
 * only repeat what has a path of its own, or lead to other files, and are not followed.
 */
export async function walk(file: H5File, root: number): Promise<H5Contents> {
  const datasets = new Map<string, AttributedDataset>();
  const groups = new Map<string, TextAttributes>();
  const unread: string[] = [];
  /** By address: a dataset may have many names; null where it is not of numbers. */
  const known = new Map<number, AttributedDataset | null>();
  const entered = new Set<number>();
  const pending = [{ path: "", address: root, depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { path, address, depth } = next;
    if (depth > MAX_DEPTH) file.fail(`groups ${depth} deep`, address);
    if (entered.has(address)) continue;
    let dataset = known.get(address);
    if (dataset === undefined) {
      const messages = await readObjectHeader(file, address);
      const attributes = await readTextAttributes(file, messages);
      if (!isDataset(messages)) {
        entered.add(address);
        groups.set(path, attributes);
        for (const link of (await readLinks(file, messages)).reverse()) {
          const child = path === "" ? link.name : `${path}/${link.name}`;
          if (link.address === null) unread.push(child);
          else pending.push({ path: child, address: link.address, depth: depth + 1 });
        }
        if (pending.length + datasets.size > MAX_OBJECTS)
          file.fail(`more than ${MAX_OBJECTS} objects`, address);
        continue;
      }
      const read = readDataset(file, path, messages);
      dataset = read && { ...read, attributes };
      known.set(address, dataset);
    }
    if (datasets.has(path)) file.fail(`${quoted(path)} occurs twice`, address);
    if (dataset) datasets.set(path, dataset);
    else unread.push(path);
  }
  return { datasets, groups, unread };
}
