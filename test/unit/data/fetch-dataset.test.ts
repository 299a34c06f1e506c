import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execFileSync } from "node:child_process";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findDataset, type DatasetEntry } from "../../../src/catalogue/datasets";
import { fetchDataset } from "../../../src/data/fetch-dataset";
import { FileServer } from "../../support/file-server";
import { writeCifarBinary } from "../../support/datasets";

let server: FileServer;
let address = "";
let root = "";
const to = () => path.join(root, "data");
const cifar = findDataset("cifar-10")!;
const mnist = findDataset("mnist")!;

/** The same dataset with these archives for the published ones. */
function published(entry: DatasetEntry, files: Readonly<Record<string, Uint8Array>>): DatasetEntry {
  const archives = entry.archives.map((archive) => {
    const hex = createHash("sha256").update(files[archive.file]).digest("hex");
    const urls = [`${address}${archive.file}`];
    return { ...archive, urls, checksum: { algorithm: "sha256", hex } as const };
  });
  for (const [name, bytes] of Object.entries(files)) server.put(name, bytes);
  return { ...entry, archives };
}

async function cifarArchive(): Promise<Buffer> {
  await writeCifarBinary(path.join(root, "made"), 2);
  const file = path.join(root, "cifar.tar.gz");
  execFileSync("tar", ["czf", file, "-C", path.join(root, "made"), "cifar-10-batches-bin"]);
  return readFile(file);
}

const idx = (name: string) => gzipSync(name);
const mnistFiles = () => Object.fromEntries(mnist.archives.map(({ file }) => [file, idx(file)]));

beforeEach(async () => {
  server = new FileServer();
  address = await server.start();
  root = await mkdtemp(path.join(tmpdir(), "odometer-"));
});
afterEach(async () => {
  await server.stop();
  await rm(root, { recursive: true });
});

describe("fetchDataset", () => {
  it("downloads, checks, unpacks and leaves nothing else", async () => {
    const entry = published(cifar, { "cifar-10-binary.tar.gz": await cifarArchive() });
    const phases = new Set<string>();
    server.cutAfter = 5000;
    const folder = await fetchDataset(entry, {
      to: to(),
      retryMs: 1,
      onProgress: ({ phase }) => phases.add(phase),
    });
    expect(folder).toBe(path.join(to(), "cifar-10"));
    expect(await readdir(path.join(folder, "cifar-10-batches-bin"))).toHaveLength(6);
    expect([...phases]).toEqual(["download", "unpack"]);
    expect((await readdir(to())).sort()).toEqual([".downloads", "cifar-10"]);
    expect(await readdir(path.join(to(), ".downloads"))).toEqual([]);
  });

  it("takes datasets of several files, and another address for them", async () => {
    const files = mnistFiles();
    const entry = published(mnist, files);
    for (const [name, bytes] of Object.entries(files)) server.put(`mirror/${name}`, bytes);
    const folder = await fetchDataset(entry, { to: to(), from: `${address}mirror/` });
    expect((await readdir(folder)).sort()).toEqual(
      mnist.archives.map(({ file }) => file.replace(".gz", "")).sort(),
    );
    expect(server.requests.every(({ path: asked }) => asked.startsWith("/mirror/"))).toBe(true);
  });

  it("takes a copy from this disk: an archive, a folder of them, the unpacked dataset", async () => {
    const archive = await cifarArchive();
    const entry = published(cifar, { "cifar-10-binary.tar.gz": archive });
    await fetchDataset(entry, { to: path.join(root, "1"), from: path.join(root, "cifar.tar.gz") });
    await mkdir(path.join(root, "archives"));
    await writeFile(path.join(root, "archives/cifar-10-binary.tar.gz"), archive);
    await fetchDataset(entry, { to: path.join(root, "2"), from: path.join(root, "archives") });
    await fetchDataset(entry, { to: path.join(root, "3"), from: path.join(root, "made") });
    const file = "cifar-10/cifar-10-batches-bin/test_batch.bin";
    const [a, b, c] = await Promise.all(
      ["1", "2", "3"].map((place) => readFile(path.join(root, place, file))),
    );
    expect(b.equals(a) && c.equals(a)).toBe(true);
    expect(server.requests).toEqual([]);
  });

  it("refuses a copy that differs from what is published, unless it is asked not to", async () => {
    await cifarArchive();
    const options = { to: to(), from: path.join(root, "cifar.tar.gz") };
    await expect(fetchDataset(cifar, options)).rejects.toThrow(
      /published is c4a38c50.*--unchecked/,
    );
    await fetchDataset(cifar, { ...options, unchecked: true });
    await expect(fetchDataset(cifar, options)).rejects.toThrow(/is there already/);
  });

  it("refuses an archive of something else and leaves nothing of it", async () => {
    const other = path.join(root, "other.tar.gz");
    await mkdir(path.join(root, "something"));
    execFileSync("tar", ["czf", other, "-C", root, "something"]);
    const options = { to: to(), from: other, unchecked: true };
    await expect(fetchDataset(cifar, options)).rejects.toThrow(
      /is not CIFAR-10: it holds something/,
    );
    expect(await readdir(to())).toEqual([]);
  });

  it("leaves nothing but what can be gone on with where it is cancelled", async () => {
    const entry = published(cifar, { "cifar-10-binary.tar.gz": await cifarArchive() });
    const cancel = new AbortController();
    const onProgress = ({ phase }: { phase: string }) => {
      if (phase === "unpack") cancel.abort();
    };
    const cancelled = fetchDataset(entry, { to: to(), signal: cancel.signal, onProgress });
    await expect(cancelled).rejects.toThrow(/abort/);
    expect(await readdir(to())).toEqual([".downloads"]);
    await fetchDataset(entry, { to: to() });
    expect(server.requests).toHaveLength(1);
  });
});
