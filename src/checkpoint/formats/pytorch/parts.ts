import type { TensorRole } from "../../checkpoint";
import { roleOfName } from "../../role";
import type { FoundTensor } from "./find-tensors";

/** Keys under which training scripts save the weights beside other things, in the order of preference. */
const containers = [
  "state_dict",
  "model_state_dict",
  "model_state",
  "model",
  "module",
  "network",
  "net",
  "params",
  "weights",
];
const average = /^(ema|ema_.*|.*_ema|averaged_model|swa_.*)$/;
const optimizer = /^((.*_)?(optim|optimizers?)(_.*|[A-Z])?|opt_state)$/;
const other = /^(.*rng.*|.*scheduler.*|.*scaler.*|loops|callbacks|hyper_parameters|criterion)$/;

export interface NamedTensor {
  readonly name: string;
  readonly part?: string;
  readonly role: TensorRole;
}

/**
 * Names and roles of tensors by their paths. Of a file that keeps its weights in a container ("state_dict", "model",
 * …, also one in another), the container's path becomes the tensors' `part` and is left out of their names. All others
 * keep their whole path as name; where a tensor inside has the same, it is told apart by where it is.
 */
export function nameParts(found: readonly FoundTensor[]): readonly NamedTensor[] {
  const roles = found.map(roleOf);
  const part = containerOf(
    found.filter((_, i) => roles[i] !== "optimizer" && roles[i] !== "average"),
  );
  const within = ({ path }: FoundTensor) =>
    part.length > 0 && part.every((key, i) => path[i] === key);
  const inPart = part.length > 0 ? { part: part.join(".") } : {};
  const inside = new Set(found.filter(within).map(({ path }) => path.slice(part.length).join(".")));
  return found.map((tensor, i) => {
    const role = roles[i];
    if (within(tensor)) return { name: tensor.path.slice(part.length).join("."), ...inPart, role };
    const name = tensor.path.join(".") || "tensor";
    return { name: inside.has(name) ? `${name} (outside ${part.join(".")})` : name, role };
  });
}

/** An optimizer keeps what it knows of parameter number N as state.N.NAME, whatever the optimizer is called. */
function isState(path: readonly string[]): boolean {
  return path.length > 2 && path.at(-3) === "state" && /^\d+$/.test(path.at(-2) ?? "");
}

function roleOf({ path, holder }: FoundTensor): TensorRole {
  const keys = path.slice(0, -1);
  const name = path.at(-1) ?? "";
  // Some save a flat dictionary in which the average's names begin with "model_ema.".
  const dot = name.indexOf(".");
  if (dot > 0) keys.push(name.slice(0, dot));
  if (keys.some((key) => optimizer.test(key)) || isState(path)) return "optimizer";
  if (keys.some((key) => average.test(key))) return "average";
  if (other.test(path[0] ?? "")) return "other";
  const role = roleOfName(name);
  if (holder === "attributes") return "other";
  return holder === "buffers" && role === "weight" ? "buffer" : role;
}

/** Path of the container that holds the weights; empty where the outermost dictionary does itself. */
function containerOf(weights: readonly FoundTensor[]): readonly string[] {
  const path: string[] = [];
  let inside = weights;
  for (;;) {
    const depth = path.length;
    const holds = (f: FoundTensor) => f.path.length > depth + 1 && f.keysOfDicts > depth;
    const held = new Set(inside.filter(holds).map((f) => f.path[depth]));
    const key = containers.find((name) => held.has(name));
    if (key === undefined) return path;
    path.push(key);
    inside = inside.filter((f) => f.path[depth] === key);
  }
}
