/** What of a layer's configuration decides which variables it has. */
export interface LayerConfig {
  /** Such as "batch_normalization": the class in snake case, as Keras names layers and their folders. */
  readonly kind: string;
  readonly center?: boolean;
  readonly scale?: boolean;
}

const kernelAndBias = ["kernel", "bias"];
const recurrent = ["kernel", "recurrent_kernel", "bias"];
const normalisation = ["gamma", "beta"];

/** Variables of Keras's layers in the order in which they are saved; a layer may lack the last ones. */
const variables = new Map<string, readonly string[]>([
  ["dense", kernelAndBias],
  ["einsum_dense", kernelAndBias],
  ["conv1d", kernelAndBias],
  ["conv2d", kernelAndBias],
  ["conv3d", kernelAndBias],
  ["conv1d_transpose", kernelAndBias],
  ["conv2d_transpose", kernelAndBias],
  ["conv3d_transpose", kernelAndBias],
  ["depthwise_conv1d", kernelAndBias],
  ["depthwise_conv2d", kernelAndBias],
  ["separable_conv1d", ["depthwise_kernel", "pointwise_kernel", "bias"]],
  ["separable_conv2d", ["depthwise_kernel", "pointwise_kernel", "bias"]],
  ["embedding", ["embeddings"]],
  ["lstm_cell", recurrent],
  ["gru_cell", recurrent],
  ["simple_rnn_cell", recurrent],
  ["layer_normalization", normalisation],
  ["group_normalization", normalisation],
  ["seed_generator", ["seed_generator_state"]],
]);

/**
 * Names of a layer's variables, by their number; null where the layer is of another kind or they do not fit it.
 * @param shapes of its variables in the order of their numbers
 */
export function variableNames(
  { kind, center, scale }: LayerConfig,
  shapes: readonly (readonly number[])[],
): readonly string[] | null {
  if (kind === "batch_normalization") return batchNormalisation(shapes, center, scale);
  const names = variables.get(kind);
  if (!names || shapes.length > names.length || shapes.length === 0) return null;
  if (names === kernelAndBias && (shapes[0].length < 2 || shapes.length < 1)) return null;
  if (names === normalisation && shapes.length === 1) {
    if (center === false) return ["gamma"];
    return scale === false ? ["beta"] : null;
  }
  return names.slice(0, shapes.length);
}

function batchNormalisation(
  shapes: readonly (readonly number[])[],
  center?: boolean,
  scale?: boolean,
): readonly string[] | null {
  const trained = shapes.length - 2;
  if (trained < 0 || trained > 2 || shapes.some(({ length }) => length !== 1)) return null;
  const only = center === false ? "gamma" : scale === false ? "beta" : "0";
  return [...[[], [only], normalisation][trained], "moving_mean", "moving_variance"];
}

/** A class's name as Keras turns it into the names of layers and folders. */
export function snakeCase(className: string): string {
  return className
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z0-9]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
