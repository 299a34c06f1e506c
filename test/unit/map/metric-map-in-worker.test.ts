import path from "node:path";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { mapDistances } from "../../../src/map/map-distances";
import { metricMap } from "../../../src/map/metric-map";
import * as inline from "../../../src/map/metric-map-in-worker";
import { temporaryDirectory } from "../checkpoint/temporary";
import { randomPoints } from "./fixtures";

const directory = temporaryDirectory();
const source = path.join(__dirname, "../../../src/map");
const n = 300;
const distances = mapDistances(randomPoints(n, 50, "worker"), 50);
const options = { seed: 1, starts: 1, maxIterations: 400 };

/** The client as it is shipped: bundled, with the worker's bundle beside it. */
let bundled: typeof inline;

beforeAll(async () => {
  await build({
    entryPoints: {
      client: path.join(source, "metric-map-in-worker.ts"),
      "map-worker": path.join(source, "worker.ts"),
    },
    outdir: directory,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    logLevel: "error",
  });
  bundled = (await import(path.join(directory, "client.js"))) as typeof inline;
});

describe.each(["inline", "bundled"])("%s", (kind) => {
  const client = () => (kind === "inline" ? inline : bundled);

  it("gives the map that a direct call gives, and progress", async () => {
    const iterations: number[] = [];
    const map = await client().metricMapInWorker(distances, n, 3, {
      ...options,
      onProgress: ({ iteration }) => iterations.push(iteration),
    });
    expect(map).toEqual(metricMap(distances, n, 3, options));
    expect(iterations.length).toBeGreaterThan(0);
  });

  it("stops when asked, before and during", async () => {
    const before = client().metricMapInWorker(distances, n, 3, {
      ...options,
      signal: AbortSignal.abort(new Error("enough")),
    });
    await expect(before).rejects.toThrow("enough");
    const abort = new AbortController();
    const during = client().metricMapInWorker(distances, n, 3, {
      ...options,
      maxIterations: 1e9,
      signal: abort.signal,
      onProgress: () => {
        abort.abort(new Error("no more"));
      },
    });
    await expect(during).rejects.toThrow("no more");
  });

  it("passes an error on", async () => {
    const wrong = client().metricMapInWorker(distances, n, 3, { seed: 1, starts: 0 });
    await expect(wrong).rejects.toThrow("no starts");
  });
});
