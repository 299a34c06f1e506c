import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BuiltInRecord } from "../../../src/experiment/run-record";
import { writeCifarBinary, writeImageFolder } from "../../support/datasets";
import { FileServer } from "../../support/file-server";
import { runCli, startCli } from "../support/cli";

const archive = "cifar-10-binary.tar.gz";
let server: FileServer;
let address = "";
let root = "";
/** A home of its own: nothing of these tests stays in the user's. */
const home = () => ({
  XDG_CACHE_HOME: path.join(root, "cache"),
  XDG_DATA_HOME: path.join(root, "share"),
});
const downloaded = () => path.join(root, "share/weight-odometer/datasets");

beforeAll(async () => {
  server = new FileServer();
  address = await server.start();
  root = await mkdtemp(path.join(tmpdir(), "odometer-"));
  await writeCifarBinary(path.join(root, "made"), 40);
  const file = path.join(root, archive);
  execFileSync("tar", ["czf", file, "-C", path.join(root, "made"), "cifar-10-batches-bin"]);
  server.put(archive, await readFile(file));
});
afterAll(async () => {
  await server.stop();
  await rm(root, { recursive: true });
});

async function records(out: string): Promise<BuiltInRecord[]> {
  const files = await readdir(path.join(out, "runs"), { recursive: true });
  const texts = files
    .filter((file) => file.endsWith("run.json"))
    .map((file) => readFile(path.join(out, "runs", file), "utf8"));
  return (await Promise.all(texts)).map((text) => JSON.parse(text) as BuiltInRecord);
}

describe("weight-odometer datasets", () => {
  it("refuses what differs from the published archive", async () => {
    const args = ["datasets", "download", "cifar-10", "--from", `${address}${archive}`];
    const { code, stderr } = await runCli(args, home());
    expect(code).toBe(1);
    expect(stderr).toMatch(/cifar-10-binary.tar.gz: the SHA-256 is \w{64}, published is c4a38c50/);
    expect((await runCli(["datasets", "download", "nonsense"], home())).code).toBe(2);
  });

  it("goes on after Ctrl+C, unpacks, and lists where the dataset lies", async () => {
    const args = [
      ...["datasets", "download", "cifar-10", "--from", `${address}${archive}`],
      "--unchecked",
    ];
    server.holdAfter = 100_000;
    const child = startCli(args, home());
    const part = path.join(downloaded(), ".downloads/cifar-10", `${archive}.part`);
    while ((await readFile(part).catch(() => Buffer.alloc(0))).length < 100_000)
      await setTimeout(20);
    child.kill("SIGINT");
    expect((await once(child, "close"))[0]).toBe(1);
    server.holdAfter = null;
    const { code, stdout } = await runCli(args, home());
    expect(code).toBe(0);
    expect(stdout).toBe(`CIFAR-10 is at ${path.join(downloaded(), "cifar-10")}\n`);
    expect(server.requests.at(-1)?.range).toBe("bytes=100000-");
    expect(await readdir(downloaded())).toEqual([".downloads", "cifar-10"]);
    const listed = JSON.parse((await runCli(["datasets", "--json"], home())).stdout) as {
      datasets: { id: string; place: string | null }[];
    };
    const place = (id: string) => listed.datasets.find((dataset) => dataset.id === id)?.place;
    expect(place("cifar-10")).toBe(path.join(downloaded(), "cifar-10"));
    expect(place("tf-flowers")).toBeNull();
  });

  it("trains on it with few kinds and corrupted labels, and tells what became of the labels", async () => {
    const file = path.join(root, "cifar.odometer.json");
    const labelCorruption = { kind: "uniform", rate: 0.5 };
    const train = {
      ...{ model: "mnist-dense", dataset: "cifar-10", epochs: 2, batchSize: 16 },
      ...{ labelFraction: 0.3, labelCorruption, augmentation: { flip: true, shift: 1 } },
    };
    await writeFile(file, JSON.stringify({ train, runs: 2 }));
    const out = path.join(root, "out");
    const { code, stderr } = await runCli(["run", file, "--out", out], home());
    expect([code, stderr]).toEqual([0, expect.stringContaining("")]);
    const [a, b] = await records(out);
    expect(a.labels).toEqual(b.labels);
    expect(a.labels?.kinds).toHaveLength(3);
    expect(a.labels?.chosen).toBe(Math.round(0.5 * (a.labels?.images ?? 0)));
    expect(a.trainAccuracy?.images).toBe(a.labels?.images);
    const [first] = (await readFile(path.join(out, "log/times.jsonl"), "utf8")).trim().split("\n");
    expect(JSON.parse(first)).toMatchObject({
      secondsToFirstStep: expect.any(Number) as number,
      peakMemoryBytes: expect.any(Number) as number,
    });
  });

  it("trains on a folder of photographs beside the experiment file; both runs read the same pixels", async () => {
    await writeImageFolder(path.join(root, "photos"), { roses: 30, tulips: 30 });
    const file = path.join(root, "photos.odometer.json");
    const train = { model: "mnist-dense", dataset: "image-folder", folder: "photos", batchSize: 8 };
    const seeds = { initialWeights: 1, order: 1, dropout: 1 };
    await writeFile(file, JSON.stringify({ train: { ...train, epochs: 3 }, seeds, runs: 1 }));
    const final = async (out: string, more: string[]) => {
      const { code, stderr } = await runCli(["run", file, "--out", out, ...more], home());
      expect([code, stderr]).toEqual([0, expect.stringContaining("")]);
      const [{ key }] = await records(out);
      return readFile(path.join(out, "runs", key.slice(0, 2), key, "final.safetensors"));
    };
    const cached = await final(path.join(root, "1"), []);
    expect(await readdir(path.join(root, "cache/weight-odometer/images"))).not.toEqual([]);
    const decoded = await final(path.join(root, "2"), ["--image-cache", "0"]);
    expect(decoded.equals(cached)).toBe(true);
  });
});
