/** Ends of names that say which tensor of its layer one is. */
const ends = /[./](?:vars[./]\d+|[^./]+)$/;

/** The layer a tensor belongs to: its name without the last part ("fc1.weight" is of "fc1"); a name of one part itself. */
export function layerOf(name: string): string {
  return name.replace(ends, "");
}

/** The numbered block a tensor belongs to, such as number 3 of "encoder.layer"; null where none is numbered. */
export function blockOf(name: string): { readonly series: string; readonly number: number } | null {
  const found = /^(.*?)[./_]?(\d+)[./]/.exec(name);
  return found ? { series: found[1], number: Number(found[2]) } : null;
}
