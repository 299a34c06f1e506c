"""What describe.ts wrote of a model, and the timing of its steps in turn with side-by-side.mjs (see measured.ts)."""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Callable

import numpy as np


class Description:
    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)
        about = json.loads((self.folder / "description.json").read_text())
        self.layers, self.outputs = about["layers"], about["outputs"]
        self.parameters: int = about["parameters"]
        self.images = self._values("images.bin", np.float32).reshape(about["inputShape"])
        self.targets = [
            self._values(f"target-{i}.bin", target["dtype"]).reshape(target["shape"])
            for i, target in enumerate(about["targets"])
        ]
        values, self.weights = self._values("weights.bin", np.float32), {}
        for weight in about["weights"]:
            size = int(np.prod(weight["shape"]))
            self.weights[weight["name"]], values = values[:size].reshape(weight["shape"]), values[size:]

    def _values(self, name: str, dtype) -> np.ndarray:
        return np.fromfile(self.folder / name, dtype)


def measure(step: Callable[[], float], warm_up: int, timed: int, about: dict | None = None) -> None:
    """Steps answer with their loss."""

    def say(line: dict) -> None:
        print(json.dumps(line), flush=True)

    say({"loss": step(), **(about or {})})
    for _ in range(1, warm_up):
        step()
    say({})
    sys.stdin.readline()
    seconds, cpu_seconds = [], []
    for _ in range(timed):
        start, used = time.perf_counter(), time.process_time()
        step()
        seconds.append(time.perf_counter() - start)
        cpu_seconds.append(time.process_time() - used)
    unit = 1e6 if sys.platform == "darwin" else 1e3
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    say({"seconds": seconds, "cpuSeconds": cpu_seconds, "peakMemoryMB": peak})
