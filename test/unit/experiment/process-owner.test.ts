import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { isRunning, thisProcess } from "../../../src/experiment/process-owner";

describe("isRunning", () => {
  it("is true of this process", () => {
    expect(isRunning(thisProcess())).toBe(true);
  });

  it("is false of a process that has ended", async () => {
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    expect(isRunning({ ...thisProcess(), pid: child.pid ?? 0 })).toBe(false);
  });

  it.runIf(process.platform === "linux")("is false of a later process with the same number", () => {
    expect(isRunning({ ...thisProcess(), started: "1" })).toBe(false);
  });

  it("is null of another machine's process", () => {
    expect(isRunning({ ...thisProcess(), host: "00000000" })).toBeNull();
  });
});
