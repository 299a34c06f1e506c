import type { TensorComparison } from "../protocol/comparison";
import type { GroupMovement } from "../protocol/summary";

/** Squared distance of a tensor over its finite positions; 0 where it overflows. */
export function squaredDistance({ finiteDistance }: TensorComparison): number {
  return (finiteDistance ?? 0) ** 2;
}

/** Tensors taken together by a name, groups in the order of their first tensors. */
export function groupBy<K extends string>(
  tensors: readonly TensorComparison[],
  nameOf: (tensor: TensorComparison) => K | null,
): (GroupMovement & { readonly name: K })[] {
  const groups = new Map<K, TensorComparison[]>();
  for (const tensor of tensors) {
    const name = nameOf(tensor);
    if (name !== null) groups.set(name, [...(groups.get(name) ?? []), tensor]);
  }
  const whole = sum(tensors, squaredDistance);
  return Array.from(groups, ([name, members]) => {
    const square = sum(members, squaredDistance);
    const norm = Math.sqrt(sum(members, ({ normA }) => (normA ?? 0) ** 2));
    const distance = Math.sqrt(square);
    return {
      name,
      tensors: members.length,
      parameters: sum(members, ({ parameters }) => parameters),
      changed: sum(members, ({ changed }) => changed),
      distance,
      relativeDistance: norm > 0 ? distance / norm : null,
      squaredShare: whole > 0 ? square / whole : null,
    };
  });
}

export function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
