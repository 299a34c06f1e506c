"""Writes a batch of CIFAR-10's Python archive: labels and bytes from a binary batch, pickled as NumPy under Python 2 did.

Stands in for NumPy by objects that pickle as its arrays do. Usage: cifar_pickle.py BINARY OUT [BINARY OUT ...]
"""

import pickle
import struct
import sys
import types

core = types.ModuleType("numpy.core.multiarray")
numpy = types.ModuleType("numpy")
sys.modules.update({"numpy": numpy, "numpy.core.multiarray": core})


def _reconstruct(*_):
    raise NotImplementedError


_reconstruct.__module__ = "numpy.core.multiarray"
core._reconstruct = _reconstruct


class dtype:
    def __reduce__(self):
        return dtype, ("u1", 0, 1), (3, "|", None, None, None, -1, -1, 0)


class ndarray:
    def __init__(self, rows, width, data):
        self.state = (1, (rows, width), dtype(), False, data)

    def __reduce__(self):
        return _reconstruct, (ndarray, (0,), b"b"), self.state


for made in (dtype, ndarray):
    made.__module__ = "numpy"
    setattr(numpy, made.__name__, made)


class Python2(pickle._Pickler):
    """Writes bytes as Python 2 wrote its strings."""

    dispatch = dict(pickle._Pickler.dispatch)

    def save_bytes(self, value):
        self.write(b"T" + struct.pack("<i", len(value)) + value)
        self.memoize(value)

    dispatch[bytes] = save_bytes


record = 3073


def convert(source, target):
    data = open(source, "rb").read()
    rows = [data[i : i + record] for i in range(0, len(data), record)]
    batch = {
        b"batch_label": b"training batch",
        b"labels": [row[0] for row in rows],
        b"data": ndarray(len(rows), record - 1, b"".join(row[1:] for row in rows)),
        b"filenames": [b"x.png" for _ in rows],
    }
    with open(target, "wb") as out:
        Python2(out, protocol=2).dump(batch)


for source, target in zip(sys.argv[1::2], sys.argv[2::2]):
    convert(source, target)
