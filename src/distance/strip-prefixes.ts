/** What wrappers put before names: data parallel training, and torch.compile (pytorch/pytorch#101107). */
const PREFIXES = ["module.", "_orig_mod."];

/** A name without the prefixes of wrappers, in whatever order and number, and those that were taken off. */
export function stripPrefixes(name: string): {
  readonly name: string;
  readonly prefix: string;
} {
  let rest = name;
  for (;;) {
    const prefix = PREFIXES.find((one) => rest.startsWith(one) && rest.length > one.length);
    if (prefix === undefined) break;
    rest = rest.slice(prefix.length);
  }
  return { name: rest, prefix: name.slice(0, name.length - rest.length) };
}
