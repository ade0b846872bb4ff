"""A picture that somebody sends: judged by its bytes, never by its name. Pure.

Read as far as is needed to know that it is whole and how large it is; nothing is decoded, so no
picture can be a bomb here. PNG: RFC 2083; JPEG: ITU T.81 annex B; GIF89a; WebP: RFC 9649; AVIF:
boxes of ISO/IEC 14496-12; Exif 2.32 §4.6.6 for the place where a picture was taken.
"""

import re
import struct
import unicodedata
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice
from typing import NamedTuple
from zlib import crc32

from warraq.base.problems import WarraqError, error
from warraq.content.picture_size import Size, pixels_in

MOST_BYTES = 20_000_000
MOST_PIXELS = 50_000_000  # the largest cameras in use; a browser takes four bytes for each
_LONGEST_NAME = 60
_ENDINGS = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_PNG = b"\x89PNG\r\n\x1a\n"
_STANDALONE = {0x01, *range(0xD0, 0xD8)}  # JPEG markers without a length
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7]", re.DOTALL)  # none of those within a scan
_AVIF_BRANDS = (b"avif", b"avis")
_TIFF = re.compile(rb"II\*\0|MM\0\*")
_GPS_POINTER = 0x8825
_MOST_GPS = 4096  # bytes of one of its values, and headers looked at; real ones have a few
_WIDTHS = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_XMP_PLACE = re.compile(rb"(exif:GPS\w{1,40}\s{0,9}(?:=\s{0,9}[\"']|>))([^\"'<>]{1,400})")
_LATIN = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ",
        "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y a a - a i a w y".split(),
        strict=True,
    )
)


class CheckedPicture(NamedTuple):
    """A picture that may be published: `content` ends where it does; `had_place` if it was cut."""

    content: bytes
    ending: str
    size: Size
    had_place: bool


def checked_picture(content: bytes, name: str) -> CheckedPicture:
    """Return the picture that `content` is; `name` is for messages.

    What follows the picture's own end is left out, and so is where it was taken. Raises WarraqError
    for what is no png, jpg, gif, webp or avif, for one that is not whole, and for one too large.
    """
    shown = name[:80]
    if len(content) > MOST_BYTES:
        size = f"{len(content) / 1e6:.0f}"
        raise WarraqError([error("upload-large", value=shown, size=size, most=MOST_BYTES // 10**6)])
    ending = _ending_of(content)
    if not ending:
        raise WarraqError([error("upload-kind", value=shown)])
    end = _whole(content, ending)
    if not end:
        raise WarraqError([error("upload-broken", value=shown)])
    content = content[:end]
    width, height = _size_of(content, ending)
    if not width or not height:
        raise WarraqError([error("upload-broken", value=shown)])
    if width * height > MOST_PIXELS:
        size = f"{width} × {height}"
        raise WarraqError([error("upload-pixels", value=shown, size=size)])
    bare = _without_place(content, ending)
    if _whole(bare, ending) != end:  # its metadata point into the picture itself
        raise WarraqError([error("upload-broken", value=shown)])
    return CheckedPicture(bare, ending, (width, height), had_place=bare != content)


def picture_name(name: str, ending: str) -> str:
    r"""Return a name for a picture file that every system and address takes.

    >>> picture_name("C:\\صور\\لقاء أنقرة.JPG", ".jpg"), picture_name("../../x.png", ".png")
    ('lqa-anqra.jpg', 'x.png')
    >>> picture_name("Café déjà.PNG", ".png"), picture_name("照片.gif", ".gif")
    ('cafe-deja.png', 'picture.gif')
    """
    bare = _ENDINGS.sub("", re.split(r"[\\/\0]", name)[-1])
    plain = unicodedata.normalize("NFKD", bare)
    letters = "".join(_LATIN.get(c, c) for c in unicodedata.normalize("NFC", bare))
    source = letters if any(c in _LATIN for c in bare) else plain
    words = re.findall(r"[a-z0-9]+", re.sub(r"[\u0300-\u036f]", "", source).lower())
    return f"{'-'.join(words)[:_LONGEST_NAME].strip('-') or 'picture'}{ending}"


def _ending_of(content: bytes) -> str:
    if content.startswith(_PNG):
        return ".png"
    if content.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return ".gif"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return ".webp"
    brands = content[8:64] if content[4:8] == b"ftyp" else b""
    return ".avif" if any(brand in brands for brand in _AVIF_BRANDS) else ""


def _whole(content: bytes, ending: str) -> int:
    """Return where the picture ends, 0 if it is cut short or no such picture."""
    walks: dict[str, Callable[[bytes], int]] = {
        ".png": _png_end,
        ".jpg": _jpeg_end,
        ".gif": _gif_end,
        ".webp": _webp_end,
        ".avif": _avif_end,
    }
    try:
        return walks[ending](content)
    except (IndexError, struct.error):
        return 0


def _png_chunks(content: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Yield (where, kind, length of the data) of the chunks, up to one whose sum is wrong."""
    at = len(_PNG)
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        kind = content[at + 4 : at + 8]
        (given,) = struct.unpack_from(">I", content, at + 8 + length)
        if crc32(content[at + 4 : at + 8 + length]) != given:
            return
        yield at, kind, length
        at += 12 + length


def _png_end(content: bytes) -> int:
    has_data = False
    for at, kind, length in _png_chunks(content):
        has_data |= kind == b"IDAT"
        if kind == b"IEND":
            return at + 12 + length if has_data else 0
    return 0


def _jpeg_end(content: bytes) -> int:
    at, has_scan = 2, False
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker == 0xD9:
            return at + 2 if has_scan else 0
        elif marker in _STANDALONE:
            at += 2
        else:
            (length,) = struct.unpack_from(">H", content, at + 2)
            at += 2 + max(length, 2)
            if marker == 0xDA:
                has_scan = True
                found = _MARKER.search(content, at)
                at = found.start() if found else len(content)
    return 0


def _gif_end(content: bytes) -> int:
    flags = content[10]
    at = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    has_image = False
    while True:
        kind = content[at]
        if kind == 0x3B:
            return at + 1 if has_image else 0
        if kind == 0x21:
            at += 2
        elif kind == 0x2C:
            flags, has_image = content[at + 9], True
            at += 11 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
        else:
            return 0
        while content[at]:
            at += 1 + content[at]
        at += 1


def _webp_end(content: bytes) -> int:
    (size,) = struct.unpack_from("<I", content, 4)
    end, at, has_data = 8 + size, 12, False
    if end > len(content):
        return 0
    while at < end:
        kind, length = content[at : at + 4], struct.unpack_from("<I", content, at + 4)[0]
        has_data |= kind in {b"VP8 ", b"VP8L", b"ANMF"}
        at += 8 + length + length % 2
    return end if has_data and at == end else 0


def _avif_end(content: bytes) -> int:
    at, kinds = 0, set()
    while at < len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        if length == 1:
            (length,) = struct.unpack_from(">Q", content, at + 8)
        length = length or len(content) - at
        if length < 8 or at + length > len(content):
            break
        kinds.add(kind)
        at += length
    return at if {b"ftyp", b"mdat"} <= kinds and kinds & {b"meta", b"moov"} else 0


def _size_of(content: bytes, ending: str) -> Size:
    if ending != ".avif":
        return pixels_in(BytesIO(content))
    sizes = [
        struct.unpack_from(">II", content, found.end() + 4)
        for found in re.finditer(b"ispe", content)
        if found.end() + 12 <= len(content)
    ]
    width, height = max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))
    return width, height


def _without_place(content: bytes, ending: str) -> bytes:
    """Return the picture with blanks where its metadata say where it was taken."""
    blank = bytearray(_XMP_PLACE.sub(lambda m: m[1] + b" " * len(m[2]), content))
    for found in islice(_TIFF.finditer(content), _MOST_GPS):
        before = content[max(found.start() - 8, 0) : found.start()]
        if before.endswith(b"Exif\0\0") or before[-8:-4] == b"EXIF" or before[-4:] == b"eXIf":
            _blank_place(blank, found.start())
    if ending == ".png" and blank != content:
        for at, _, length in _png_chunks(content):
            struct.pack_into(
                ">I", blank, at + 8 + length, crc32(bytes(blank[at + 4 : at + 8 + length]))
            )
    return bytes(blank)


def _blank_place(content: bytearray, tiff: int) -> None:
    """Empty the GPS directory of the TIFF structure at `tiff`; what cannot be read is left."""
    order = "<" if content[tiff : tiff + 2] == b"II" else ">"

    def entries(directory: int) -> Iterator[tuple[int, int, int, int, int]]:
        (count,) = struct.unpack_from(f"{order}H", content, directory)
        for number in range(min(count, 512)):
            at = directory + 2 + 12 * number
            yield (at, *struct.unpack_from(f"{order}HHII", content, at))

    try:
        first = tiff + struct.unpack_from(f"{order}I", content, tiff + 4)[0]
        for _, tag, _, _, offset in list(entries(first)):
            if tag == _GPS_POINTER:
                directory = tiff + offset
                for at, _, kind, count, place in list(entries(directory)):
                    length = _WIDTHS.get(kind, 1) * count
                    if 4 < length <= min(_MOST_GPS, len(content) - tiff - place):
                        content[tiff + place : tiff + place + length] = bytes(length)
                    content[at : at + 12] = bytes(12)
                content[directory : directory + 2] = bytes(2)
    except struct.error:
        return
