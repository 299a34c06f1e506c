"""Label fraction and corruption, written from their docstrings with Python's standard library alone.

Reads one JSON object from standard input, writes the answer to standard output.
"""

import hashlib
import json
import math
import struct
import sys

M = 0xFFFFFFFF


def rotate(x, k):
    return ((x << k) | (x >> (32 - k))) & M


class Stream:
    """xoshiro128** 1.1, its state the first 16 bytes of the SHA-256 of its name."""

    def __init__(self, *name):
        digest = hashlib.sha256("/".join(map(str, name)).encode()).digest()
        self.s = list(struct.unpack("<4I", digest[:16]))

    def uint32(self):
        s = self.s
        result = (rotate((s[1] * 5) & M, 7) * 9) & M
        t = (s[1] << 9) & M
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotate(s[3], 11)
        return result

    def below(self, bound):
        limit = 2**32 - 2**32 % bound
        while True:
            value = self.uint32()
            if value < limit:
                return value % bound

    def shuffle(self, values):
        for i in range(len(values) - 1, 0, -1):
            j = self.below(i + 1)
            values[i], values[j] = values[j], values[i]
        return values


def select_kinds(count, fraction, seed):
    if fraction == 1:
        return list(range(count))
    order = Stream("label-kinds", seed).shuffle(list(range(count)))
    return order[: max(1, math.floor(fraction * count + 0.5))]


def select_labels(labels, count, fraction, seed, equal_images):
    kinds = select_kinds(count, fraction, seed)
    if not equal_images:
        return kinds, [i for i, label in enumerate(labels) if label in kinds]
    first = Stream("label-kinds", seed).shuffle(list(range(count)))[0]
    images = sum(label == first for label in labels)
    order = Stream("label-images", seed).shuffle(list(range(len(labels))))
    return kinds, sorted([i for i in order if labels[i] in kinds][:images])


def corrupt_labels(labels, rate, seed, kind, kinds):
    order = Stream("label-corruption", "chosen", seed).shuffle(list(range(len(labels))))
    chosen = order[: math.floor(rate * len(labels) + 0.5)]
    values = [labels[i] for i in chosen]
    stream = Stream("label-corruption", kind, seed)
    if kind == "uniform":
        values = [kinds[stream.below(len(kinds))] for _ in chosen]
    else:
        for j in range(1, len(values)):
            other = stream.below(j + 1)
            values[j], values[other] = values[other], values[j]
    result = list(labels)
    for i, value in zip(chosen, values):
        result[i] = value
    return result


def main():
    q = json.load(sys.stdin)
    select = [
        select_labels(q["labels"], q["count"], fraction, q["seed"], equal)
        for fraction in q["fractions"]
        for equal in (False, True)
    ]
    corrupt = [
        corrupt_labels(q["labels"], rate, q["seed"], kind, list(range(q["count"])))
        for rate in q["rates"]
        for kind in ("shuffle", "uniform")
    ]
    json.dump({"select": select, "corrupt": corrupt}, sys.stdout)


main()
