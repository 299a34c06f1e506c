"""Writes reference.json: first words of streams, from xoshiro128** 1.1 as Blackman and Vigna define it."""

import hashlib
import json
import struct
from pathlib import Path

MASK = 0xFFFFFFFF


def rotl(x, k):
    return ((x << k) | (x >> (32 - k))) & MASK


def words(name, count):
    s = list(struct.unpack("<4I", hashlib.sha256(name.encode()).digest()[:16]))
    out = []
    for _ in range(count):
        out.append(rotl(s[1] * 5 & MASK, 7) * 9 & MASK)
        t = s[1] << 9 & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 11)
    return out


names = ["", "order/7/epoch/3", "initial/0", "é"]
Path(__file__).with_suffix(".json").write_text(
    json.dumps(
        [
            {
                "name": name,
                "words": words(name, 20),
                "uniform": [
                    ((a >> 5) * 2**26 + (b >> 6)) / 2**53
                    for a, b in zip(words(name, 10)[::2], words(name, 10)[1::2])
                ],
                "seed": int.from_bytes(hashlib.sha256(name.encode()).digest()[:6], "little"),
            }
            for name in names
        ],
        indent=1,
    )
)
