"""Weight Odometer's helper for training scripts: one file, beside your script, to keep in your repository.

    import weight_odometer as odometer

    run = odometer.settings()
    odometer.seed_everything(run.initial_weights)
    model = ...
    odometer.save_initial(model)
    odometer.seed_everything(run.seed)
    y = odometer.corrupt_labels(y, run.label_corruption, run.label_seed, run.label_corruption_kind)
    ...train...
    odometer.save_final(model)
    odometer.log_metrics(test_accuracy=accuracy)

It needs Python 3.9 and nothing else: a framework (NumPy, PyTorch, Keras, TensorFlow) is used where the script has
imported it itself. Without the extension a script runs as before, by the defaults of `Settings`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import math
import os
import random
import re
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional, TypeVar, Union

__all__ = [
    "Settings",
    "settings",
    "corrupt_labels",
    "select_labels",
    "seed_everything",
    "save_initial",
    "save_step",
    "save_final",
    "log_metrics",
]

_PREFIX = "WEIGHT_ODOMETER_"
# By which the extension finds what a run has started; no parameters.
_MARKS = ("RUN_MARK", "TASK")
_Value = TypeVar("_Value", bool, int, float, str)


# What the experiment asks of this run.


@dataclass(frozen=True)
class Settings:
    """What the experiment asks of this run; the defaults hold where the script is run by hand."""

    seed: int = 0
    """Of all that is random but the initial weights: the order of examples, dropout, augmentation."""
    initial_weights: int = 0
    """Seed of the initial weights; runs that are to start from the same weights share it."""
    run_directory: Path = Path("weight-odometer-run")
    """Where checkpoints and metrics of this run go."""
    label_fraction: float = 1.0
    """Share of the label kinds to train on, above 0, at most 1 (Experiment 3)."""
    label_corruption: float = 0.0
    """Share of the labels to corrupt, 0 to 1 (Experiment 4)."""
    label_corruption_kind: str = "shuffle"
    """"shuffle" or "uniform"."""
    label_seed: int = 0
    """Seed of `select_labels` and `corrupt_labels`."""
    attempt: int = 0
    """0 at first; more where an earlier attempt at this run was cut off: what it left lies in `run_directory`."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """What all other such variables say, the experiment's own parameters among them: text by names such as LEARNING_RATE."""

    def parameter(self, name: str, default: _Value) -> _Value:
        """One of the experiment's own parameters, of the type that `default` has.

        `learning_rate`, `learningRate` and `LEARNING_RATE` name the same one.
        """
        key = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).replace("-", "_").upper()
        text = self.parameters.get(key)
        return default if text is None else _parsed(key, text, type(default))


def settings() -> Settings:
    """Reads the environment variables WEIGHT_ODOMETER_... that the extension sets. Raises ValueError on one that is wrong."""
    given = {key[len(_PREFIX) :]: text for key, text in os.environ.items() if key.startswith(_PREFIX)}

    def read(name: str, default: _Value) -> _Value:
        text = given.pop(name, None)
        return default if text is None else _parsed(name, text, type(default))

    known = Settings()
    seed = read("SEED", known.seed)
    return Settings(
        seed=seed,
        initial_weights=read("INITIAL_WEIGHTS", seed),
        run_directory=Path(read("RUN_DIRECTORY", str(known.run_directory))),
        label_fraction=read("LABEL_FRACTION", known.label_fraction),
        label_corruption=read("LABEL_CORRUPTION", known.label_corruption),
        label_corruption_kind=read("LABEL_CORRUPTION_KIND", known.label_corruption_kind),
        label_seed=read("LABEL_SEED", known.label_seed),
        attempt=read("ATTEMPT", known.attempt),
        parameters={name: text for name, text in given.items() if name not in _MARKS},
    )


def _parsed(name: str, text: str, kind: type) -> Any:
    if kind is bool:
        value = {"true": True, "1": True, "false": False, "0": False}.get(text.lower())
        if value is not None:
            return value
    else:
        try:
            return kind(text)
        except ValueError:
            pass
    raise ValueError(f"{_PREFIX}{name} is {text!r}, which is no {kind.__name__}.")


# Labels: the same as the extension's own, bit for bit (src/labels of its sources say each step).


class _Stream:
    """Random numbers by xoshiro128** 1.1 (Blackman and Vigna, 2018), seeded by the SHA-256 of a name."""

    def __init__(self, *name: Union[str, int]) -> None:
        digest = hashlib.sha256("/".join(map(str, name)).encode()).digest()
        self._state = struct.unpack("<4I", digest[:16])

    def below(self, bound: int) -> int:
        """A whole number from 0 up to `bound`, which it never is; without bias (by rejection)."""
        limit = 2**32 - 2**32 % bound
        while True:
            a, b, c, d = self._state
            product = (b * 5) & 0xFFFFFFFF
            value = (((product << 7 | product >> 25) & 0xFFFFFFFF) * 9) & 0xFFFFFFFF
            c ^= a
            d ^= b
            self._state = (a ^ d, b ^ c, c ^ (b << 9 & 0xFFFFFFFF), (d << 11 | d >> 21) & 0xFFFFFFFF)
            if value < limit:
                return value % bound

    def order(self, count: int) -> list[int]:
        """0 ... count - 1, shuffled (Fisher-Yates, from the last index down)."""
        values = list(range(count))
        for i in range(count - 1, 0, -1):
            j = self.below(i + 1)
            values[i], values[j] = values[j], values[i]
        return values


def corrupt_labels(
    labels: Any, rate: float, seed: int, kind: str = "shuffle", kinds: Optional[Sequence[Any]] = None
) -> Any:
    """Labels of which a share is corrupted, as in Experiment 4 of the paper; `labels` themselves stay as they are.

    Labels chosen at 10 % are among those chosen at 20 %. Where labels are selected too, select first.

    labels: NumPy array, torch tensor (n or n x 1, class indices, not one-hot) or list; the result is of the same type.
    rate: 0 to 1; of n labels floor(rate n + 0.5) are chosen.
    kind: "shuffle" permutes the chosen labels among themselves; "uniform" draws each anew among `kinds`, after Zhang
        et al. 2017, so that of K kinds 1/K stay as they were.
    kinds: what "uniform" draws among; without it the kinds that `labels` holds, in ascending order.
    """
    if not 0 <= rate <= 1:
        raise ValueError(f"A label corruption rate of {rate} is not 0 to 1.")
    if kind not in ("shuffle", "uniform"):
        raise ValueError(f'Labels are corrupted by "shuffle" or "uniform", not by {kind!r}.')
    result = _as_list(labels)
    order = _Stream("label-corruption", "chosen", int(seed)).order(len(result))
    chosen = order[: math.floor(rate * len(result) + 0.5)]
    stream = _Stream("label-corruption", kind, int(seed))
    if kind == "uniform":
        among = sorted(set(result)) if kinds is None else list(kinds)
        values = [among[stream.below(len(among))] for _ in chosen]
    else:
        values = [result[index] for index in chosen]
        for j in range(1, len(values)):
            other = stream.below(j + 1)
            values[j], values[other] = values[other], values[j]
    for index, value in zip(chosen, values):
        result[index] = value
    return _like(labels, result)


def select_labels(
    labels: Any, fraction: float, seed: int, equal_images: bool = False, kinds: Optional[Sequence[Any]] = None
) -> Any:
    """Indices, ascending, of the examples whose labels are among a share of the label kinds (Experiment 3 of the paper).

        keep = select_labels(y, run.label_fraction, run.label_seed)
        x, y = x[keep], y[keep]

    The kinds of 20 % are among those of 40 %. Of K kinds max(1, floor(fraction K + 0.5)) are kept.

    labels: NumPy array, torch tensor (n or n x 1, class indices) or list; the result is a NumPy array, tensor or list.
    fraction: above 0, at most 1.
    equal_images: keep as many examples at every fraction: as many as the first kind has alone.
    kinds: all label kinds; without it those that `labels` holds, in ascending order.
    """
    if not 0 < fraction <= 1:
        raise ValueError(f"A label fraction of {fraction} is not above 0 and at most 1.")
    values = _as_list(labels)
    every = sorted(set(values)) if kinds is None else list(kinds)
    order = [every[position] for position in _Stream("label-kinds", int(seed)).order(len(every))]
    kept = set(order[: max(1, math.floor(fraction * len(every) + 0.5))])
    indices = [index for index, label in enumerate(values) if label in kept]
    if equal_images:
        images = sum(label == order[0] for label in values) if order else 0
        permuted = _Stream("label-images", int(seed)).order(len(values))
        # Of one kind all; of several so many, in an order of all examples.
        indices = sorted([index for index in permuted if values[index] in kept][:images])
    return _like_indices(labels, indices)


def _as_list(labels: Any) -> list[Any]:
    shape = getattr(labels, "shape", None)
    if shape is None:
        if isinstance(labels, (str, bytes)) or not isinstance(labels, Sequence):
            raise TypeError(f"Labels are a NumPy array, a torch tensor or a list, not {type(labels).__name__}.")
        return list(labels)
    if len(shape) != 1 and not (len(shape) == 2 and shape[1] == 1):
        raise ValueError(f"Labels are class indices of shape (n,) or (n, 1), not {tuple(shape)}: one-hot ones are not.")
    return _array(labels).reshape(-1).tolist()


def _array(labels: Any) -> Any:
    """The tensor itself, or anything else that has a shape (a pandas Series, a TensorFlow tensor) as a NumPy array."""
    return labels if _is_tensor(labels) else sys.modules["numpy"].asarray(labels)


def _like(labels: Any, values: list[Any]) -> Any:
    if not hasattr(labels, "shape"):
        return values
    array = _array(labels)
    if _is_tensor(labels):
        return array.new_tensor(values).reshape(array.shape)
    return sys.modules["numpy"].array(values, dtype=array.dtype).reshape(array.shape)


def _like_indices(labels: Any, indices: list[int]) -> Any:
    if not hasattr(labels, "shape"):
        return indices
    if _is_tensor(labels):
        torch = sys.modules["torch"]
        return torch.tensor(indices, dtype=torch.int64, device=labels.device)
    numpy = sys.modules["numpy"]
    return numpy.array(indices, dtype=numpy.int64)


def _is_tensor(value: Any) -> bool:
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(value, torch.Tensor)


# Seeds.


def seed_everything(seed: Optional[int] = None) -> int:
    """Seeds `random` and, of NumPy, PyTorch, TensorFlow and Keras, those that are imported: call it after the imports.

    seed: any whole number; without it `settings().seed`. Returns the seed. On GPUs frameworks ask for more before they
    repeat themselves bit by bit, such as torch.use_deterministic_algorithms(True).
    """
    value = settings().seed if seed is None else int(seed)
    random.seed(value)
    seeders: dict[str, Callable[[Any], Any]] = {
        "numpy": lambda numpy: numpy.random.seed(value % 2**32),
        "torch": lambda torch: torch.manual_seed(value % 2**63),
        "tensorflow": lambda tensorflow: tensorflow.random.set_seed(value % 2**31),
        "keras": lambda keras: keras.utils.set_random_seed(value % 2**31),
    }
    for name, seeder in seeders.items():
        module = sys.modules.get(name)
        if module is not None:
            seeder(module)
    return value


# Checkpoints.


def save_initial(model: Any, directory: Union[str, Path, None] = None) -> Path:
    """Saves the weights before training, as `initial.*` in the run's directory. See `save_final`."""
    return _save(model, "initial", directory)


def save_step(model: Any, step: int, directory: Union[str, Path, None] = None) -> Path:
    """Saves the weights after `step` steps, as `step-00000100.*`, for distances along the way. See `save_final`."""
    return _save(model, f"step-{int(step):08d}", directory)


def save_final(model: Any, directory: Union[str, Path, None] = None) -> Path:
    """Saves the weights after training, as `final.*` in the run's directory, and returns the file.

    model: a torch module (safetensors where that package is installed, else torch.save of its state dict), a Keras
    model (.weights.h5), a scikit-learn MLP or a mapping of arrays, nested ones too (.npz, by NumPy). Parameters that are
    tied are saved once. Written aside and renamed: whoever looks sees the whole file or none.
    """
    return _save(model, "final", directory)


def _save(model: Any, name: str, directory: Union[str, Path, None]) -> Path:
    suffix, write = _writer(model)
    folder = settings().run_directory if directory is None else Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}{suffix}"
    # No pattern of checkpoints takes this name. Keras looks at how it ends.
    aside = folder / f".writing-{os.getpid()}-{file.name}"
    try:
        write(aside)
        os.replace(aside, file)
    finally:
        aside.unlink(missing_ok=True)
    return file


def _writer(model: Any) -> tuple[str, Callable[[Path], None]]:
    """How this model's weights are written, and how the file's name ends."""
    if _is_keras(model):
        if not model.weights:
            raise ValueError("This Keras model has no weights yet: build it, or call it once, before it is saved.")
        return ".weights.h5", lambda file: model.save_weights(str(file))
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(model, torch.nn.Module):
        return _torch_writer(torch, _distinct(model.state_dict(keep_vars=True)))
    if hasattr(model, "coefs_") and hasattr(model, "intercepts_"):
        pairs = zip(model.coefs_, model.intercepts_)
        model = {f"layers.{i}": {"coefs": coefs, "intercepts": intercepts} for i, (coefs, intercepts) in enumerate(pairs)}
    if isinstance(model, Mapping):
        arrays = dict(_flattened(model, ""))
        if arrays and all(_is_tensor(value) for value in arrays.values()):
            return _torch_writer(torch, _distinct(arrays))
        return ".npz", lambda file: _write_npz(file, arrays)
    raise TypeError(
        f"The weights of {type(model).__name__} cannot be saved: give a torch module, a Keras model, a scikit-learn MLP "
        "that has been fitted, or a mapping of names and arrays."
    )


def _is_keras(model: Any) -> bool:
    packages = {base.__module__.split(".")[0] for base in type(model).__mro__}
    return bool(packages & {"keras", "tf_keras", "tensorflow"}) and hasattr(model, "save_weights")


def _distinct(tensors: Mapping[str, Any]) -> dict[str, Any]:
    """Without the second and later names of a tied parameter."""
    seen: set[int] = set()
    return {
        name: tensor
        for name, tensor in tensors.items()
        if _is_tensor(tensor) and not (id(tensor) in seen or seen.add(id(tensor)))
    }


def _torch_writer(torch: Any, tensors: Mapping[str, Any]) -> tuple[str, Callable[[Path], None]]:
    # Copies, so that no two share memory, which safetensors refuses and torch.save would keep.
    copies = {name: tensor.detach().cpu().contiguous().clone() for name, tensor in tensors.items()}
    if importlib.util.find_spec("safetensors") is None:
        return ".pt", lambda file: _write_pt(torch, file, copies)
    from safetensors.torch import save_file

    return ".safetensors", lambda file: save_file(copies, str(file), {"format": "pt"})


def _write_pt(torch: Any, file: Path, tensors: Mapping[str, Any]) -> None:
    # Given a name torch.save would store it: equal weights give equal bytes.
    with open(file, "wb") as stream:
        torch.save(tensors, stream)


def _flattened(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Arrays of nested mappings and lists, by names such as `dense.kernel` or `blocks.0.scale`."""
    if isinstance(value, Mapping):
        members: Any = value.items()
    elif isinstance(value, (list, tuple)) and any(isinstance(m, Mapping) or hasattr(m, "shape") for m in value):
        members = enumerate(value)
    else:
        yield name, value
        return
    for key, member in members:
        yield from _flattened(member, f"{name}.{key}" if name else str(key))


def _write_npz(file: Path, arrays: Mapping[str, Any]) -> None:
    import numpy

    # As numpy.savez does, but for the time of writing: equal weights give equal bytes.
    with zipfile.ZipFile(file, "w") as archive:
        for name, value in arrays.items():
            with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w", force_zip64=True) as entry:
                numpy.lib.format.write_array(entry, numpy.asanyarray(value), allow_pickle=False)


# Metrics.


def log_metrics(step: Optional[int] = None, **numbers: float) -> None:
    """Appends a line to `metrics.jsonl` in the run's directory, such as {"step": 100, "test_accuracy": 0.97}.

    The last finite value of each name is the run's own. Numbers of NumPy, torch and TensorFlow will do; what is not
    finite is written as null.
    """
    line: dict[str, Union[int, float, None]] = {} if step is None else {"step": int(step)}
    for name, number in numbers.items():
        value = float(number)
        line[name] = value if math.isfinite(value) else None
    folder = settings().run_directory
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "metrics.jsonl", "a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
