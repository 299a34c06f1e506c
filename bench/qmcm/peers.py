"""Times shortest distances by FAISS and scikit-learn: python peers.py PEER REPETITIONS THREADS SHARE...

PEER is faiss (IndexFlatL2, exact, float32) or scikit-learn (NearestNeighbors by brute force). Prints a list of
{"share", "seconds": [...], "cpuSeconds": [...], "mean"}. The time is from the points to distances: making and filling the
index, search, and for FAISS the root.
"""

import json
import sys
import time

import numpy as np

POINTS, DIMENSIONS = 10_000, 100


def with_faiss(stored: np.ndarray, queries: np.ndarray) -> np.ndarray:
    index = faiss.IndexFlatL2(DIMENSIONS)
    index.add(stored)
    squares, _ = index.search(queries, 1)
    return np.sqrt(squares[:, 0])


def with_scikit_learn(stored: np.ndarray, queries: np.ndarray) -> np.ndarray:
    distances, _ = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(stored).kneighbors(queries)
    return distances[:, 0]


peer, repetitions, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
if peer == "faiss":
    import faiss

    faiss.omp_set_num_threads(threads)
    search = with_faiss
else:
    from sklearn.neighbors import NearestNeighbors

    search = with_scikit_learn

points = np.random.default_rng(0).standard_normal((POINTS, DIMENSIONS))
points = (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)
figures = []
for share in map(float, sys.argv[4:]):
    stored, queries = np.split(points, [round(share * POINTS)])
    seconds, cpu_seconds = [], []
    for _ in range(repetitions):
        start, used = time.perf_counter(), time.process_time()
        distances = search(stored, queries)
        seconds.append(time.perf_counter() - start)
        cpu_seconds.append(time.process_time() - used)
    figures.append(
        {"share": share, "seconds": seconds, "cpuSeconds": cpu_seconds, "mean": float(distances.mean())}
    )
print(json.dumps(figures))
