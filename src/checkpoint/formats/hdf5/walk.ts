import type { UnreadableTensor } from "../../checkpoint";
import { quoted } from "../../quoted";
import { readTextAttributes, type TextAttributes } from "./attributes";
import { isDataset, readDataset, type Dataset } from "./dataset";
import type { H5File } from "./h5-file";
import { readLinks } from "./links";
import { readObjectHeader, type Message } from "./object-header";
import { Unsupported } from "./unsupported";

export type AttributedDataset = Dataset & { readonly attributes: TextAttributes };

/** What an HDF5 file holds, by path from its root, without a slash at the beginning. */
export interface H5Contents {
  /** Those of numbers. */
  readonly datasets: ReadonlyMap<string, AttributedDataset>;
  /** Attributes of groups; the root's under "". */
  readonly groups: ReadonlyMap<string, TextAttributes>;
  /** Paths of what is not read, and why. */
  readonly unreadable: readonly UnreadableTensor[];
}

interface Place {
  readonly path: string;
  /** Of its object header. */
  readonly address: number;
  readonly depth: number;
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
  const unreadable: UnreadableTensor[] = [];
  /** By address: an object may have many names. Of one that is not read, why; a group is entered once. */
  const known = new Map<number, AttributedDataset | Unsupported | "group">();
  const pending: Place[] = [{ path: "", address: root, depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { path, address, depth } = next;
    if (depth > MAX_DEPTH) file.fail(`groups ${depth} deep`, address);
    const object = known.get(address) ?? (await read(next));
    known.set(address, object);
    if (object === "group") continue;
    if (datasets.has(path)) file.fail(`${quoted(path)} occurs twice`, address);
    if (object instanceof Unsupported) unreadable.push({ name: path, reason: object.message });
    else datasets.set(path, object);
  }
  return { datasets, groups, unreadable };

  async function read(place: Place): Promise<AttributedDataset | Unsupported | "group"> {
    const { path, address } = place;
    try {
      const messages = await readObjectHeader(file, address);
      const attributes = await readTextAttributes(file, messages);
      if (isDataset(messages)) return { ...readDataset(file, path, messages), attributes };
      groups.set(path, attributes);
      await members(place, messages);
      return "group";
    } catch (error) {
      if (error instanceof Unsupported) return error;
      throw error;
    }
  }

  async function members({ path, address, depth }: Place, messages: readonly Message[]) {
    for (const link of (await readLinks(file, messages)).reverse()) {
      const child = path === "" ? link.name : `${path}/${link.name}`;
      if (link.address !== null)
        pending.push({ path: child, address: link.address, depth: depth + 1 });
      else
        unreadable.push({
          name: child,
          reason: `is a link ${link.kind ?? "to nothing"}`,
        });
    }
    if (pending.length + datasets.size + unreadable.length > MAX_OBJECTS)
      file.fail(`more than ${MAX_OBJECTS} objects`, address);
  }
}
