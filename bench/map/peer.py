"""Times of NumPy, SciPy and scikit-learn for run.mjs: python peer.py DIRECTORY STATES ITERATIONS."""

import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import scipy.linalg
from safetensors.numpy import load_file
from sklearn.manifold import smacof

warnings.filterwarnings("ignore")
directory, n, iterations = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
times = []


def lap(start):
    times.append(time.perf_counter() - start)


start = time.perf_counter()
weights = np.stack([load_file(directory / f"{i}.safetensors")["weights"] for i in range(n)])
weights = weights.astype(np.float64)
weights -= weights.mean(0)
gram = weights @ weights.T
norms = np.diag(gram)
distances = np.sqrt(np.maximum(0, norms[:, None] + norms - 2 * gram))
lap(start)

start = time.perf_counter()
squared = distances**2
b = -0.5 * (squared - squared.mean(0) - squared.mean(1)[:, None] + squared.mean())
eigenvalues = scipy.linalg.eigh(b, subset_by_index=(n - 3, n - 1))[0][::-1]
lap(start)

start = time.perf_counter()
np.fill_diagonal(distances, 0)
smacof(
    (distances + distances.T) / 2,
    n_components=3,
    n_init=1,
    max_iter=iterations,
    eps=0,
    random_state=0,
    normalized_stress=False,
)
lap(start)
print(json.dumps([*times, eigenvalues.tolist()]))
