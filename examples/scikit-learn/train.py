"""scikit-learn's MLPClassifier under Weight Odometer: batches go through `partial_fit`, as its weights must be seen before
the first step and along the way."""

import json

import numpy
from sklearn.datasets import load_digits
from sklearn.neural_network import MLPClassifier

import weight_odometer as odometer

EPOCHS, BATCH, KINDS = 10, 64, 10


def initialised(x, run):
    """A classifier whose weights are drawn by their own seed, as scikit-learn draws them (Glorot, uniform)."""
    model = MLPClassifier((32,), solver="sgd", momentum=0, learning_rate_init=0.2, random_state=0)
    # Makes the arrays; without momentum nothing else of this one step is left once they are drawn anew.
    model.partial_fit(x[:1], [0], classes=range(KINDS))
    random = numpy.random.default_rng(run.initial_weights)
    for weights, biases in zip(model.coefs_, model.intercepts_):
        bound = (6 / sum(weights.shape)) ** 0.5
        weights[...] = random.uniform(-bound, bound, weights.shape)
        biases[...] = random.uniform(-bound, bound, biases.shape)
    return model


def main():
    run = odometer.settings()
    x, y = load_digits(return_X_y=True)
    x = x / 16
    x_test, y_test = x[1500:], y[1500:]
    x, y = x[:1500], y[:1500]
    keep = odometer.select_labels(y, run.label_fraction, run.label_seed)
    x, y = x[keep], y[keep]
    true_labels = y
    y = odometer.corrupt_labels(y, run.label_corruption, run.label_seed, run.label_corruption_kind)
    odometer.log_metrics(realised_rate=(y != true_labels).mean())

    model = initialised(x, run)
    odometer.save_initial(model)
    order = numpy.random.default_rng(run.seed)
    step = 0
    for _ in range(EPOCHS):
        shuffled = order.permutation(len(x))
        for start in range(0, len(x), BATCH):
            batch = shuffled[start : start + BATCH]
            model.partial_fit(x[batch], y[batch])
            step += 1
        odometer.save_step(model, step)
        odometer.log_metrics(step, loss=model.loss_)
    odometer.save_final(model)
    (run.run_directory / "scores.json").write_text(json.dumps({"test": {"accuracy": model.score(x_test, y_test)}}))


if __name__ == "__main__":
    main()
