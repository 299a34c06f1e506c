import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { writeFileAtomic } from "../../experiment/atomic-file";
import { parse } from "../arguments";

const name = "weight_odometer.py";

/** `helper`: puts the Python helper beside somebody's training script; a copy that was changed only when asked. */
export async function helper(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(
    args,
    { force: { type: "boolean", default: false } },
    { names: ["DIR"], optional: true },
  );
  const file = path.join(positionals[0] ?? ".", name);
  // Beside dist/, where this bundle lies.
  const text = await readFile(path.join(__dirname, "../media/python", name), "utf8");
  const present = await readFile(file, "utf8").catch(() => null);
  if (present !== null && present !== text && !values.force)
    throw new Error(`${file} is there and differs from this version's; --force overwrites it.`);
  await mkdir(path.dirname(file), { recursive: true });
  if (present !== text) await writeFileAtomic(file, text);
  process.stderr.write(present === text ? `${file} is up to date\n` : `Wrote ${file}\n`);
  return 0;
}
