"""Exports packed by gzip (`.xml.gz`): read as they are unpacked, never farther than they may grow.

Some hundred bytes may unpack to gigabytes of nothing. What breaks off, or grows beyond all text,
ends there; `fault` tells which.
"""

import errno
import gzip
import io
import zlib
from pathlib import Path
from typing import IO

SUFFIX = ".gz"
_MAGIC = b"\x1f\x8b"
MOST = 200  # times its size that a text grows to at the most; markup grows some thirty times
SPARED = 64 * 1024 * 1024  # bytes that anything may unpack to


def bare_name(path: Path) -> str:
    """Return the name of an export as it is when unpacked, in small letters.

    >>> bare_name(Path("seeds/Posts.XML.gz")), bare_name(Path("seeds/posts.csv"))
    ('posts.xml', 'posts.csv')
    """
    return path.name.lower().removesuffix(SUFFIX)


def opened(path: Path) -> IO[bytes]:
    """Return the file at `path`, unpacked if it is packed: a browser may have unpacked `x.gz`."""
    if path.exists() and not path.is_file():  # a pipe that nobody fills is waited for for ever
        raise OSError(errno.EINVAL, "no regular file")
    stream = path.open("rb")
    if stream.peek(2)[:2] != _MAGIC:
        return stream
    return io.BufferedReader(_Unpacked(stream))


def unpacked(stream: IO[bytes]) -> IO[bytes]:
    """Return what a packed stream holds, unpacked as far as it may grow."""
    return io.BufferedReader(_Unpacked(stream))


def fault(path: Path) -> str:
    """Return why the file at `path` cannot be unpacked whole, "" where it can.

    `cut`: its end is missing; `bomb`: it grows beyond all text.
    """
    with path.open("rb") as stream:
        if stream.peek(2)[:2] != _MAGIC:
            return ""
        inner = _Unpacked(stream)
        room = bytearray(1024 * 1024)
        while inner.readinto(room):
            pass
        return inner.fault


class _Unpacked(io.RawIOBase):
    """The bytes in a packed file; what cannot be unpacked is its end, and `fault` says why."""

    def __init__(self, packed: IO[bytes]) -> None:
        super().__init__()
        self.fault = ""
        self._packed = packed
        self._inner = gzip.GzipFile(fileobj=packed, mode="rb")
        self._given = 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, room: "bytearray | memoryview", /) -> int:  # type: ignore[override] # any room
        """Put what comes next into `room`; return how many bytes that is, 0 at the end."""
        if self.fault:
            return 0
        try:
            piece = self._inner.read1(len(room))
        except (EOFError, zlib.error, gzip.BadGzipFile):
            self.fault = "cut"
            return 0
        self._given += len(piece)
        if self._given > SPARED + MOST * self._packed.tell():
            self.fault = "bomb"
            return 0
        room[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        """Close the packed file too."""
        self._inner.close()
        self._packed.close()
        super().close()
