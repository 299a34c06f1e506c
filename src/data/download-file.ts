import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";

export interface Checksum {
  readonly algorithm: "sha256" | "md5";
  readonly hex: string;
}

export interface DownloadOptions {
  /** Asked one after the other, where one does not answer. */
  readonly urls: readonly string[];
  /** The file; while it is incomplete its bytes lie beside it, in `target`.part. */
  readonly target: string;
  /** Null for what nothing is known of. */
  readonly checksum: Checksum | null;
  readonly signal?: AbortSignal;
  /** Bytes so far, and in all (null where the server does not say). */
  readonly onProgress?: (done: number, total: number | null) => void;
  /** Waited before an address is asked again; doubled each time. */
  readonly retryMs?: number;
}

const attemptsWithoutProgress = 4;
const silenceMs = 60_000;

/** What is wrong with an answer: asking again will not mend it. */
class Refused extends Error {}

/**
 * Downloads a file, checks it and renames it into its place. What was there of it already is kept, over cut-off
 * connections and over calls, and gone on with where the server says that its file is still the same (If-Range).
 * @throws Error with the address and what is wrong; the signal's reason where it is aborted
 */
export async function downloadFile(options: DownloadOptions): Promise<void> {
  const { urls, target, checksum, signal } = options;
  await mkdir(path.dirname(target), { recursive: true });
  const part = `${target}.part`;
  const problems: string[] = [];
  for (const url of urls)
    try {
      await fetchWhole(url, part, options);
      if (checksum) await check(part, checksum);
      await rename(part, target);
      await rm(`${part}.json`, { force: true });
      return;
    } catch (error) {
      signal?.throwIfAborted();
      const { message, cause } = error as Error;
      const detail = cause instanceof Error ? ` (${cause.message})` : "";
      problems.push(`${url}: ${message}${detail}`);
    }
  throw new Error(problems.join("\n"));
}

/** Asks until everything has come. Attempts that brought something are not counted. */
async function fetchWhole(url: string, part: string, options: DownloadOptions): Promise<void> {
  const { signal, retryMs = 1000 } = options;
  for (let attempt = 1; ; attempt++) {
    const before = await sizeOf(part);
    try {
      await fetchRest(url, part, options);
      return;
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof Refused) throw error;
      if ((await sizeOf(part)) > before) attempt = 1;
      if (attempt >= attemptsWithoutProgress) throw error;
      await setTimeout(retryMs * 2 ** (attempt - 1), undefined, { signal });
    }
  }
}

async function fetchRest(
  url: string,
  part: string,
  { signal, onProgress }: DownloadOptions,
): Promise<void> {
  const there = await resumable(url, part);
  const silence = new AbortController();
  const stopped = AbortSignal.any([silence.signal, ...(signal ? [signal] : [])]);
  const timer = globalThis.setTimeout(() => {
    silence.abort(new Error(`nothing came for ${silenceMs / 1000} s`));
  }, silenceMs);
  try {
    const response = await fetch(url, {
      signal: stopped,
      // Bytes as they are published: encoded ones could be neither counted nor gone on with.
      headers: {
        "accept-encoding": "identity",
        ...(there && { range: `bytes=${there.bytes}-`, "if-range": there.validator }),
      },
    });
    const { start, total } = await placeOf(response, there?.bytes ?? 0, part);
    const validator = validatorOf(response);
    await writeFile(`${part}.json`, JSON.stringify({ url, validator }));
    const file = await open(part, start === 0 ? "w" : "r+");
    try {
      let done = start;
      onProgress?.(done, total);
      for await (const chunk of response.body ?? []) {
        timer.refresh();
        const bytes = chunk as Uint8Array;
        if (total !== null && done + bytes.length > total)
          throw new Refused(`more than the ${total} bytes that were announced`);
        await file.write(bytes, 0, bytes.length, done);
        done += bytes.length;
        onProgress?.(done, total);
      }
      if (total !== null && done < total)
        throw new Error(`the connection ended after ${done} of ${total} bytes`);
    } finally {
      await file.close();
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Where an answer's bytes belong, and how many there are in all. */
async function placeOf(
  response: Response,
  asked: number,
  part: string,
): Promise<{ start: number; total: number | null }> {
  if (response.status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get("content-range") ?? "");
    if (!range || Number(range[1]) !== asked)
      throw new Refused(`asked from byte ${asked} on, the server sends other bytes`);
    return { start: asked, total: range[2] === "*" ? null : Number(range[2]) };
  }
  if (response.status === 200) {
    const length = response.headers.get("content-length");
    return { start: 0, total: length === null ? null : Number(length) };
  }
  if (response.status === 416) {
    await rm(part, { force: true });
    throw new Error("the part that was here is no part of the server's file");
  }
  const again = response.status >= 500 || response.status === 429;
  const message = `the server answers ${response.status} ${response.statusText}`.trim();
  throw again ? new Error(message) : new Refused(message);
}

/** What is there of a file that a server may be asked to go on with. */
async function resumable(
  url: string,
  part: string,
): Promise<{ bytes: number; validator: string } | null> {
  const bytes = await sizeOf(part);
  const about = await readFile(`${part}.json`, "utf8").catch(() => "{}");
  try {
    const known = JSON.parse(about) as { url?: unknown; validator?: unknown };
    const { validator } = known;
    return bytes > 0 && known.url === url && typeof validator === "string"
      ? { bytes, validator }
      : null;
  } catch {
    return null;
  }
}

/** A strong ETag, or the time of the last change; null where bytes cannot be told to be the same (RFC 9110, 13.1.5). */
function validatorOf({ headers }: Response): string | null {
  const tag = headers.get("etag");
  return tag !== null && !tag.startsWith("W/") ? tag : headers.get("last-modified");
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

/** Removes a file that is not what it should be: going on with it would never help. */
async function check(file: string, checksum: Checksum): Promise<void> {
  const found = await hashOf(file, checksum.algorithm);
  if (found === checksum.hex) return;
  await rm(file, { force: true });
  throw new Refused(checksumMessage(checksum, found));
}

export function checksumMessage({ algorithm, hex }: Checksum, found: string): string {
  const name = algorithm === "md5" ? "MD5" : "SHA-256";
  return `the ${name} is ${found}, published is ${hex}`;
}

/** Checksum of a file, in lower-case hexadecimal digits. */
export async function hashOf(file: string, algorithm: "sha256" | "md5"): Promise<string> {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }))
    hash.update(chunk as Buffer);
  return hash.digest("hex");
}
