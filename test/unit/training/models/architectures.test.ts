import * as tf from "@tensorflow/tfjs-core";
import { initializers } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { models } from "../../../../src/catalogue/models";
import { softmaxCrossEntropy } from "../../../../src/training/losses";
import { modelDefinition, type ModelVariant } from "../../../../src/training/models";
import { useCpuBackend } from "../../../../src/training/models/cpu-backend";
import { initialState } from "../../../../src/training/models/initial-weights";
import { LocalResponseNormalization } from "../../../../src/training/models/local-response-normalization";
import type { Network } from "../../../../src/training/models/network";

beforeAll(useCpuBackend);

/** Builds a variant with zeros, which take no memory until they are written. */
function withNetwork<T>(id: string, variant: ModelVariant, use: (network: Network) => T): T {
  const masks: tf.Tensor[] = [];
  const network = modelDefinition(id, variant).build({
    kernelInitializer: () => initializers.zeros(),
    masks: (index) => masks[index],
  });
  masks.push(...network.dropouts.map(({ shape }) => tf.ones([2, ...shape])));
  try {
    return use(network);
  } finally {
    network.dispose();
    tf.dispose(masks);
  }
}

const count = (variables: Network["weights"]) =>
  variables.reduce((sum, { variable }) => sum + variable.size, 0);

describe("parameters", () => {
  const published = models.flatMap(({ id, published }) =>
    published.map(({ labelKinds, depth, parameters, source }) => ({
      id,
      depth,
      labelKinds,
      parameters,
      source,
    })),
  );
  test.each(published)(
    "$id $depth for $labelKinds label kinds has the published $parameters ($source)",
    ({ id, depth, labelKinds, parameters }) => {
      expect(withNetwork(id, { depth, labelKinds }, ({ weights }) => count(weights))).toBe(
        parameters,
      );
    },
  );

  test.each(models.map(({ id, parameters }) => ({ id, parameters })))(
    "$id has the $parameters that the catalogue says",
    ({ id, parameters }) => {
      expect(withNetwork(id, {}, ({ weights }) => count(weights))).toBe(parameters);
    },
  );

  test("of GoogLeNet without its auxiliary heads, and of YOLO v3 with moving averages, are the published too", () => {
    const main = withNetwork("googlenet", { labelKinds: 1000 }, ({ weights }) =>
      count(weights.filter(({ name }) => !name.startsWith("head"))),
    );
    expect(main).toBe(6_998_552);
    const all = withNetwork("yolo-v3", { labelKinds: 80 }, ({ weights, buffers }) =>
      count([...weights, ...buffers]),
    );
    expect(all).toBe(62_001_757);
  });

  test("of the MNIST demo for ten digits, and of other heads, follow the label kinds", () => {
    const ten = withNetwork("tf-mnist", { labelKinds: 10 }, ({ weights }) => count(weights));
    expect(ten).toBe(1_199_882); // As Keras counts its mnist_cnn example.
    for (const id of ["googlenet", "resnet", "vgg", "alexnet"]) {
      expect(modelDefinition(id).outputs).toBe(5);
      expect(modelDefinition(id, { labelKinds: 2 }).outputs).toBe(2);
    }
  });
});

describe("shapes", () => {
  const outputs = (id: string, variant: ModelVariant, training: boolean) =>
    withNetwork(id, variant, (network) =>
      tf.tidy(() => {
        const { inputShape } = modelDefinition(id, variant);
        return network.apply(tf.zeros([2, ...inputShape]), training).map(({ shape }) => shape);
      }),
    );

  test.each(models.map(({ id, inputSizes: { least } }) => [id, least] as const))(
    "%s takes images of %i pixels",
    (id, inputSize) => {
      const variant = { inputSize, width: 1 / 8, labelKinds: 3 };
      const found = outputs(id, variant, false);
      if (id === "yolo-v3") expect(found).toEqual([2, 4, 8].map((cells) => [2, cells, cells, 24]));
      else expect(found).toEqual([[2, 3]]);
    },
  );

  test("GoogLeNet has its auxiliary outputs in training only", () => {
    const variant = { width: 1 / 8, inputSize: 96 };
    expect(outputs("googlenet", variant, true)).toEqual([
      [2, 5],
      [2, 5],
      [2, 5],
    ]);
    expect(outputs("googlenet", variant, false)).toEqual([[2, 5]]);
  });

  test("feature maps at the published sizes are the published", () => {
    const flat = (id: string, layer: string) =>
      withNetwork(
        id,
        {},
        ({ weights }) => weights.find(({ name }) => name === layer)!.variable.shape,
      );
    expect(flat("vgg", "fc1/kernel")).toEqual([25_088, 4096]);
    expect(flat("alexnet", "fc6/kernel")).toEqual([9216, 4096]);
    expect(flat("googlenet", "head1_fc/kernel")).toEqual([2048, 1024]);
    expect(flat("googlenet", "classifier/kernel")).toEqual([1024, 5]);
    expect(flat("resnet", "predictions/kernel")).toEqual([2048, 5]);
  });

  test("batch norm keeps moving averages beside the weights", () => {
    withNetwork("resnet", { depth: 18, width: 1 / 8 }, ({ weights, buffers }) => {
      expect(weights.slice(0, 3).map(({ name }) => name)).toEqual([
        "conv1_conv/kernel",
        "conv1_bn/gamma",
        "conv1_bn/beta",
      ]);
      expect(buffers.slice(0, 2).map(({ name }) => name)).toEqual([
        "conv1_bn/moving_mean",
        "conv1_bn/moving_variance",
      ]);
    });
  });
});

test("GoogLeNet's auxiliary heads count 0.3 each in its loss", () => {
  const labels = tf.tensor([1, 4], [2], "int32");
  const heads = [0, 1, 2].map((seed) => tf.randomNormal([2, 5], 0, 1, "float32", seed));
  const [main, first, second] = heads.map(
    (head) => softmaxCrossEntropy(labels, head).dataSync()[0],
  );
  const loss = modelDefinition("googlenet").loss(heads, [labels]).dataSync()[0];
  expect(loss).toBeCloseTo(main + 0.3 * (first + second), 5);
});

test("local response normalization is Krizhevsky's formula", () => {
  const values = [3, -40, 0, 100, 7, -2];
  const layer = new LocalResponseNormalization("lrn");
  const found = Array.from(layer.call(tf.tensor(values, [1, 1, 1, 6])).dataSync());
  values.forEach((value, channel) => {
    const near = values.slice(Math.max(0, channel - 2), channel + 3);
    const sum = near.reduce((total, x) => total + x * x, 0);
    expect(found[channel]).toBeCloseTo(value / (2 + 1e-4 * sum) ** 0.75, 4);
  });
});

test("kernels of ResNet are drawn as He et al. do, those of AlexNet as Glorot and Bengio", () => {
  const spread = (id: string, layer: string) => {
    const { weights } = initialState(modelDefinition(id, { width: 0.25, inputSize: 67 }), 3);
    const { values, shape } = weights.find(({ name }) => name === layer)!;
    const variance = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
    const area = shape[0] * shape[1];
    return { variance, fanIn: area * shape[2], fanOut: area * shape[3] };
  };
  const he = spread("resnet", "conv2_block1_2_conv/kernel");
  // A normal distribution cut off at two deviations has 0.774 of its variance.
  expect((he.variance * he.fanIn) / 2).toBeCloseTo(0.774, 1);
  const glorot = spread("alexnet", "conv3/kernel");
  expect((glorot.variance * (glorot.fanIn + glorot.fanOut)) / 2).toBeCloseTo(1, 1);
});

test("a large model is verified by a small one of the same layers", () => {
  for (const { id } of models) {
    const { verifyWith } = modelDefinition(id);
    if (["mnist-dense", "tf-mnist", "tf-cnn"].includes(id)) expect(verifyWith).toBeUndefined();
    else {
      expect(verifyWith!.verifyWith).toBeUndefined();
      const names = (variant: ModelVariant) =>
        withNetwork(id, variant, ({ weights }) => weights.map(({ name }) => name));
      const { inputShape } = verifyWith!;
      expect(names({ width: 1 / 8, inputSize: inputShape[0] })).toEqual(names({}));
    }
  }
});
