import { MAX_TENSORS } from "../../limits";
import { pickledArray, type PickledArray } from "../../numpy/pickled";
import { PickleDict, PickleList, PickleObject, type PickleValue } from "../../pickle/values";
import { torchTensor, type TorchTensor } from "./tensor";

/** What of a module holds a tensor: its buffers, or an attribute that is no part of its state; null for anything else. */
type Holder = "buffers" | "attributes" | null;

export interface FoundTensor {
  /** Keys of dictionaries, attributes and places in lists, from the outermost inwards. */
  readonly path: readonly string[];
  readonly tensor: TorchTensor | PickledArray;
  readonly holder: Holder;
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
  visit(root, null);
  return { tensors, unreadable };

  function spend(cost: number): void {
    left -= cost;
    if (left < 0) throw new StructureError("its parts refer to one another too often");
  }

  function visit(value: PickleValue, holder: Holder): void {
    spend(1);
    if (value === null || typeof value !== "object" || value instanceof Uint8Array) return;
    if (above.has(value) || above.size > MAX_DEPTH) return;
    above.add(value);
    if (value instanceof PickleDict) members(value, holder);
    else if (value instanceof PickleList)
      value.items.forEach((item, i) => {
        step(String(i), item, holder);
      });
    else if (value instanceof PickleObject) object(value, holder);
    above.delete(value);
  }

  function step(key: string, value: PickleValue, holder: Holder): void {
    nameLength += key.length + 1;
    if (nameLength > MAX_NAME) throw new StructureError("a name is too long");
    path.push(key);
    visit(value, holder);
    path.pop();
    nameLength -= key.length + 1;
  }

  function members(dict: PickleDict, holder: Holder): void {
    for (const [key, value] of dict.entries)
      if (typeof key === "string" || typeof key === "number") step(String(key), value, holder);
  }

  function object(value: PickleObject, holder: Holder): void {
    const tensor = torchTensor(value) ?? pickledArray(value);
    if (tensor) spend(TENSOR_COST + nameLength);
    if (tensors.length === MAX_TENSORS)
      throw new StructureError(`more than ${MAX_TENSORS} tensors`);
    if (tensor === "unreadable") unreadable.push(path.join("."));
    else if (tensor) tensors.push({ path: [...path], tensor, holder, keysOfDicts });
    else if (value.dict || value.list) {
      if (value.dict) members(value.dict, holder);
      if (value.list) visit(value.list, holder);
    } else if (isWrapper(value.calleeName) && value.args instanceof PickleList)
      wrapped(value.args.items[0] ?? null, holder);
    else if (value.state instanceof PickleDict) attributes(value.state, holder);
    else visit(value.state, holder);
  }

  /** Python 2 wrote OrderedDict([[key, value], ...]). */
  function wrapped(value: PickleValue, holder: Holder): void {
    const pairs = value instanceof PickleList ? value.items : [];
    if (pairs.length === 0 || !pairs.every(isPair)) visit(value, holder);
    else for (const { items } of pairs) step(items[0] as string, items[1], holder);
  }

  /** A module's own dictionaries are no part of its tensors' names. */
  function attributes(state: PickleDict, holder: Holder): void {
    const before = keysOfDicts;
    keysOfDicts = Math.min(keysOfDicts, path.length);
    const ofAttributes = state.get("_parameters") === undefined ? holder : (holder ?? "attributes");
    for (const [key, value] of state.entries) {
      if (key === "_parameters" || key === "_modules") visit(value, holder);
      else if (key === "_buffers") visit(value, holder ?? "buffers");
      else if (typeof key === "string") step(key, value, ofAttributes);
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
