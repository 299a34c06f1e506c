import path from "node:path";

/** The shortest ends of two paths that tell them apart: base names, or with as many folders as it takes. */
export function distinctNames(a: string, b: string): readonly [string, string] {
  const parts = [a, b].map((one) => one.split(/[\\/]/).filter(Boolean));
  const longest = Math.max(...parts.map(({ length }) => length));
  for (let count = 1; count <= longest; count++) {
    const [first, second] = parts.map((own) => own.slice(-count).join(path.posix.sep));
    if (first !== second) return [first, second];
  }
  return [path.basename(a), path.basename(b)];
}
