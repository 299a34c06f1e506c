import { MAX_TENSORS } from "../../limits";
import { pickledArray, type PickledArray } from "../../numpy/pickled";
import { PickleDict, PickleList, PickleObject, type PickleValue } from "../../pickle/values";
import { torchTensor, type TorchTensor } from "./tensor";

export interface FoundTensor {
  /** Keys of dictionaries, attributes and places in lists, from the outermost inwards. */
  readonly path: readonly string[];
  readonly tensor: TorchTensor | PickledArray;
  /** Whether a module lists it among its buffers. */
  readonly buffer: boolean;
  /** How many keys of the path are a dictionary's, before the first that names a module's attribute. */
  readonly keysOfDicts: number;
}

export interface FoundTensors {
  readonly tensors: readonly FoundTensor[];
  /** Names of tensors without dense elements, such as sparse ones. */
  readonly unreadable: readonly string[];
}

const MAX_DEPTH = 100;
const MAX_NAME = 2_000;
/** What a tensor costs of the budget beside its name's length. */
const TENSOR_COST = 64;

/** Trouble with what a pickle holds, as opposed to its bytes. */
export class StructureError extends Error {}

/**
 * Finds the tensors in a pickle's data, in their order. Parts that contain themselves are passed over; shared parts
 * are found under each of their names.
 * @param budget how many items may be looked at, and characters of names made: a small pickle can refer to one part
 * times without number
 * @throws StructureError where it is spent, or names are absurdly long
 */
export function findTensors(root: PickleValue, budget: number): FoundTensors {
  const tensors: FoundTensor[] = [];
  const unreadable: string[] = [];
  const above = new Set<PickleValue>();
  const path: string[] = [];
  let left = budget;
  let nameLength = 0;
  let keysOfDicts = Infinity;
  visit(root, false);
  return { tensors, unreadable };

  function spend(cost: number): void {
    left -= cost;
    if (left < 0) throw new StructureError("its parts refer to one another too often");
  }

  function visit(value: PickleValue, buffer: boolean): void {
    spend(1);
    if (value === null || typeof value !== "object" || value instanceof Uint8Array) return;
    if (above.has(value) || above.size > MAX_DEPTH) return;
    above.add(value);
    if (value instanceof PickleDict) members(value, buffer);
    else if (value instanceof PickleList)
      value.items.forEach((item, i) => {
        step(String(i), item, buffer);
      });
    else if (value instanceof PickleObject) object(value, buffer);
    above.delete(value);
  }

  function step(key: string, value: PickleValue, buffer: boolean): void {
    nameLength += key.length + 1;
    if (nameLength > MAX_NAME) throw new StructureError("a name is too long");
    path.push(key);
    visit(value, buffer);
    path.pop();
    nameLength -= key.length + 1;
  }

  function members(dict: PickleDict, buffer: boolean): void {
    for (const [key, value] of dict.entries)
      if (typeof key === "string" || typeof key === "number") step(String(key), value, buffer);
  }

  function object(value: PickleObject, buffer: boolean): void {
    const tensor = torchTensor(value) ?? pickledArray(value);
    if (tensor) spend(TENSOR_COST + nameLength);
    if (tensors.length === MAX_TENSORS)
      throw new StructureError(`more than ${MAX_TENSORS} tensors`);
    if (tensor === "unreadable") unreadable.push(path.join("."));
    else if (tensor) tensors.push({ path: [...path], tensor, buffer, keysOfDicts });
    else if (value.dict || value.list) {
      if (value.dict) members(value.dict, buffer);
      if (value.list) visit(value.list, buffer);
    } else if (isWrapper(value.calleeName) && value.args instanceof PickleList)
      wrapped(value.args.items[0] ?? null, buffer);
    else if (value.state instanceof PickleDict) attributes(value.state, buffer);
    else visit(value.state, buffer);
  }

  /** Python 2 wrote OrderedDict([[key, value], ...]). */
  function wrapped(value: PickleValue, buffer: boolean): void {
    const pairs = value instanceof PickleList ? value.items : [];
    if (pairs.length === 0 || !pairs.every(isPair)) visit(value, buffer);
    else for (const { items } of pairs) step(items[0] as string, items[1], buffer);
  }

  /** A module's own dictionaries are no part of its tensors' names. */
  function attributes(state: PickleDict, buffer: boolean): void {
    const before = keysOfDicts;
    keysOfDicts = Math.min(keysOfDicts, path.length);
    for (const [key, value] of state.entries) {
      const own = key === "_parameters" || key === "_buffers" || key === "_modules";
      if (own) visit(value, buffer || key === "_buffers");
      else if (typeof key === "string") step(key, value, buffer);
    }
    keysOfDicts = before;
  }
}

function isWrapper(callee: string): boolean {
  return callee === "collections.OrderedDict" || callee.startsWith("torch.jit._pickle.");
}

function isPair(value: PickleValue): value is PickleList {
  return (
    value instanceof PickleList && value.items.length === 2 && typeof value.items[0] === "string"
  );
}
