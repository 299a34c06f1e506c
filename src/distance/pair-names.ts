import type { TensorInfo } from "../checkpoint/checkpoint";
import { isFloat } from "../checkpoint/dtype";
import { modelPrefix } from "./model-prefix";
import { stripPrefixes } from "./strip-prefixes";

export interface NamePair {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
}

export interface PairedNames {
  /** In the order of a. */
  readonly pairs: readonly NamePair[];
  readonly onlyInA: readonly TensorInfo[];
  readonly onlyInB: readonly TensorInfo[];
  /** Prefixes that had to be taken off, each once. */
  readonly strippedPrefixes: { readonly a: readonly string[]; readonly b: readonly string[] };
}

/**
 * Pairs tensors whose names are equal; then, of those left over, tensors whose names are equal without wrappers'
 * prefixes, where such a name is the only one of its file. Where none of the models' names match so, then those that do
 * without the one prefix that stands for a model (see modelPrefix).
 */
export function pairNames(
  a: readonly TensorInfo[],
  b: readonly TensorInfo[],
  exactNames: boolean,
): PairedNames {
  const pairing = new Pairing(a, b);
  pairing.pair(byName(a), byName(b));
  if (!exactNames) {
    const bare = (name: string) => stripPrefixes(name).name;
    pairing.pair(byName(pairing.left.a, bare), byName(pairing.left.b, bare));
    const [left, right] = [a, b].map((list) => byName(list.filter(isOfTheModel), bare));
    // A prefix of a model stands before all of its names, so that none matches with it.
    const alike = [...left.keys()].some((name) => right.has(name));
    const prefix = alike ? null : modelPrefix(new Set(left.keys()), new Set(right.keys()));
    if (prefix) pairing.pair(without(prefix.a, left), without(prefix.b, right));
  }
  return pairing.result();
}

type ByName = ReadonlyMap<string, TensorInfo | null>;

class Pairing {
  private readonly partners = new Map<TensorInfo, TensorInfo>();
  private readonly taken = new Set<TensorInfo>();
  private readonly prefixes = { a: new Set<string>(), b: new Set<string>() };

  constructor(
    private readonly a: readonly TensorInfo[],
    private readonly b: readonly TensorInfo[],
  ) {}

  /** What has no partner yet. */
  get left(): { readonly a: readonly TensorInfo[]; readonly b: readonly TensorInfo[] } {
    return {
      a: this.a.filter((tensor) => !this.partners.has(tensor)),
      b: this.b.filter((tensor) => !this.taken.has(tensor)),
    };
  }

  /** Pairs what has one name in both; noted is what their own names have before it. */
  pair(a: ByName, b: ByName): void {
    for (const [name, tensor] of a) {
      const partner = b.get(name);
      if (!tensor || !partner) continue;
      this.partners.set(tensor, partner);
      this.taken.add(partner);
      this.prefixes.a.add(tensor.name.slice(0, -name.length));
      this.prefixes.b.add(partner.name.slice(0, -name.length));
    }
  }

  result(): PairedNames {
    const listed = (set: ReadonlySet<string>) => [...set].filter((prefix) => prefix !== "");
    const { left } = this;
    return {
      pairs: this.a.flatMap((tensor) => {
        const partner = this.partners.get(tensor);
        return partner ? [{ a: tensor, b: partner }] : [];
      }),
      onlyInA: left.a,
      onlyInB: left.b,
      strippedPrefixes: { a: listed(this.prefixes.a), b: listed(this.prefixes.b) },
    };
  }
}

/** Optimizers' states and counters have no part in what a model is called. */
function isOfTheModel({ role, dtype }: TensorInfo): boolean {
  return role !== "optimizer" && role !== "other" && isFloat(dtype);
}

/** Null for a name that several tensors come to. */
function byName(
  tensors: readonly TensorInfo[],
  rename: (name: string) => string = (name) => name,
): ByName {
  const found = new Map<string, TensorInfo | null>();
  for (const tensor of tensors) {
    const name = rename(tensor.name);
    found.set(name, found.has(name) ? null : tensor);
  }
  return found;
}

/** Those whose names have the prefix, without it. */
function without(prefix: string, tensors: ByName): ByName {
  return new Map(
    Array.from(tensors)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
}
