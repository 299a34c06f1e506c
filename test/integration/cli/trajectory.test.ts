import { appendFile, readFile, writeFile } from "node:fs/promises";
import { once } from "node:events";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Trajectory, WatchedPoint } from "../../../src/protocol/trajectory";
import { writeCheckpoint } from "../support/checkpoints";
import { runCli, startCli } from "../support/cli";
import { temporaryFolder } from "../support/files";

async function series(): Promise<string> {
  const folder = await temporaryFolder();
  const write = (step: number, ...values: number[]) =>
    writeCheckpoint(path.join(folder, `model-${step}.safetensors`), { w: values, "b,1": [step] });
  await write(100, 3, 0);
  await write(9, 0, 0);
  await write(20, 3, 4);
  return folder;
}

describe("trajectory", () => {
  it("prints one JSON object, for a folder as for its files", async () => {
    const folder = await series();
    const { code, stdout } = await runCli(["trajectory", folder, "--json", "--exclude", "b*"]);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    const found = JSON.parse(stdout) as Trajectory;
    expect(found.steps).toMatchObject([
      { step: 9, fromFirst: 0, toLast: 3, fromPrevious: null },
      { step: 20, fromFirst: 5, toLast: 4, fromPrevious: 5 },
      { step: 100, fromFirst: 3, toLast: 0, fromPrevious: 4 },
    ]);
    expect(found).toMatchObject({ order: "step", pathLength: 9, pathRatio: 3 });
    const files = found.steps.map(({ file }) => file).reverse();
    const again = await runCli(["trajectory", ...files, "--json", "--exclude", "b*"]);
    expect(JSON.parse(again.stdout)).toEqual(found);
  });

  it("prints text and CSV, and says on standard error what it skipped and which pattern is of no use", async () => {
    const folder = await series();
    await writeFile(path.join(folder, "model-200.safetensors"), "half");
    const text = await runCli(["trajectory", folder, "--include", "w,nothing*"]);
    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(/3 checkpoints in the order of step number/);
    expect(text.stdout).toMatch(/^ {2}model-20\.safetensors +20 +5\.00000 +4\.00000 +5\.00000$/m);
    expect(text.stdout).toMatch(/^Skipped: model-200\.safetensors \(/m);
    expect(text.stderr).toContain('no tensor name matches "nothing*"');
    const { stdout } = await runCli(["trajectory", folder, "--csv"]);
    expect(stdout).toMatch(/^step,file,tensor,parameters,fromFirst,toLast,fromPrevious\n9,/);
    expect(stdout).toContain(',"b,1",1,11,80,11\n');
    const file = path.join(folder, "out.csv");
    const written = await runCli(["trajectory", folder, "--csv", file, "--json"]);
    expect(JSON.parse(written.stdout)).toHaveProperty("steps");
    expect(await readFile(file, "utf8")).toBe(stdout);
  });

  it.each([
    [["trajectory"], 2, /DIR or FILES is missing/],
    [["trajectory", "/nowhere"], 1, /^weight-odometer: \/nowhere: no such file or directory\n$/],
    [["trajectory", "a", "b", "--watch"], 2, /--watch takes one DIR/],
    [["trajectory", "a", "--csv", "--json"], 2, /both print/],
    [["trajectory", "a", "--order", "size"], 2, /--order is one of/],
  ])("answers %j with exit code %i", async (args, code, message) => {
    const ended = await runCli(args);
    expect(ended.stderr).toMatch(message);
    expect(ended).toMatchObject({ code, stdout: "" });
  });
});

it("follows a folder, waits for a half-written file, and ends on an interrupt with the whole", async () => {
  const folder = await temporaryFolder();
  const out = path.join(folder, "run");
  await writeCheckpoint(path.join(out, "model-1.safetensors"), { w: [0, 0] });
  const child = startCli(["trajectory", out, "--watch", "--json"]);
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr?.on("data", (text: Buffer) => (stderr += text.toString()));
  const lines = () => stdout.split("\n").slice(0, -1);
  const until = async (count: number) => {
    for (let waited = 0; lines().length < count; waited += 50) {
      if (waited > 30_000) throw new Error(`waited in vain: ${stdout}${stderr}`);
      await setTimeout(50);
    }
  };
  await until(1);
  const whole = await readFile(await writeCheckpoint(path.join(folder, "aside"), { w: [3, 4] }));
  const half = whole.length - 3;
  await writeFile(path.join(out, "model-2.safetensors"), whole.subarray(0, half));
  await setTimeout(3000);
  expect(lines()).toHaveLength(1);
  await appendFile(path.join(out, "model-2.safetensors"), whole.subarray(half));
  await until(2);
  child.kill("SIGINT");
  const [code] = (await once(child, "close")) as [number | null];
  expect(code).toBe(0);
  expect(stderr).not.toMatch(/skipped|Error/);
  const [first, second, last, ...more] = lines().map((line) => JSON.parse(line) as unknown);
  expect([first, second] as WatchedPoint[]).toMatchObject([
    { step: 1, fromFirst: 0, toLast: null },
    { step: 2, fromFirst: 5, fromPrevious: 5, toLast: null },
  ]);
  expect((last as Trajectory).steps.map(({ toLast }) => toLast)).toEqual([5, 0]);
  expect(more).toEqual([]);
});
