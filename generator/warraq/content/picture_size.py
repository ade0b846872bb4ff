"""Width and height of a picture, read from its header: no library, no decoding.

PNG: RFC 2083 §4.1.1; GIF89a §18; JPEG: ITU T.81 B.2.2, turned as Exif 2.32 §4.6.4 says; WebP:
RFC 9649 §2; AVIF: the `ispe` property of ISO/IEC 23008-12 §6.5.3; SVG: its `viewBox`.
"""

import re
from pathlib import Path
from typing import BinaryIO

Size = tuple[int, int]
UNKNOWN: Size = (0, 0)
_HEAD = 1 << 16  # bytes; formats other than JPEG give their size within them
_NUMBER = rb"(?:\d{1,6}(?:\.\d{1,6})?)"
_VIEW_BOX = re.compile(
    rb"""<svg\s[^<>]{0,2000}?\bviewBox=["'] *-?%b[ ,]+-?%b[ ,]+(%b)[ ,]+(%b) *["']"""
    % ((_NUMBER,) * 4)
)
_NO_LENGTH = {0x01, *range(0xD0, 0xD8)}  # JPEG markers without a segment
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_TURNED = range(5, 9)  # orientations that swap width and height


def pixels(file: Path) -> Size:
    """Return width and height as a browser shows the picture, (0, 0) if unknown."""
    try:
        with file.open("rb") as stream:
            return pixels_in(stream)
    except OSError:
        return UNKNOWN


def pixels_in(stream: BinaryIO) -> Size:
    """Return what `pixels` does for an open file at its beginning."""
    head = stream.read(_HEAD)
    if head.startswith(b"\xff\xd8"):
        stream.seek(2)
        return _jpeg(stream)
    return _of_head(head)


def _of_head(head: bytes) -> Size:
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        return _big(head[16:20]), _big(head[20:24])
    if head.startswith((b"GIF87a", b"GIF89a")) and len(head) >= 10:
        return _little(head[6:8]), _little(head[8:10])
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return _webp(head[12:16], head[20:30])
    if head[4:8] == b"ftyp":
        return _avif(head)
    if box := _VIEW_BOX.search(head):
        return round(float(box[1])), round(float(box[2]))
    return UNKNOWN


def _webp(kind: bytes, data: bytes) -> Size:
    if len(data) < 10:
        return UNKNOWN
    if kind == b"VP8X":
        return _little(data[4:7]) + 1, _little(data[7:10]) + 1
    if kind == b"VP8L":
        bits = _little(data[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        return _little(data[6:8]) & 0x3FFF, _little(data[8:10]) & 0x3FFF
    return UNKNOWN


def _avif(head: bytes) -> Size:
    """Return the size of the picture if there is only one, and no rotation."""
    at = head.find(b"ispe")
    if at < 0 or b"irot" in head:
        return UNKNOWN
    sizes = set()
    while at >= 0:
        sizes.add((_big(head[at + 8 : at + 12]), _big(head[at + 12 : at + 16])))
        at = head.find(b"ispe", at + 4)
    return sizes.pop() if len(sizes) == 1 else UNKNOWN


def _jpeg(stream: BinaryIO) -> Size:
    is_turned = False
    while (start := stream.read(2)) and start[0] == 0xFF and len(start) == 2:
        marker = start[1]
        if marker == 0xFF:  # padding
            stream.seek(-1, 1)
            continue
        if marker in _NO_LENGTH:
            continue
        length = _big(stream.read(2)) - 2
        if length < 0:
            break
        if marker in _FRAMES:
            frame = stream.read(5)
            high, wide = _big(frame[1:3]), _big(frame[3:5])
            return (high, wide) if is_turned else (wide, high)
        if marker == 0xE1:
            is_turned |= _orientation(stream.read(length)) in _TURNED
        else:
            stream.seek(length, 1)
    return UNKNOWN


def _orientation(segment: bytes) -> int:
    """Return the orientation in an Exif segment, 1 if there is none."""
    tiff = segment[6:]
    if not segment.startswith(b"Exif\0\0") or tiff[:2] not in {b"II", b"MM"}:
        return 1
    read = _little if tiff.startswith(b"II") else _big
    at = read(tiff[4:8])
    for number in range(read(tiff[at : at + 2])):
        entry = tiff[at + 2 + 12 * number :][:12]
        if len(entry) == 12 and read(entry[:2]) == 0x0112:
            return read(entry[8:10])
    return 1


def _big(data: bytes) -> int:
    return int.from_bytes(data)


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")
