"""Numbers to bytes: varints over whole NumPy arrays, deflate, and the names of files.

A varint is base 128, low groups first, high bit set on all bytes but the last.
"""

import hashlib
import zlib
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.signedinteger[Any]]
Bytes = npt.NDArray[np.uint8]


def varints(values: Ints) -> tuple[Bytes, Ints]:
    """Return all `values` (0 to 2³⁵-1) as varints, and where each begins, the end last."""
    lengths = np.ones(len(values), np.int64)
    bound = 1 << 7
    while bound <= int(values.max(initial=0)):
        lengths += values >= bound
        bound <<= 7
    starts = np.zeros(len(values) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    out = np.empty(int(starts[-1]), np.uint8)
    at, rest = starts[:-1], values
    while len(rest):
        more = rest >= 0x80
        out[at] = (rest & 0x7F) | (more << 7)
        at, rest = at[more] + 1, rest[more] >> 7
    return out, starts


def varint(value: int) -> bytes:
    """Return one number as a varint."""
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def section(content: bytes) -> bytes:
    """Return `content` with its length before it."""
    return varint(len(content)) + content


def read_varints(content: bytes) -> tuple[Ints, Ints]:
    """Return the numbers in `content`, and where each begins, the end last."""
    data = np.frombuffer(content, np.uint8)
    starts = np.zeros(int(np.count_nonzero(data < 0x80)) + 1, np.int64)
    starts[1:] = np.flatnonzero(data < 0x80) + 1
    begins, lengths = starts[:-1], np.diff(starts)
    values = (data[begins] & 0x7F).astype(np.int64)
    for group in range(1, int(lengths.max(initial=0))):
        present = lengths > group
        values[present] |= (data[begins[present] + group] & 0x7F).astype(np.int64) << (7 * group)
    return values, starts


def deflated(text: bytes, *columns: bytes) -> bytes:
    """Return `text` and then `columns` as one raw deflate stream ("deflate-raw" in browsers).

    Columns of numbers repeat nothing worth a back reference: each gets a Huffman code of its own,
    which is a sixth smaller than one code for all, and faster. Nothing at all gives b"".
    zlib's output for one level is fixed by its version; a build states no other source of bytes.
    """
    if not text and not any(columns):
        return b""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15, 9)
    packed = packer.compress(text)
    for column in columns:
        packed += packer.flush(zlib.Z_SYNC_FLUSH)
        packer = zlib.compressobj(1, zlib.DEFLATED, -15, 9, zlib.Z_HUFFMAN_ONLY)
        packed += packer.compress(column)
    return packed + packer.flush()


def content_name(content: bytes) -> bytes:
    """Return three bytes of a hash, which distinguish the versions of a file."""
    return hashlib.sha256(content).digest()[:3]


def hash32(text: str) -> int:
    """Return a hash of `text`, the same in Python and JavaScript (FNV-1a, mixed).

    JavaScript hashes UTF-16 units; what is hashed here lies in the basic plane.
    """
    value = 0x811C9DC5
    for char in text:
        value = ((value ^ ord(char)) * 0x01000193) & 0xFFFFFFFF
    return mixed(value)


def mixed(value: int) -> int:
    """Return 32 bits in which every bit of `value` counts (the finaliser of MurmurHash3)."""
    value ^= value >> 16
    value = (value * 0x85EBCA6B) & 0xFFFFFFFF
    value ^= value >> 13
    value = (value * 0xC2B2AE35) & 0xFFFFFFFF
    return value ^ (value >> 16)
