import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { downloadFile } from "../../../src/data/download-file";
import { FileServer } from "../../support/file-server";

const bytes = randomBytes(300_000);
const sha256 = createHash("sha256").update(bytes).digest("hex");
const checksum = { algorithm: "sha256", hex: sha256 } as const;

let server: FileServer;
let address = "";
let folder = "";
const target = () => path.join(folder, "archive.tar");
const download = (more: Partial<Parameters<typeof downloadFile>[0]> = {}) =>
  downloadFile({ urls: [`${address}a`], target: target(), checksum, retryMs: 1, ...more });

beforeEach(async () => {
  server = new FileServer();
  address = await server.start();
  folder = await mkdtemp(path.join(tmpdir(), "odometer-"));
  server.put("a", bytes);
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

describe("downloadFile", () => {
  it("fetches, checks and leaves the file alone", async () => {
    const seen: (number | null)[][] = [];
    await download({ onProgress: (done, total) => seen.push([done, total]) });
    expect((await readFile(target())).equals(bytes)).toBe(true);
    expect(await readdir(folder)).toEqual(["archive.tar"]);
    expect(seen.at(-1)).toEqual([300_000, 300_000]);
  });

  it("goes on where a connection was cut off", async () => {
    server.cutAfter = 100_000;
    await download();
    expect((await readFile(target())).equals(bytes)).toBe(true);
    const [first, second] = server.requests;
    expect(first.range).toBeNull();
    expect(Number(/^bytes=(\d+)-$/.exec(second.range ?? "")?.[1])).toBeGreaterThan(0);
  });

  it("goes on in a later call, after a cancel", async () => {
    server.holdAfter = 120_000;
    const cancel = new AbortController();
    const cancelled = download({
      signal: cancel.signal,
      onProgress: (done) => {
        if (done >= 120_000) cancel.abort();
      },
    });
    await expect(cancelled).rejects.toThrow(/abort/);
    expect((await stat(`${target()}.part`)).size).toBe(120_000);
    server.holdAfter = null;
    await download();
    expect((await readFile(target())).equals(bytes)).toBe(true);
    expect(server.requests.at(-1)?.range).toBe("bytes=120000-");
  });

  it("begins again where the server's file has changed, or cannot be told to be the same", async () => {
    for (const etag of ['"another"', null]) {
      await writeFile(`${target()}.part`, Buffer.alloc(1000));
      const url = `${address}a`;
      await writeFile(`${target()}.part.json`, JSON.stringify({ url, validator: '"a-300000"' }));
      server.put("a", bytes, etag);
      await download();
      expect((await readFile(target())).equals(bytes)).toBe(true);
      await rm(target());
    }
  });

  it("refuses other bytes than the published ones and keeps none of them", async () => {
    const other = Buffer.from(bytes);
    other[7] ^= 1;
    server.put("a", other);
    await expect(download()).rejects.toThrow(new RegExp(`the SHA-256 is .*published is ${sha256}`));
    expect(await readdir(folder)).not.toContain("archive.tar.part");
  });

  it("asks the next address where one does not answer, and says what each said", async () => {
    await download({ urls: [`${address}missing`, `${address}a`] });
    await rm(target());
    const nobody = "http://127.0.0.1:9/x";
    await expect(download({ urls: [`${address}missing`, nobody] })).rejects.toThrow(
      /missing: the server answers 404[^]*127.0.0.1:9/,
    );
  });

  it("gives up where nothing more comes however often it asks", async () => {
    server.put("a", bytes, null);
    const cuts = setInterval(() => (server.cutAfter = 10), 1);
    await expect(download())
      .rejects.toThrow(/a: /)
      .finally(() => {
        clearInterval(cuts);
      });
    expect(server.requests.length).toBeLessThan(10);
  });
});
