import { mkdtemp, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDataset } from "../../../../src/training/datasets";
import { writeImageFolder } from "../../../support/datasets";

let root = "";
const folder = () => path.join(root, "flowers");
const request = (cache: string | null, limit = 1e9) => ({
  id: "image-folder",
  folder: folder(),
  sha256: "00ff",
  shape: [8, 8, 3] as const,
  cache: cache === null ? null : { folder: path.join(root, cache), limit },
});

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "odometer-"));
  await writeImageFolder(folder(), { roses: 10, daisy: 15, tulips: 5 });
});
afterAll(() => rm(root, { recursive: true }));

describe("a folder of images", () => {
  it("is split by kind, mixed, and decoded to the model's size", async () => {
    const { kinds, train, test } = await readDataset(request(null));
    expect(kinds).toEqual(["daisy", "roses", "tulips"]);
    expect([train.images.count, test.images.count]).toEqual([24, 6]);
    if (train.labels.type !== "classes" || test.labels.type !== "classes") throw new Error();
    expect([...test.labels.classes]).toEqual([0, 0, 0, 1, 1, 2]);
    expect(new Set(train.labels.classes.subarray(0, 8)).size).toBeGreaterThan(1);
    // Roses were drawn first: red 0, green 255.
    const image = await train.images.read(train.labels.classes.indexOf(1));
    expect(image).toHaveLength(8 * 8 * 3);
    expect(image[0]).toBeLessThan(4);
    expect(image[1]).toBeGreaterThan(251);
  });

  it("is the same from the cache, which two trainers share", async () => {
    const plain = await readDataset(request(null));
    const first = await readDataset(request("cache"));
    const second = await readDataset(request("cache"));
    for (let i = 0; i < plain.train.images.count; i++) {
      const expected = Buffer.from(await plain.train.images.read(i));
      expect(Buffer.from(await first.train.images.read(i)).equals(expected)).toBe(true);
      expect(Buffer.from(await second.train.images.read(i)).equals(expected)).toBe(true);
    }
    const files = await readdir(path.join(root, "cache"));
    expect(files).toHaveLength(2);
    const bytes = await stat(
      path.join(
        root,
        "cache",
        files.find((name) => /train/.test(name))!,
      ),
    );
    expect(bytes.size).toBe(24 * (8 * 8 * 3 + 4));
  });

  it("is decoded anew where the cache holds broken bytes", async () => {
    const [file] = (await readdir(path.join(root, "cache"))).filter((name) => /train/.test(name));
    const place = path.join(root, "cache", file);
    await writeFile(place, Buffer.alloc((await stat(place)).size, 7));
    const plain = await readDataset(request(null));
    const cached = await readDataset(request("cache"));
    const [a, b] = [await plain.train.images.read(3), await cached.train.images.read(3)];
    expect(Buffer.from(a).equals(Buffer.from(b))).toBe(true);
  });

  it("keeps no more in the cache than is allowed", async () => {
    const limit = 10 * (8 * 8 * 3 + 4) + 50;
    for (const shape of [
      [8, 8, 3],
      [4, 4, 3],
    ] as const) {
      const { train } = await readDataset({ ...request("small", limit), shape });
      for (let i = 0; i < train.images.count; i++) await train.images.read(i);
    }
    const files = await readdir(path.join(root, "small"));
    const sizes = await Promise.all(
      files.map(async (name) => (await stat(path.join(root, "small", name))).size),
    );
    expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(limit);
  });

  it("names a file that cannot be decoded", async () => {
    const broken = path.join(folder(), "tulips/0.jpg");
    await truncate(broken, 100);
    const { train, test } = await readDataset(request(null));
    const read = async () => {
      for (const part of [train, test])
        for (let i = 0; i < part.images.count; i++) await part.images.read(i);
    };
    await expect(read()).rejects.toThrow(/tulips\/0.jpg: the image cannot be decoded: /);
  });

  it("refuses a folder without label kinds", async () => {
    const empty = { ...request(null), folder: path.join(folder(), "roses") };
    await expect(readDataset(empty)).rejects.toThrow(/one for each label kind/);
  });
});

it("takes images of any kind of pixels", async () => {
  const mixed = path.join(root, "mixed");
  await writeImageFolder(mixed, { a: 4, b: 4 });
  const pixels = { width: 9, height: 5, channels: 4 as const };
  const image = () =>
    sharp({ create: { ...pixels, background: { r: 90, g: 90, b: 90, alpha: 1 } } });
  await image().png().toFile(path.join(mixed, "a/alpha.png"));
  await image().greyscale().jpeg().toFile(path.join(mixed, "a/grey.jpg"));
  await image().toColourspace("cmyk").jpeg().toFile(path.join(mixed, "b/cmyk.jpg"));
  await image().toColourspace("rgb16").png().toFile(path.join(mixed, "b/sixteen.png"));
  for (const channels of [1, 3] as const) {
    const { train, test } = await readDataset({
      ...{ id: "image-folder", folder: mixed, sha256: "1", cache: null },
      shape: [6, 6, channels],
    });
    for (const { images } of [train, test])
      for (let i = 0; i < images.count; i++)
        expect(await images.read(i)).toHaveLength(36 * channels);
  }
});
