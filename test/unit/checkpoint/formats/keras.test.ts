import { copyFileSync, cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { keras3Names } from "../../../../src/checkpoint/formats/keras/keras3-names";
import { layerConfigs } from "../../../../src/checkpoint/formats/keras/model-config";
import { snakeCase, variableNames } from "../../../../src/checkpoint/formats/keras/variable-names";
import type { H5Contents } from "../../../../src/checkpoint/formats/hdf5/walk";
import { openCheckpoint } from "../../../../src/checkpoint/open";
import { temporaryDirectory, writeBytes } from "../temporary";
import { expectAsThePackageReads, fixtures } from "./expectations";
import { expectToSurviveMutations } from "./mutations";

const directory = temporaryDirectory();
const own = path.join(fixtures, "keras");

it.each([
  ["model.keras", "model"],
  ["deflated.keras", "model"],
  ["model.weights.h5", "model.weights"],
  ["legacy.h5", "legacy"],
  ["keras2.h5", "keras2"],
  ["keras2-weights.h5", "keras2-weights"],
  ["sharded/model.weights.json", "model.weights"],
  ["sharded", "model.weights"],
  ["directory", "model"],
  ["keras2.keras", "keras2-model"],
])("reads %s as Keras does", async (file, list) => {
  await expectAsThePackageReads(`keras/${file}`, `keras/${list}.json`);
});

it("tells what the model says of itself, and where plain weights lie in the zip file", async () => {
  const checkpoint = await openCheckpoint(path.join(own, "model.keras"));
  await checkpoint.close();
  expect(checkpoint.format).toBe("keras");
  expect(checkpoint.metadata.get("keras_version")).toBe("3.15.1");
  const kernel = checkpoint.tensor("dense/kernel")!;
  expect(checkpoint.raw(kernel)?.file).toBe(path.join(own, "model.keras"));
  const legacy = await openCheckpoint(path.join(own, "keras2.h5"));
  await legacy.close();
  expect(legacy.metadata.get("backend")).toBe("tensorflow");
});

describe("weights in several files", () => {
  const copy = path.join(directory, "sharded");
  const index = { metadata: {}, weight_map: {} as Record<string, unknown> };
  const withMap = (map: Record<string, unknown>) => {
    cpSync(path.join(own, "sharded"), copy, { recursive: true });
    const text = JSON.stringify({ ...index, weight_map: map });
    return writeBytes(copy, "model.weights.json", Buffer.from(text));
  };

  it.each<[string, Record<string, unknown>]>([
    ["cannot be found", { "/layers/lstm/cell/vars": ["absent.weights.h5"] }],
    ["not a plain relative name", { "/layers/lstm/cell/vars": "../model.weights.h5" }],
    ['no "weight_map" of files', { "/layers/lstm/cell/vars": 3 }],
    ['no "weight_map" of files', {}],
  ])("are refused: %s", async (reason, map) => {
    await expect(openCheckpoint(withMap(map))).rejects.toThrow(reason);
  });

  it("are refused where two hold one variable", async () => {
    const file = withMap({ a: ["model_00000.weights.h5", "copy.weights.h5"] });
    copyFileSync(path.join(copy, "model_00000.weights.h5"), path.join(copy, "copy.weights.h5"));
    await expect(openCheckpoint(file)).rejects.toThrow("two files hold");
  });
});

describe("names of variables", () => {
  it("follow the layer's kind and what it lacks", () => {
    const of = (kind: string, ...shapes: number[][]) => variableNames({ kind }, shapes);
    expect(of("dense", [4, 3])).toEqual(["kernel"]);
    expect(of("dense", [4, 3], [3], [3])).toBeNull();
    expect(of("dense", [4])).toBeNull();
    expect(of("my_block", [4, 3])).toBeNull();
    expect(of("separable_conv2d", [3, 3, 1, 1], [1, 1, 1, 4])).toEqual([
      "depthwise_kernel",
      "pointwise_kernel",
    ]);
    expect(of("batch_normalization", [3], [3])).toEqual(["moving_mean", "moving_variance"]);
    expect(of("layer_normalization", [3])).toBeNull();
    expect(variableNames({ kind: "layer_normalization", scale: false }, [[3]])).toEqual(["beta"]);
    expect(variableNames({ kind: "batch_normalization", center: false }, [[3], [3], [3]])).toEqual([
      "gamma",
      "moving_mean",
      "moving_variance",
    ]);
  });

  it("turn classes into snake case as Keras does", () => {
    const classes = ["Dense", "Conv2DTranspose", "BatchNormalization", "LSTMCell", "PReLU"];
    expect(classes.map(snakeCase)).toEqual(
      "dense conv2d_transpose batch_normalization lstm_cell p_re_lu".split(" "),
    );
  });

  it("come from the configuration where it is clear", () => {
    const layer = (className: string, name: string) => ({
      class_name: className,
      config: { name },
    });
    const text = JSON.stringify([layer("Dense", "a"), layer("LSTM", "a"), layer("Dense", "b")]);
    expect([...layerConfigs(text)]).toEqual([["b", { kind: "dense" }]]);
    expect(layerConfigs("not JSON").size).toBe(0);
    expect(layerConfigs("[".repeat(1_000_000)).size).toBe(0);
  });

  it("are paths where two would be alike", () => {
    const contents = (names: string[]): H5Contents => ({
      datasets: new Map(
        names.map((name) => [
          `layers/${name}/vars/0`,
          { dtype: "F32", shape: [2, 2], parameters: 4, elements: null!, attributes: new Map() },
        ]),
      ),
      groups: new Map(names.map((name) => [`layers/${name}/vars`, new Map([["name", ["same"]]])])),
      unreadable: [],
    });
    const names = (list: string[]) => [...keras3Names(contents(list), "").values()];
    expect(names(["dense"])).toEqual([{ name: "same/kernel", role: "weight" }]);
    expect(names(["dense", "dense_1"]).map(({ name }) => name)).toEqual([
      "layers/dense/vars/0",
      "layers/dense_1/vars/0",
    ]);
  });
});

it.each(["model.keras", "deflated.keras", "model.weights.h5", "legacy.h5", "keras2.h5"])(
  "survives changes of %s",
  async (name) => {
    const write = (bytes: Uint8Array) => writeBytes(directory, `changed-${name}`, bytes);
    await expectToSurviveMutations(readFileSync(path.join(own, name)), write, 500);
  },
);
