import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { buffer } from "node:stream/consumers";
import { pack, type Header } from "tar-stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unpackArchive } from "../../../src/data/unpack";

let root = "";
beforeEach(async () => (root = await mkdtemp(path.join(tmpdir(), "odometer-"))));
afterEach(() => rm(root, { recursive: true }));

async function tar(
  ...entries: (Partial<Header> & { name: string; content?: string })[]
): Promise<Buffer> {
  const made = pack();
  for (const { content, ...header } of entries) made.entry(header, content ?? "");
  made.finalize();
  return buffer(made);
}

async function unpack(bytes: Uint8Array, more: Partial<Parameters<typeof unpackArchive>[2]> = {}) {
  const archive = path.join(root, "archive.gz");
  await writeFile(archive, bytes);
  await unpackArchive(archive, path.join(root, "out"), { unpack: "tar", ...more });
}

const listed = () => readdir(path.join(root, "out"), { recursive: true });

describe("unpackArchive", () => {
  it("unpacks folders, files and long names, zipped or not", async () => {
    const long = `${"deep/".repeat(40)}${"x".repeat(150)}.jpg`;
    const bytes = await tar(
      { name: "a/", type: "directory" },
      { name: "./a/b.txt", content: "hello" },
      { name: long, content: "long" },
    );
    await unpack(gzipSync(bytes), { unpack: "tar.gz" });
    expect(await readFile(path.join(root, "out/a/b.txt"), "utf8")).toBe("hello");
    expect(await readFile(path.join(root, "out", long), "utf8")).toBe("long");
    await unpack(gzipSync("digits"), { unpack: "gzip" });
    expect(await readFile(path.join(root, "out/archive"), "utf8")).toBe("digits");
  });

  it.each([
    ["climbs out", [{ name: "../evil", content: "x" }], /leaves the folder/],
    ["climbs out midway", [{ name: "a/../../evil", content: "x" }], /leaves the folder/],
    ["is absolute", [{ name: "/tmp/evil", content: "x" }], /leaves the folder/],
    ["is absolute on Windows", [{ name: "C:/evil", content: "x" }], /leaves the folder/],
    ["has Windows' separators", [{ name: "..\\evil", content: "x" }], /leaves the folder/],
    ["ends in a point", [{ name: "a/b.", content: "x" }], /leaves the folder/],
    [
      "is a link",
      [{ name: "a", type: "symlink", linkname: "/etc" }],
      /neither a file nor a folder/,
    ],
    ["is a hard link", [{ name: "a", type: "link", linkname: "b" }], /neither a file nor a folder/],
    ["is a device", [{ name: "a", type: "character-device" }], /neither a file nor a folder/],
    [
      "comes twice",
      [
        { name: "a", content: "x" },
        { name: "a", content: "y" },
      ],
      /EEXIST/,
    ],
  ] as const)("refuses an entry that %s", async (_, entries, message) => {
    const bytes = await tar(...(entries as unknown as Parameters<typeof tar>));
    await expect(unpack(bytes)).rejects.toThrow(message);
    await expect(unpack(bytes)).rejects.toThrow(/^\/.*archive.gz: /);
    expect((await readdir(root)).sort()).toEqual(["archive.gz", "out"]);
  });

  it("refuses a path that a folder before it made into a link's place", async () => {
    const bytes = await tar({ name: "a", content: "file" }, { name: "a/b", content: "x" });
    await expect(unpack(bytes)).rejects.toThrow(/EEXIST|ENOTDIR/);
  });

  it("refuses archives that are cut short, broken or unfold too far", async () => {
    const bytes = await tar({ name: "a", content: "x".repeat(50_000) });
    await expect(unpack(bytes.subarray(0, 20_000))).rejects.toThrow(/archive.gz: .*end/i);
    const zipped = gzipSync(bytes);
    await rm(path.join(root, "out"), { recursive: true });
    await expect(unpack(zipped.subarray(0, 80), { unpack: "tar.gz" })).rejects.toThrow(
      /end of file/,
    );
    await rm(path.join(root, "out"), { recursive: true });
    await expect(unpack(zipped, { unpack: "tar.gz", limit: 10_000 })).rejects.toThrow(/unfolds/);
    await expect(unpack(Buffer.from("no gzip"), { unpack: "gzip" })).rejects.toThrow(/header/);
    const broken = Buffer.from(bytes);
    broken[10] ^= 255;
    await expect(unpack(broken)).rejects.toThrow(/archive.gz: /);
  });

  it("stops where it is cancelled", async () => {
    const bytes = await tar({ name: "a", content: "x" });
    await expect(unpack(bytes, { signal: AbortSignal.abort(new Error("stop")) })).rejects.toThrow(
      "stop",
    );
    expect(await listed().catch(() => [])).toEqual([]);
  });
});
