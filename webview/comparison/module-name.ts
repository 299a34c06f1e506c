/** Where a tensor stands in a heatmap: the layer or block that it belongs to, and its kind in there. */
export interface ModuleName {
  /** Path of the block, such as "model.layers.11", "layer1.0" or "conv2d_1". */
  readonly block: string;
  /** What blocks of one stack have in common, such as "model.layers."; the block itself where it is not numbered. */
  readonly stack: string;
  /** Place in the stack; 0 where it is not numbered. */
  readonly index: number;
  /** Such as "self_attn.q_proj", "attn_q", "q_proj bias", "kernel"; numbers of inner parts are "*". */
  readonly kind: string;
}

/** Leaves that go without saying beside the name of a module. */
const UNSAID = new Set(["weight", "kernel", "w"]);

/**
 * Reads a tensor's name as frameworks build them: Hugging Face and PyTorch ("model.layers.11.self_attn.q_proj.weight",
 * "layer1.0.conv1.weight"), Keras and TensorFlow ("conv2d_1/kernel", "encoder/layer_3/attention/query/kernel"), GGUF
 * ("blk.3.attn_q.weight"), Flax ("params/Block_2/Dense_0/kernel").
 */
export function moduleName(name: string): ModuleName {
  const segments = withoutKerasMarks(name.split(/[./]/).filter(Boolean));
  const leaf = segments.pop() ?? name;
  const at = blockEnd(segments);
  const numbered = at < segments.length || /^\d+$/.test(segments.at(-1) ?? "");
  const block = segments.slice(0, at).join(".");
  const last = segments[at - 1] ?? "";
  const digits = /\d+$/.exec(last)?.[0] ?? "";
  return {
    block: block === "" ? leaf : block,
    stack: numbered && digits !== "" ? block.slice(0, -digits.length) : block === "" ? leaf : block,
    index: numbered && digits !== "" ? Number(digits) : 0,
    kind: kindOf(segments.slice(at), block === "" ? "weight" : leaf),
  };
}

/** How many segments name the block: up to the first number, else to the first name with a number, else all. */
function blockEnd(segments: readonly string[]): number {
  const number = segments.findIndex((segment) => /^\d+$/.test(segment));
  if (number >= 0) return number + 1;
  const named = segments.findIndex((segment) => /\D\d+$/.test(segment));
  return named >= 0 ? named + 1 : segments.length;
}

/** Keras 3 stores "layers/dense/vars/0": the number tells a variable, not a layer. */
function withoutKerasMarks(segments: readonly string[]): string[] {
  const vars =
    segments.at(-2) === "vars"
      ? segments.slice(0, -2).concat(`var ${segments.at(-1) ?? ""}`)
      : segments;
  return vars.length > 2 && vars[0] === "layers" && !/^\d+$/.test(vars[1])
    ? vars.slice(1)
    : [...vars];
}

function kindOf(inner: readonly string[], leaf: string): string {
  if (inner.length === 0) return leaf;
  const module = inner.map((segment) => (/^\d+$/.test(segment) ? "*" : segment)).join(".");
  return UNSAID.has(leaf) ? module : `${module} ${leaf}`;
}
