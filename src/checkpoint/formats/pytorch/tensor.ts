import type { DType } from "../../dtype";
import { dtypeOfName } from "../../numpy/dtype";
import {
  PickleDict,
  PickleGlobal,
  PickleList,
  PickleObject,
  type PickleValue,
} from "../../pickle/values";
import { torchStorage, type TorchStorage } from "./storage";

/** A tensor as a pickle describes it: numbers that are not checked yet. */
export interface TorchTensor {
  readonly storage: TorchStorage;
  readonly dtype: DType;
  /** Elements of the dtype from the storage's begin to the tensor's. */
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** Whether this is a tensor that a reader could list; "unreadable" for those without a dense storage. */
export function torchTensor(value: PickleObject): TorchTensor | "unreadable" | null {
  let tensor: PickleValue | undefined = value;
  // A parameter in a subclass in a parameter: a handful is the most that real files nest.
  for (let depth = 0; depth < 8 && tensor instanceof PickleObject; depth++) {
    const args: readonly PickleValue[] = tensor.args instanceof PickleList ? tensor.args.items : [];
    switch (tensor.calleeName) {
      case "torch._utils._rebuild_parameter":
      case "torch._utils._rebuild_parameter_with_state":
      case "torch.nn.parameter.Parameter":
        tensor = args[0];
        break;
      case "torch._tensor._rebuild_from_type_v2":
        // (function, type, arguments of the function, state)
        tensor = new PickleObject(args[0] ?? null, args[2] ?? null);
        break;
      case "torch._utils._rebuild_tensor_v2":
        return isNegated(args[6]) ? "unreadable" : (dense(args, null) ?? "unreadable");
      case "torch._utils._rebuild_tensor":
      case "torch._utils._rebuild_qtensor":
        return dense(args, null) ?? "unreadable";
      case "torch._utils._rebuild_tensor_v3":
        return dense(args, args[6]) ?? "unreadable";
      default:
        return tensor.calleeName.startsWith("torch._utils._rebuild_") ? "unreadable" : null;
    }
  }
  return null;
}

/** Of a tensor's state beside its storage: whether its values are those there with the other sign. */
function isNegated(state: PickleValue | undefined): boolean {
  return state instanceof PickleDict && state.get("neg") === true;
}

/** Of arguments (storage, offset, shape, strides, …) and, where the storage is untyped, the dtype. */
function dense(
  [storageId, offset, sizes, steps]: readonly PickleValue[],
  type: PickleValue | undefined,
): TorchTensor | null {
  const storage = torchStorage(storageId);
  const shape = integers(sizes);
  const strides = integers(steps);
  const dtype = type instanceof PickleGlobal ? dtypeOfName(type.name) : (storage?.dtype ?? null);
  if (!storage || !dtype || typeof offset !== "number" || !shape || !strides) return null;
  return { storage, dtype, offset, shape, strides };
}

/** A tuple of integers, or torch.Size of one. */
function integers(value: PickleValue | undefined): number[] | null {
  if (value instanceof PickleObject && value.calleeName === "torch.Size")
    return integers(value.args instanceof PickleList ? value.args.items[0] : undefined);
  if (!(value instanceof PickleList) || value.items.length > 64) return null;
  const numbers = value.items.filter((item) => typeof item === "number");
  return numbers.length === value.items.length ? numbers : null;
}
