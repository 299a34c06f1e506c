"""L2 distance of two safetensors files, tensor by tensor, as one writes it with safetensors and PyTorch.

    python safetensors_torch.py A B REPETITIONS

Prints {"seconds": [...], "distance": ...}. The time is that of opening and comparing, without starting Python and
importing packages.
"""

import json
import math
import sys
import time

import torch
from safetensors import safe_open


def distance(first: str, second: str) -> float:
    squares = 0.0
    with safe_open(first, framework="pt") as a, safe_open(second, framework="pt") as b:
        for name in a.keys():
            change = b.get_tensor(name).float() - a.get_tensor(name).float()
            squares += torch.linalg.vector_norm(change).item() ** 2
    return math.sqrt(squares)


def main() -> None:
    first, second, repetitions = sys.argv[1:4]
    seconds = []
    with torch.inference_mode():
        for _ in range(int(repetitions)):
            start = time.perf_counter()
            found = distance(first, second)
            seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds, "distance": found, "threads": torch.get_num_threads()}))


main()
