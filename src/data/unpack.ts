import { createReadStream, createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { Transform, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract, type Header } from "tar-stream";

/** Above any of the datasets here: what a small archive may not unfold to. */
const mostBytes = 64e9;
const mostEntries = 2_000_000;
const longestPath = 1024;

export interface UnpackOptions {
  readonly unpack: "gzip" | "tar" | "tar.gz";
  readonly signal?: AbortSignal;
  /** Bytes of the archive that were read. */
  readonly onProgress?: (done: number) => void;
  /** Bytes that may come out of it. */
  readonly limit?: number;
}

/**
 * Unpacks an archive into a folder. Of a tar file only plain files and folders with a relative path inside the folder
 * are taken: anything else, links of both kinds among it, is an error, and nothing is written for it.
 * @throws Error with the archive's name and what is wrong
 */
export async function unpackArchive(
  archive: string,
  folder: string,
  { unpack, signal, onProgress, limit = mostBytes }: UnpackOptions,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  let read = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      read += chunk.length;
      onProgress?.(read);
      done(null, chunk);
    },
  });
  const bounded = boundedBy(limit);
  const unzipped = unpack === "tar" ? [] : [createGunzip()];
  const source = createReadStream(archive, { highWaterMark: 1 << 20 });
  const options = signal ? { signal } : {};
  // One problem ends both streams and entries, each with words of its own: the first says what it was.
  const problems: Error[] = [];
  const note = (error: unknown) => {
    problems.push(error as Error);
  };
  try {
    if (unpack === "gzip") {
      const target = path.join(folder, path.basename(archive).replace(/\.gz$/, ""));
      await pipeline(
        [source, counted, ...unzipped, bounded, createWriteStream(target, { flags: "wx" })],
        options,
      );
      return;
    }
    const tar = extract();
    await Promise.all([
      pipeline([source, counted, ...unzipped, bounded, tar], options).catch(note),
      writeEntries(tar, folder, note).catch(note),
    ]);
    if (problems.length > 0) throw problems[0];
  } catch (error) {
    signal?.throwIfAborted();
    throw new Error(`${archive}: ${(error as Error).message}`, { cause: error });
  }
}

function boundedBy(limit: number): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      passed += chunk.length;
      if (passed > limit) done(new Error(`it unfolds to more than ${limit} bytes`));
      else done(null, chunk);
    },
  });
}

type Entry = Readable & { readonly header: Header };

async function writeEntries(
  tar: ReturnType<typeof extract>,
  folder: string,
  onProblem: (error: unknown) => void,
): Promise<void> {
  let count = 0;
  for await (const entry of tar as unknown as AsyncIterable<Entry>)
    try {
      if (++count > mostEntries) throw new Error(`it has more than ${mostEntries} entries`);
      await writeEntry(entry, folder);
    } catch (error) {
      // Before the loop ends, which destroys the streams.
      onProblem(error);
      throw error;
    }
}

async function writeEntry(entry: Entry, folder: string): Promise<void> {
  const { name, type } = entry.header;
  const target = path.join(folder, safePath(name));
  if (type === "directory") {
    await mkdir(target, { recursive: true });
    entry.resume();
  } else if (type === "file") {
    await mkdir(path.dirname(target), { recursive: true });
    // Not over a file that is there: no entry changes what another wrote.
    await pipeline(entry, createWriteStream(target, { flags: "wx" }));
  } else throw new Error(`${JSON.stringify(name)} is neither a file nor a folder but a ${type}`);
}

/**
 * An entry's path, where it stays inside the folder on every platform.
 * @throws Error
 */
function safePath(name: string): string {
  const parts = name
    .split("/")
    .filter((part, i, all) => part !== "." && (part !== "" || (i === 0 && all.length > 1)));
  const wrong =
    name === "" ||
    name.length > longestPath ||
    // eslint-disable-next-line no-control-regex
    /[\0-\x1f\\:]/.test(name) ||
    parts.some((part) => part === "" || part === ".." || /[. ]$/.test(part));
  if (wrong)
    throw new Error(
      `the path ${JSON.stringify(name.slice(0, 200))} leaves the folder or is no path`,
    );
  return parts.join("/");
}
