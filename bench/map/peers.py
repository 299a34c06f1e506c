"""Times classical MDS of the states in a folder: python peers.py PEER FOLDER STATES.

PEER is numpy (Gram matrix by NumPy, top three eigenpairs by SciPy's eigh) or scikit-learn (ClassicalMDS). Prints
{"seconds", "readSeconds", "cpuSeconds", "peakMemoryMB", "eigenvalues"}: from opening the files to positions, of which
reading into one array takes readSeconds, without starting Python and importing packages. NumPy computes in float64;
scikit-learn gets the float32 of the files, which it converts in pieces itself.
"""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import scipy.linalg
from safetensors.numpy import load_file
from sklearn.manifold import ClassicalMDS


def read(folder: Path, n: int, dtype: type) -> np.ndarray:
    first = load_file(folder / "0.safetensors")["weights"]
    weights = np.empty((n, len(first)), dtype)
    for i in range(n):
        weights[i] = load_file(folder / f"{i}.safetensors")["weights"]
    return weights


def with_numpy(weights: np.ndarray) -> np.ndarray:
    n = len(weights)
    weights -= weights.mean(0)
    gram = weights @ weights.T
    values, vectors = scipy.linalg.eigh(gram, subset_by_index=(n - 3, n - 1))
    vectors * np.sqrt(values)
    return values[::-1]


def with_scikit_learn(weights: np.ndarray) -> np.ndarray:
    mds = ClassicalMDS(n_components=3)
    mds.fit_transform(weights)
    return mds.eigenvalues_


def main() -> None:
    peer, folder, n = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    start, used = time.perf_counter(), time.process_time()
    dtype, mds = (np.float64, with_numpy) if peer == "numpy" else (np.float32, with_scikit_learn)
    weights = read(folder, n, dtype)
    read_seconds = time.perf_counter() - start
    values = mds(weights)
    figures = {
        "seconds": time.perf_counter() - start,
        "readSeconds": read_seconds,
        "cpuSeconds": time.process_time() - used,
        "peakMemoryMB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "eigenvalues": np.asarray(values)[:3].tolist(),
    }
    print(json.dumps(figures))


main()
