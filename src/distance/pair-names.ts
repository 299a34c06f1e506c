import type { TensorInfo } from "../checkpoint/checkpoint";
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
 * Pairs tensors whose names are equal, then, of those left over, tensors whose names are equal without wrappers'
 * prefixes, where such a name is the only one of its file.
 */
export function pairNames(
  a: readonly TensorInfo[],
  b: readonly TensorInfo[],
  exactNames: boolean,
): PairedNames {
  const byName = new Map(b.map((tensor) => [tensor.name, tensor]));
  const partners = new Map<TensorInfo, TensorInfo>();
  for (const tensor of a) {
    const partner = byName.get(tensor.name);
    if (partner) partners.set(tensor, partner);
  }
  const taken = new Set(partners.values());
  const prefixes = { a: new Set<string>(), b: new Set<string>() };
  if (!exactNames) {
    const restOfB = byStrippedName(b.filter((tensor) => !taken.has(tensor)));
    for (const [name, tensor] of byStrippedName(a.filter((one) => !partners.has(one)))) {
      const partner = restOfB.get(name);
      if (!tensor || !partner) continue;
      partners.set(tensor, partner);
      taken.add(partner);
      prefixes.a.add(stripPrefixes(tensor.name).prefix);
      prefixes.b.add(stripPrefixes(partner.name).prefix);
    }
  }
  const listed = (set: ReadonlySet<string>) => [...set].filter((prefix) => prefix !== "");
  return {
    pairs: a.flatMap((tensor) => {
      const partner = partners.get(tensor);
      return partner ? [{ a: tensor, b: partner }] : [];
    }),
    onlyInA: a.filter((tensor) => !partners.has(tensor)),
    onlyInB: b.filter((tensor) => !taken.has(tensor)),
    strippedPrefixes: { a: listed(prefixes.a), b: listed(prefixes.b) },
  };
}

/** Null for a name that several tensors come to. */
function byStrippedName(tensors: readonly TensorInfo[]): Map<string, TensorInfo | null> {
  const found = new Map<string, TensorInfo | null>();
  for (const tensor of tensors) {
    const { name } = stripPrefixes(tensor.name);
    found.set(name, found.has(name) ? null : tensor);
  }
  return found;
}
