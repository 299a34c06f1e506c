"""Selects and corrupts labels by the helper, as lists, NumPy arrays or torch tensors; see labels.test.ts."""

import json
import sys

import weight_odometer as odometer

question = json.load(sys.stdin)
if question["type"] == "numpy":
    import numpy

    make = lambda labels: numpy.array(labels, dtype=numpy.uint16)
elif question["type"] == "torch":
    import torch

    make = lambda labels: torch.tensor(labels, dtype=torch.int32).reshape(-1, 1)
else:
    make = list


def plain(labels, like=None):
    if like is not None:
        assert type(labels) is type(like)
        assert getattr(labels, "dtype", None) == getattr(like, "dtype", None)
        assert getattr(labels, "shape", None) == getattr(like, "shape", None)
    return labels.reshape(-1).tolist() if hasattr(labels, "reshape") else labels


answers = []
for case in question["cases"]:
    labels = make(case["labels"])
    before = plain(labels)[:]
    kinds = list(range(case["count"]))
    answers.append(
        {
            "select": [
                plain(odometer.select_labels(labels, fraction, case["seed"], equal, kinds))
                for fraction in case["fractions"]
                for equal in (False, True)
            ],
            "corrupt": [
                plain(odometer.corrupt_labels(labels, rate, case["seed"], kind, kinds), labels)
                for rate in case["rates"]
                for kind in ("shuffle", "uniform")
            ],
        }
    )
    assert plain(labels) == before
json.dump(answers, sys.stdout)
