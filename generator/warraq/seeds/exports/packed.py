"""Exports compressed with gzip (`.xml.gz`): decompressed while reading, up to a limit.

A few hundred bytes may decompress to gigabytes. A stream that is truncated or exceeds the limit
ends there; `fault` returns which of the two happened.
"""

import errno
import gzip
import io
import zlib
from pathlib import Path
from typing import IO

SUFFIX = ".gz"
_MAGIC = b"\x1f\x8b"
MOST = 200  # ratio of sizes at most; markup reaches about thirty
SPARED = 64 * 1024 * 1024  # bytes that any file may decompress to


def bare_name(path: Path) -> str:
    """Return the name of an export without `.gz`, in lower case.

    >>> bare_name(Path("seeds/Posts.XML.gz")), bare_name(Path("seeds/posts.csv"))
    ('posts.xml', 'posts.csv')
    """
    return path.name.lower().removesuffix(SUFFIX)


def opened(path: Path) -> IO[bytes]:
    """Return the file at `path`, decompressed if its content is gzip, whatever its name."""
    if path.exists() and not path.is_file():  # a pipe without a writer would block for ever
        raise OSError(errno.EINVAL, "no regular file")
    stream = path.open("rb")
    if stream.peek(2)[:2] != _MAGIC:
        return stream
    return io.BufferedReader(_Unpacked(stream))


def unpacked(stream: IO[bytes]) -> IO[bytes]:
    """Return a compressed stream, decompressed up to the limit."""
    return io.BufferedReader(_Unpacked(stream))


def fault(path: Path) -> str:
    """Return why the file at `path` cannot be decompressed completely, "" if it can.

    `cut`: it is truncated; `bomb`: it exceeds the limit.
    """
    with path.open("rb") as stream:
        if stream.peek(2)[:2] != _MAGIC:
            return ""
        inner = _Unpacked(stream)
        buffer = bytearray(1024 * 1024)
        while inner.readinto(buffer):
            pass
        return inner.fault


class _Unpacked(io.RawIOBase):
    """The decompressed bytes of a file; they end at the first error, which `fault` names."""

    def __init__(self, packed: IO[bytes]) -> None:
        super().__init__()
        self.fault = ""
        self._packed = packed
        self._inner = gzip.GzipFile(fileobj=packed, mode="rb")
        self._given = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: "bytearray | memoryview", /) -> int:  # type: ignore[override] # any buffer
        """Read the next bytes into `buffer`; return their number, 0 at the end."""
        if self.fault:
            return 0
        try:
            piece = self._inner.read1(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile):
            self.fault = "cut"
            return 0
        self._given += len(piece)
        if self._given > SPARED + MOST * self._packed.tell():
            self.fault = "bomb"
            return 0
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        """Close the compressed file too."""
        self._inner.close()
        self._packed.close()
        super().close()
