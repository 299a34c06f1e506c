import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { ComparisonReport } from "../../../src/protocol/summary";
import { writeCheckpoint } from "../support/checkpoints";
import { runCli, startCli } from "../support/cli";
import { temporaryFolder } from "../support/files";
import { childrenOf, gone } from "../support/processes";

/** Two checkpoints, the second with a wrapper's prefix, a tensor more, one less and one of another shape. */
async function pair(): Promise<[string, string, string]> {
  const folder = await temporaryFolder();
  const a = await writeCheckpoint(path.join(folder, "a.safetensors"), {
    "l.10.weight": [0, 0],
    "l.9.weight": [1, 1],
    "l.9.bias": [1],
    odd: [1, 2, 3],
    gone: [1],
  });
  const b = await writeCheckpoint(path.join(folder, "b.safetensors"), {
    "module.l.10.weight": [3, 4],
    "module.l.9.weight": [1, 3],
    "module.l.9.bias": [1],
    "module.odd": [1, 2],
    more: [1],
  });
  return [a, b, folder];
}

async function reportOf(...args: string[]): Promise<ComparisonReport> {
  const { code, stdout } = await runCli(["diff", ...args, "--json"]);
  expect(code).toBe(0);
  expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  return JSON.parse(stdout) as ComparisonReport;
}

describe("diff", () => {
  it("says what was compared and what was not, and why", async () => {
    const [a, b] = await pair();
    const report = await reportOf(a, b);
    expect(report).toMatchObject({
      distance: Math.sqrt(29),
      onlyInA: ["gone"],
      onlyInB: ["more"],
      conflicts: [{ name: "odd", reason: "shape" }],
      strippedPrefixes: { a: [], b: ["module."] },
      leftOut: [],
      summary: { facts: { verdict: "some changed" } },
    });
    const { stdout } = await runCli(["diff", a, b]);
    expect(stdout).toMatch(/^2 of 3 tensors \(5 parameters\) changed/);
    for (const line of [
      /^ {2}l\.10\.weight +2 +5\.00000 /m,
      /^ {2}total +5\.38516 /m,
      /^Only in A: gone$/m,
      /^Only in B: more$/m,
      /^Not comparable: odd \(3 in A, 2 in B\)$/m,
      /^Prefixes taken off names in B: module\.$/m,
    ])
      expect(stdout).toMatch(line);
    const exact = await reportOf(a, b, "--no-strip-prefix");
    expect(exact.tensors).toEqual([]);
    expect(exact.summary.sentences[0]).toMatch(/^Nothing was compared/);
  });

  it("selects, sorts and tells what patterns left out", async () => {
    const [a, b] = await pair();
    const names = async (...args: string[]) =>
      (await reportOf(a, b, ...args)).tensors.map(({ name }) => name);
    expect(await names("--include", "l.*", "--exclude", "*.bias,more")).toEqual([
      "l.10.weight",
      "l.9.weight",
    ]);
    expect(await names("--sort", "name")).toEqual(["l.9.bias", "l.9.weight", "l.10.weight"]);
    expect((await names("--sort", "distance"))[0]).toBe("l.10.weight");
    expect((await names("--sort", "relative"))[0]).toBe("l.9.weight");
    const { stdout, stderr } = await runCli(["diff", a, b, "--exclude", "gone", "--exclude", "x"]);
    expect(stdout).toMatch(/^Left out by patterns: gone$/m);
    expect(stderr).toBe('weight-odometer: no tensor name matches "x".\n');
  });

  it("writes CSV to standard output or a file", async () => {
    const [a, b, folder] = await pair();
    const { stdout } = await runCli(["diff", a, b, "--csv"]);
    const rows = stdout.trimEnd().split("\n");
    expect(rows).toHaveLength(5);
    expect(rows[0]).toMatch(/^tensor,tensorInB,shape,dtype,dtypeInB,parameters,distance,/);
    expect(rows[1]).toMatch(/^l\.10\.weight,module\.l\.10\.weight,2,F32,F32,2,5,,/);
    expect(rows[4]).toMatch(/^,,,,,5,5\.385164807134504,/);
    const file = path.join(folder, "out.csv");
    expect(await runCli(["diff", "--csv", file, a, b])).toMatchObject({ code: 0 });
    expect(await readFile(file, "utf8")).toBe(stdout);
  });

  it("answers wrong usage and bad files with one clear line", async () => {
    const [a, b, folder] = await pair();
    const bad = path.join(folder, "bad.safetensors");
    await writeFile(bad, "not a checkpoint");
    for (const [args, code, message] of [
      [[a, bad], 1, /^weight-odometer: [^\n]*bad\.safetensors: [^\n]+\n$/],
      [[a, b, "--sort", "size"], 2, /--sort is one of order, name/],
      [[a, b, "--csv", "--json"], 2, /both print/],
      [[a, b, bad], 2, /Unexpected argument/],
    ] as const) {
      const ended = await runCli(["diff", ...args]);
      expect(ended).toMatchObject({ code, stdout: "" });
      expect(ended.stderr).toMatch(message);
    }
  });
});

describe("diff --spectrum", () => {
  it("tells a low-rank update from a full one, in this process or in several", async () => {
    const folder = await temporaryFolder();
    // Large enough in all for processes of their own.
    const n = 1500;
    const base = Float32Array.from({ length: n * n }, (_, i) => ((i * 7919) % 1009) / 1009 - 0.5);
    const outer = (scale: number) =>
      base.map((value, i) => value + scale * Math.sin(Math.floor(i / n)) * Math.cos(i % n));
    const full = base.map((value, i) => value + (((i * i) % 1013) / 1013 - 0.5) / 10);
    const matrix = (values: Float32Array) => ({ shape: [n, n], values });
    const a = await writeCheckpoint(path.join(folder, "a"), {
      "one.weight": matrix(base),
      "two.weight": matrix(base),
      "same.weight": { shape: [2, 2], values: new Float32Array(4) },
      bias: [1],
    });
    const b = await writeCheckpoint(path.join(folder, "b"), {
      "one.weight": matrix(outer(0.1)),
      "two.weight": matrix(outer(-0.2)),
      "same.weight": { shape: [2, 2], values: new Float32Array(4) },
      bias: [2],
    });
    const several = await reportOf(a, b, "--spectrum", "--values", "3");
    expect(several.spectrum?.tensors.map(({ name, rank }) => [name, rank])).toEqual([
      ["one.weight", 1],
      ["two.weight", 1],
    ]);
    expect(several.spectrum?.left).toEqual([{ name: "same.weight", reason: "unchanged" }]);
    expect(several.summary.facts.rank).toMatchObject({
      verdict: "low rank",
      lowRank: 2,
      largestRank: 1,
    });
    const alone = await reportOf(a, b, "--spectrum", "--values", "3", "--include", "one*");
    expect(alone.spectrum?.tensors[0].singularValues).toEqual(
      several.spectrum?.tensors[0].singularValues,
    );
    const c = await writeCheckpoint(path.join(folder, "c"), { "one.weight": matrix(full) });
    const { stdout, code } = await runCli(["diff", a, c, "--spectrum", "--include", "one*"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/change of +matrix +sigma 1/);
    expect(await runCli(["diff", a, b, "--values", "3"])).toMatchObject({ code: 2 });
  }, 120_000);
});

it("writes a comparison and a trajectory as HTML files that need no other", async () => {
  const [a, b, folder] = await pair();
  for (const args of [
    ["diff", a, b],
    ["trajectory", a, b, "--order", "given"],
  ]) {
    const file = path.join(folder, `${args[0]}.html`);
    const ended = await runCli([...args, "--html", file]);
    expect(ended).toMatchObject({ code: 0, stdout: "", stderr: `Wrote ${file}\n` });
    expect(await readFile(file, "utf8")).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  }
});

it("inspects with totals by type and role", async () => {
  const [a] = await pair();
  const { stdout } = await runCli(["inspect", a]);
  expect(stdout).toMatch(/^ {2}l\.10\.weight +weight +F32 +2 +2$/m);
  expect(stdout).toMatch(/^ {2}role +tensors +parameters\n[ -]+\n {2}weight +5 +9$/m);
  const { stdout: json } = await runCli(["inspect", a, "--json"]);
  expect(JSON.parse(json)).toMatchObject({
    parameters: 9,
    tensors: [{ role: "weight" }, {}, {}, {}, {}],
  });
});

it("names what of a file is not read, and verifies checksums where that is asked for", async () => {
  const fixtures = path.join(__dirname, "../../fixtures/checkpoint");
  const partly = path.join(fixtures, "hdf5/partly.h5");
  const szip = "szip (is compressed by szip)";
  for (const args of [
    ["inspect", partly],
    ["diff", partly, partly],
  ]) {
    const { stdout } = await runCli(args);
    expect(stdout).toContain(szip);
  }
  const verify = (file: string) => runCli(["inspect", path.join(fixtures, file), "--verify"]);
  expect((await verify("tensorflow/training")).stdout).toMatch(/^\d+ checksums verified/m);
  expect((await verify("hdf5/partly.h5")).stdout).toContain("stores no checksums");
});

it("leaves no process behind when it is killed amid spectra", async () => {
  const folder = await temporaryFolder();
  const n = 2000;
  const noise = (seed: number) => ({
    shape: [n, n],
    values: Float32Array.from({ length: n * n }, (_, i) => Math.sin(seed * i * i)),
  });
  const names = ["one", "two", "three", "four"];
  const state = (seed: number) =>
    Object.fromEntries(names.map((name, i) => [name, noise(seed + i)] as const));
  const a = await writeCheckpoint(path.join(folder, "a"), state(1));
  const b = await writeCheckpoint(path.join(folder, "b"), state(5));
  const child = startCli(["diff", a, b, "--spectrum"]);
  const ended = once(child, "close");
  let children: number[] = [];
  for (let waited = 0; children.length === 0 && waited < 30_000; waited += 20) {
    await setTimeout(20);
    children = childrenOf(child.pid ?? 0);
  }
  expect(children.length).toBeGreaterThan(0);
  process.kill(-(child.pid ?? 0), "SIGINT");
  await ended;
  await gone(children);
}, 120_000);
