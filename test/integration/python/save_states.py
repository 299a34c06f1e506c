"""Saves a model of a framework by the helper: initial weights, a step, final weights; see save.test.ts.

python3 save_states.py FRAMEWORK FOLDER; prints the arrays that were in the model at each, and the files.
"""

import json
import sys
from pathlib import Path

import weight_odometer as odometer

framework, folder = sys.argv[1], Path(sys.argv[2])


def torch_model():
    import torch

    torch.manual_seed(1)

    class Tied(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.embed = torch.nn.Embedding(5, 4)
            self.norm = torch.nn.BatchNorm1d(4)
            self.head = torch.nn.Linear(4, 5)
            self.head.weight = self.embed.weight
            self.sheared = torch.nn.Parameter(torch.randn(3, 2).t())

    model = Tied()
    weights = {"embed.weight": model.embed.weight, "norm.weight": model.norm.weight, "norm.bias": model.norm.bias}
    weights |= {"head.bias": model.head.bias, "sheared": model.sheared}

    def move():
        with torch.no_grad():
            for weight in weights.values():
                weight += 0.25
            model.norm.running_mean += 7

    return model, lambda: {name: weight.detach().numpy() for name, weight in weights.items()}, move


def keras_model():
    import keras

    odometer.seed_everything(1)
    model = keras.Sequential(
        [keras.Input((6,)), keras.layers.Dense(4, name="hidden"), keras.layers.BatchNormalization(name="norm"),
         keras.layers.Dropout(0.5), keras.layers.Dense(3, name="out")]
    )

    def move():
        for weight in model.trainable_variables:
            weight.assign(weight + 0.25)
        for weight in model.non_trainable_variables:
            if "moving" in weight.path:
                weight.assign(weight + 7)

    return model, lambda: {weight.path: weight.numpy() for weight in model.trainable_variables}, move


def sklearn_model():
    import numpy
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier((3,), solver="sgd", random_state=1).partial_fit(numpy.eye(4), [0, 1, 2, 0], [0, 1, 2])

    def move():
        for weight in model.coefs_ + model.intercepts_:
            weight += 0.25

    read = lambda: {
        f"layers.{i}.{kind}": weight
        for kind, weights in (("coefs", model.coefs_), ("intercepts", model.intercepts_))
        for i, weight in enumerate(weights)
    }
    return model, read, move


def numpy_model():
    import numpy

    model = {"dense": {"kernel": numpy.arange(6.0).reshape(2, 3), "file": numpy.float32([1, 2])}, "scale": numpy.ones(())}

    def move():
        for weight in (model["dense"]["kernel"], model["dense"]["file"], model["scale"]):
            weight += 0.25

    read = lambda: {"dense.kernel": model["dense"]["kernel"], "dense.file": model["dense"]["file"], "scale": model["scale"]}
    return model, read, move


model, read, move = globals()[f"{framework}_model"]()
listed = lambda: {name: array.reshape(-1).tolist() for name, array in read().items()}
states, files = [listed()], [str(odometer.save_initial(model, folder))]
move()
states.append(listed())
files.append(str(odometer.save_step(model, 12, folder)))
move()
states.append(listed())
files.append(str(odometer.save_final(model, folder)))
# Again: the file is replaced.
odometer.save_final(model, folder)
json.dump({"states": states, "files": files, "left": sorted(file.name for file in folder.iterdir())}, sys.stdout)
