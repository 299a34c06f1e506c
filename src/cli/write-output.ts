import { writeFileAtomic } from "../experiment/atomic-file";

/** Writes text to a file, whole or not at all, and says so; or to standard output where no file is named. */
export async function writeOutput(file: string | null, text: string): Promise<void> {
  if (file === null) {
    process.stdout.write(text);
    return;
  }
  await writeFileAtomic(file, text);
  process.stderr.write(`Wrote ${file}\n`);
}
