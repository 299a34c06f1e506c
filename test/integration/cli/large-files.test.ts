import { once } from "node:events";
import { readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import type { ComparisonReport } from "../../../src/protocol/summary";
import { startCli } from "../support/cli";
import { temporaryFolder } from "../support/files";

/** Ten tensors of 512 MiB: offsets go beyond 32 bits. */
const COUNT = 10;
const SHAPE = [8192, 16_384];
const BYTES = SHAPE[0] * SHAPE[1] * 4;

/** A file of zeros that take no room on the disk, and of a 1 at a place of each tensor if it is `moved`. */
async function sparseFile(file: string, moved: boolean): Promise<string> {
  const entries = Array.from({ length: COUNT }, (_, i) => [
    `layers.${i}.weight`,
    { dtype: "F32", shape: SHAPE, data_offsets: [i * BYTES, (i + 1) * BYTES] },
  ]);
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const handle = await open(file, "w");
  await handle.write(Buffer.concat([length, header]));
  await handle.truncate(8 + header.length + COUNT * BYTES);
  const one = Buffer.from(Float32Array.of(1).buffer);
  for (let i = 0; moved && i < COUNT; i++)
    await handle.write(one, 0, 4, 8 + header.length + i * BYTES + 4 * place(i));
  await handle.close();
  return file;
}

const place = (tensor: number) => 1_000_003 * (tensor + 1);

it.runIf(process.platform === "linux")(
  "compares a pair of 5 GiB in less than 300 MB of memory",
  async () => {
    const folder = await temporaryFolder();
    const a = await sparseFile(path.join(folder, "a.safetensors"), false);
    const b = await sparseFile(path.join(folder, "b.safetensors"), true);
    const child = startCli(["diff", a, b, "--json"]);
    let stdout = "";
    let peak = 0;
    child.stdout?.on("data", (text: Buffer) => (stdout += text.toString()));
    const ended = once(child, "close");
    while (child.exitCode === null) {
      peak = Math.max(peak, peakMemory(child.pid ?? 0));
      await setTimeout(20);
    }
    await ended;
    const report = JSON.parse(stdout) as ComparisonReport;
    expect(report.distance).toBeCloseTo(Math.sqrt(COUNT), 12);
    expect(report.tensors.map(({ maxChangeAt }) => maxChangeAt?.index)).toEqual(
      Array.from({ length: COUNT }, (_, i) => place(i)),
    );
    expect(peak).toBeGreaterThan(20e6);
    expect(peak).toBeLessThan(300e6);
  },
  300_000,
);

/** Largest resident memory of a process so far, in bytes: all its threads together; 0 once it has ended. */
function peakMemory(pid: number): number {
  try {
    const found = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return found ? 1024 * Number(found[1]) : 0;
  } catch {
    return 0;
  }
}
