"""Keras' own `fit` under Weight Odometer: one callback saves the weights, Keras' CSVLogger the metrics."""

import keras
import numpy

import weight_odometer as odometer


class Odometer(keras.callbacks.Callback):
    """Saves the weights before, along and after a training."""

    step = 0

    def on_train_begin(self, logs=None):
        odometer.save_initial(self.model)

    def on_train_batch_end(self, batch, logs=None):
        self.step += 1

    def on_epoch_end(self, epoch, logs=None):
        odometer.save_step(self.model, self.step)

    def on_train_end(self, logs=None):
        odometer.save_final(self.model)


def clouds(count, seed):
    """Points around ten centres; which centre is the label."""
    centres = numpy.random.default_rng(0).normal(size=(10, 20))
    random = numpy.random.default_rng(seed)
    labels = random.integers(10, size=count)
    return centres[labels] + random.normal(size=(count, 20)), labels


def main():
    run = odometer.settings()
    x, y = clouds(1000, seed=1)
    keep = odometer.select_labels(y, run.label_fraction, run.label_seed)
    x, y = x[keep], y[keep]
    true_labels = y
    y = odometer.corrupt_labels(y, run.label_corruption, run.label_seed, run.label_corruption_kind)
    odometer.log_metrics(realised_rate=(y != true_labels).mean())

    odometer.seed_everything(run.initial_weights)
    model = keras.Sequential(
        [
            keras.Input((20,)),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.BatchNormalization(),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])

    odometer.seed_everything(run.seed)
    run.run_directory.mkdir(parents=True, exist_ok=True)
    model.fit(
        x,
        y,
        batch_size=32,
        epochs=run.parameter("epochs", 3),
        validation_data=clouds(500, seed=2),
        callbacks=[Odometer(), keras.callbacks.CSVLogger(str(run.run_directory / "history.csv"))],
        verbose=2,
    )


if __name__ == "__main__":
    main()
