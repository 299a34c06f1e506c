import {
  PickleDict,
  PickleList,
  PickleObject,
  PicklePersistent,
  type PickleValue,
} from "../../pickle/values";
import { torchStorage, type TorchStorage } from "./storage";

/** Every storage that a pickle refers to, by its key; each part is looked at once. */
export function findStorages(root: PickleValue): Map<string, TorchStorage> {
  const storages = new Map<string, TorchStorage>();
  const seen = new Set<PickleValue>();
  const ahead: PickleValue[] = [root];
  for (let value = ahead.pop(); value !== undefined; value = ahead.pop()) {
    if (value === null || typeof value !== "object" || seen.has(value)) continue;
    seen.add(value);
    if (value instanceof PicklePersistent) {
      const storage = torchStorage(value);
      if (storage) storages.set(storage.key, storage);
    } else if (value instanceof PickleList) {
      for (const item of value.items) ahead.push(item);
    } else if (value instanceof PickleDict) {
      for (const item of value.entries.values()) ahead.push(item);
    } else if (value instanceof PickleObject)
      ahead.push(value.callee, value.args, value.state, value.dict, value.list);
  }
  return storages;
}
