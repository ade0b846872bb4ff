"""Pictures for tests: real ones of every kind, and what pretends to be one."""

import struct
from io import BytesIO
from zlib import crc32

from PIL import Image

PICTURE = "content/media/first.png"  # of the archive that tests edit; no page shows it
KINDS = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp", "AVIF": ".avif"}
PLACE = {1: "N", 2: (33.0, 30.0, 47.25), 3: "E", 4: (36.0, 17.0, 31.5)}


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), colour: str = "teal") -> bytes:
    """Return a picture of one colour."""
    stream = BytesIO()
    Image.new("RGB", size, colour).save(stream, kind)
    return stream.getvalue()


def picture_with_place(kind: str) -> bytes:
    """Return a picture whose Exif says who took it, and where."""
    exif = Image.Exif()
    exif[0x013B] = "مصور".encode().decode("latin-1")
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update(PLACE)
    stream = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(stream, kind, exif=exif)
    return stream.getvalue()


def huge() -> bytes:
    """Return a PNG of some bytes that says it is 10,000 × 10,000 pixels."""
    small = picture()
    header = b"IHDR" + struct.pack(">II", 10_000, 10_000) + small[24:29]
    return (
        small[:8] + struct.pack(">I", 13) + header + struct.pack(">I", crc32(header)) + small[33:]
    )
