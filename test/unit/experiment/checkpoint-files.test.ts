import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { filesOfCheckpoint, removable } from "../../../src/experiment/checkpoint-files";

async function runFolder(...files: string[]): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), "odometer-"));
  onTestFinished(() => rm(root, { recursive: true }));
  const folder = path.join(root, "run");
  for (const file of files) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), "");
  }
  return folder;
}

const names = (folder: string, found: readonly string[]) =>
  found.map((file) => path.relative(folder, file).split(path.sep).join("/"));

describe("what goes with a checkpoint that is removed", () => {
  const files = ["checkpoint-100/model.safetensors", "checkpoint-100/optimizer.pt", "final.pt"];

  it("is the folder that its pattern names, with the optimizer's state", async () => {
    const folder = await runFolder(...files);
    const of = async (pattern: string | null, stay: string[] = []) =>
      names(
        folder,
        await removable(
          folder,
          { file: path.join(folder, files[0]), pattern },
          stay.map((name) => path.join(folder, name)),
        ),
      );
    expect(await of("checkpoint-*", ["final.pt"])).toEqual(["checkpoint-100"]);
    expect(await of("checkpoint-*/model.*")).toEqual([files[0]]);
    expect(await of("step-*")).toEqual([files[0]]);
    expect(await of(null)).toEqual([files[0]]);
    // Not where something lies in it that stays.
    expect(await of("checkpoint-*", ["checkpoint-100/final.pt"])).toEqual([files[0]]);
  });

  it("is never what lies elsewhere, by a link or by a name", async () => {
    const folder = await runFolder("run.json", "../elsewhere/model.safetensors");
    const elsewhere = path.join(folder, "../elsewhere");
    await symlink(elsewhere, path.join(folder, "checkpoint-1"));
    await symlink(path.join(elsewhere, "model.safetensors"), path.join(folder, "step-1.pt"));
    const of = (file: string, pattern: string) =>
      removable(folder, { file: path.join(folder, file), pattern }, []);
    expect(await of("checkpoint-1/model.safetensors", "checkpoint-*")).toEqual([]);
    expect(await of("../elsewhere/model.safetensors", "*")).toEqual([]);
    // Of a link itself the link.
    expect(await of("step-1.pt", "step-*")).toEqual([path.join(folder, "step-1.pt")]);
  });

  it("is all files of an index", async () => {
    const parts = ["ckpt-1.data-00000-of-00002", "ckpt-1.data-00001-of-00002", "ckpt-1.index"];
    const folder = await runFolder(...parts, "ckpt-10.index", "ckpt-10.data-00000-of-00001");
    const found = await filesOfCheckpoint(path.join(folder, "ckpt-1.index"));
    expect(names(folder, found).sort()).toEqual(parts);
  });
});
