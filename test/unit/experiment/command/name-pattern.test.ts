import { describe, expect, it } from "vitest";
import { deepestFolder, fits } from "../../../../src/experiment/command/name-pattern";

describe("a pattern of checkpoints' names", () => {
  it("has * and ? for characters of one name", () => {
    const fitting = (pattern: string, ...files: string[]) =>
      files.filter((file) => fits(file.split("/"), pattern));
    expect(fitting("step-*.pt", "step-1.pt", "a/step-1.pt", "step-1.pt.x")).toEqual(["step-1.pt"]);
    expect(fitting("a/?.pt", "a/1.pt", "a/12.pt", "a/b/1.pt")).toEqual(["a/1.pt"]);
    expect(fitting("*", ".hidden", "seen")).toEqual(["seen"]);
    expect(fitting(".h*", ".hidden")).toEqual([".hidden"]);
  });

  it("has ** for any number of folders, also none", () => {
    const files = ["m.pt", "a/m.pt", "a/b/m.pt", ".git/m.pt"];
    const fitting = (pattern: string) => files.filter((file) => fits(file.split("/"), pattern));
    expect(fitting("**/m.pt")).toEqual(["m.pt", "a/m.pt", "a/b/m.pt"]);
    expect(fitting("a/**/m.pt")).toEqual(["a/m.pt", "a/b/m.pt"]);
    expect(fitting("**/b/**/**/m.pt")).toEqual(["a/b/m.pt"]);
    expect(fitting("a/**")).toEqual(["a/m.pt", "a/b/m.pt"]);
    // No pattern takes longer than its length times the names.
    expect(fits(Array<string>(200).fill("a"), `${"**/a/".repeat(100)}b`)).toBe(false);
  });

  it("names a folder where a file lies below what it names", () => {
    const names = ["out", "checkpoint-1", "model.pt"];
    expect(deepestFolder(names, "out/checkpoint-*")).toEqual(["out", "checkpoint-1"]);
    expect(deepestFolder(names, "**/checkpoint-*")).toEqual(["out", "checkpoint-1"]);
    expect(deepestFolder(names, "**/*.pt")).toBeNull();
    expect(deepestFolder(names, "elsewhere")).toBeNull();
    expect(deepestFolder(names, ".")).toBeNull();
  });
});
