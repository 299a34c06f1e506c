import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { locateData, MissingDatasetError } from "../../../src/experiment/data-location";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "odometer-"));
  vi.stubEnv("XDG_CACHE_HOME", path.join(root, "cache"));
  vi.stubEnv("XDG_DATA_HOME", path.join(root, "share"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

const put = async (file: string, text: string) => {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), text);
};

describe("locateData", () => {
  it("finds MNIST in its package, and generated data nowhere", async () => {
    expect(await locateData("mnist", null)).toMatchObject({ labelKinds: 10 });
    expect(await locateData("generated-shapes", null)).toEqual({
      ...{ folder: "", sha256: "generated:generated-shapes", labelKinds: 3 },
    });
  });

  it("says of missing data how to come by them and where they were looked for", async () => {
    const missing = locateData("cifar-10", path.join(root, "data"));
    await expect(missing).rejects.toThrow(MissingDatasetError);
    await expect(missing).rejects.toThrow(/weight-odometer datasets download cifar-10/);
    await expect(missing).rejects.toThrow(path.join(root, "data/cifar-10"));
  });

  it("finds what was downloaded, and data directly in the folder that is named", async () => {
    const names = [
      "train-images-idx3",
      "train-labels-idx1",
      "t10k-images-idx3",
      "t10k-labels-idx1",
    ];
    for (const name of names)
      await put(`share/weight-odometer/datasets/fashion-mnist/${name}-ubyte`, name);
    const found = await locateData("fashion-mnist", null);
    const direct = await locateData("fashion-mnist", found.folder);
    expect(direct).toEqual(found);
    expect(found.folder).toBe(path.join(root, "share/weight-odometer/datasets/fashion-mnist"));
  });

  it("identifies a folder of images by names and bytes, and counts its label kinds", async () => {
    const own = path.join(root, "own");
    const identity = async () => (await locateData("image-folder", null, own)).sha256;
    await put("own/a/1.jpg", "1");
    await put("own/b/2.png", "2");
    await put("own/b/notes.txt", "not an image");
    const found = await locateData("image-folder", null, own);
    expect(found).toMatchObject({ folder: own, labelKinds: 2 });
    expect(await identity()).toBe(found.sha256);
    await put("own/b/notes.txt", "changed");
    expect(await identity()).toBe(found.sha256);
    await put("own/b/2.png", "changed");
    const changed = await identity();
    expect(changed).not.toBe(found.sha256);
    await put("own/c/2.png", "changed");
    expect(await identity()).not.toBe(changed);
  });
});
