"""Trains a model with TensorFlow in graph mode on one thread and times its steps:
python with_tensorflow.py FOLDER LEARNING-RATE WARM-UP TIMED, FOLDER with what describe.ts wrote."""

import sys

import tensorflow as tf

from described import Description, measure


class Network:
    """The layers of a description in their order, images [rows, height, width, channels]."""

    def __init__(self, description: Description) -> None:
        self.description = description
        self.weights = {
            name: tf.Variable(values, trainable="moving" not in name)
            for name, values in description.weights.items()
        }
        self.variables = [weight for weight in self.weights.values() if weight.trainable]

    def __call__(self, images: tf.Tensor) -> list[tf.Tensor]:
        values = {}
        for layer in self.description.layers:
            inputs = [values[name] for name in layer["inputs"]]
            values[layer["name"]] = self.apply(layer, *inputs) if inputs else images
        return [values[name] for name in self.description.outputs]

    def apply(self, layer: dict, x: tf.Tensor, *others: tf.Tensor) -> tf.Tensor:
        def weight(name: str) -> tf.Variable:
            return self.weights[f"{layer['name']}/{name}"]

        match layer["kind"]:
            case "Conv2D":
                y = tf.nn.conv2d(x, weight("kernel"), layer["strides"], layer["padding"].upper())
                y = tf.nn.bias_add(y, weight("bias")) if layer["use_bias"] else y
                return tf.nn.relu(y) if layer["activation"] == "relu" else y
            case "Dense":
                y = tf.nn.bias_add(tf.matmul(x, weight("kernel")), weight("bias"))
                return tf.nn.relu(y) if layer["activation"] == "relu" else y
            case "BatchNormalization":
                y, mean, variance = tf.compat.v1.nn.fused_batch_norm(
                    x, weight("gamma"), weight("beta"), epsilon=layer["epsilon"]
                )
                for moving, value in ("moving_mean", mean), ("moving_variance", variance):
                    weight(moving).assign_sub((weight(moving) - value) * (1 - layer["momentum"]))
                return y
            case "MaxPooling2D" | "AveragePooling2D" as kind:
                pool = tf.nn.max_pool2d if kind == "MaxPooling2D" else tf.nn.avg_pool2d
                return pool(x, layer["pool_size"], layer["strides"], layer["padding"].upper())
            case "GlobalAveragePooling2D":
                return tf.reduce_mean(x, [1, 2])
            case "Flatten":
                return tf.reshape(x, [x.shape[0], -1])
            case "MaskedDropout":
                return tf.nn.dropout(x, layer["rate"])
            case "LocalResponseNormalization":
                return tf.nn.local_response_normalization(x, 2, 2, 1e-4, 0.75)
            case "ReLU":
                return tf.nn.relu(x)
            case "LeakyReLU":
                return tf.nn.leaky_relu(x, layer["alpha"])
            case "UpSampling2D":
                return tf.image.resize(x, [2 * side for side in x.shape[1:3]], "nearest")
            case "Concatenate":
                return tf.concat([x, *others], 3)
            case "Add":
                return tf.add(x, *others)
        raise ValueError(f"There is no layer {layer['kind']}.")


def classification_loss(outputs: list[tf.Tensor], labels: tf.Tensor) -> tf.Tensor:
    """The heads beyond the first count 0.3 each."""
    if outputs[0].shape[1] == 1:
        truth = tf.cast(labels[:, None], tf.float32)
        return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(truth, outputs[0]))
    first, *others = [
        tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, output))
        for output in outputs
    ]
    return tf.add_n([first, *(0.3 * other for other in others)])


def detection_loss(
    outputs: list[tf.Tensor], assigned: tf.Tensor, priors: tf.Tensor, boxes: tf.Tensor
) -> tf.Tensor:
    """YOLO v3's, as src/training/detection/loss.ts has it."""
    rows, kinds = assigned.shape[0], assigned.shape[2] - 6
    places = tf.concat([tf.reshape(x, [rows, -1, 5 + kinds]) for x in outputs], 1)
    centre, size, objectness, kind = tf.split(places, [2, 2, 1, kinds], 2)
    true_centre, true_size, weight, holds_box, true_kind = tf.split(assigned, [2, 2, 1, 1, kinds], 2)
    middle = (tf.sigmoid(centre) * priors[..., 2:3] + priors[..., :2])[:, :, None]
    extent = (tf.exp(size) * priors[..., 3:])[:, :, None]
    true_middle, true_extent = tf.split(boxes[:, None], 2, 3)
    ends = tf.minimum(middle + extent / 2, true_middle + true_extent / 2)
    starts = tf.maximum(middle - extent / 2, true_middle - true_extent / 2)
    shared = tf.reduce_prod(tf.nn.relu(ends - starts), 3)
    areas = tf.reduce_prod(extent, 3) + tf.reduce_prod(true_extent, 3)
    overlap = tf.reduce_max(shared / (areas - shared), 2, keepdims=True)
    told = tf.stop_gradient(tf.maximum(holds_box, tf.cast(overlap <= 0.5, tf.float32)))
    entropy = tf.nn.sigmoid_cross_entropy_with_logits
    of_box = tf.reduce_sum(weight * (entropy(true_centre, centre) + (size - true_size) ** 2 / 2))
    of_kind = tf.reduce_sum(holds_box * entropy(true_kind, kind))
    of_objectness = tf.reduce_sum(told * entropy(holds_box, objectness))
    return (of_box + of_kind + of_objectness) / rows


def train(folder: str, rate: str, warm_up: str, timed: str) -> None:
    description = Description(folder)
    network = Network(description)
    batch = [tf.constant(values) for values in (description.images, *description.targets)]
    loss_of = classification_loss if len(description.targets) == 1 else detection_loss

    @tf.function(autograph=False)
    def train_step(images: tf.Tensor, *targets: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            loss = loss_of(network(images), *targets)
        for variable, gradient in zip(network.variables, tape.gradient(loss, network.variables)):
            tf.raw_ops.ResourceApplyGradientDescent(
                var=variable.handle, alpha=float(rate), delta=gradient
            )
        return loss

    parameters = sum(variable.shape.num_elements() for variable in network.variables)
    about = {"parameters": parameters}
    measure(lambda: float(train_step(*batch)), int(warm_up), int(timed), about)


tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)
train(*sys.argv[1:])
