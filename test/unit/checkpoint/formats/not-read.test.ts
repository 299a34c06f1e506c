import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { openCheckpoint } from "../../../../src/checkpoint/open";
import { temporaryDirectory } from "../temporary";
import { fixtures } from "./expectations";

const directory = temporaryDirectory();

it.each([
  ["distributed", [".metadata", "__0_0.distcp"], "distributed checkpoint of PyTorch is not read"],
  ["orbax", ["_METADATA", "manifest.ocdbt"], "an Orbax checkpoint is not read"],
])("says of a directory of a known kind that it is not read: %s", async (name, files, reason) => {
  const folder = path.join(directory, name);
  mkdirSync(folder);
  for (const file of files) writeFileSync(path.join(folder, file), "");
  await expect(openCheckpoint(folder)).rejects.toThrow(reason);
});

it("says of a program of torch.export what can be done", async () => {
  const file = path.join(fixtures, "pytorch/torch-2-exported.pt2");
  await expect(openCheckpoint(file)).rejects.toThrow("save the state_dict of its module");
});
