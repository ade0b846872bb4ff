"""The size of a picture as its file tells it, held against Pillow's reading of it."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from warraq.content.picture_size import UNKNOWN, pixels

SIZES = [(1, 1), (37, 61), (300, 200), (4000, 3)]
FORMATS = ["PNG", "GIF", "JPEG", "WEBP", "AVIF"]


def saved(kind: str, size: tuple[int, int], **options: object) -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, (40, 90, 60)).save(stream, kind, **options)
    return stream.getvalue()


def read(folder: Path, content: bytes) -> tuple[int, int]:
    file = folder / "a"
    file.write_bytes(content)
    return pixels(file)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("size", SIZES)
def test_the_size_is_that_of_the_picture(tmp_path: Path, kind: str, size: tuple[int, int]) -> None:
    assert read(tmp_path, saved(kind, size)) == size


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('<svg xmlns="x" viewBox="0 0 240 64">', (240, 64)),
        ("<?xml version='1.0'?>\n<svg viewBox='-1 -2.5,24.4 16'/>", (24, 16)),
        ('<svg width="3" height="4">', UNKNOWN),
        ('<svg viewBox="0 0 1e9 -4">', UNKNOWN),
        ("<svg " + "viewBox=" * 9000, UNKNOWN),
    ],
)
def test_the_size_of_a_drawing_is_its_view_box(
    tmp_path: Path, svg: str, size: tuple[int, int]
) -> None:
    assert read(tmp_path, svg.encode()) == size


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("WEBP", {"lossless": True}),
        ("WEBP", {"exif": Image.Exif().tobytes()}),
        ("JPEG", {"progressive": True, "comment": b"c" * 9000}),
        ("JPEG", {"icc_profile": bytes(200_000)}),
        ("PNG", {"compress_level": 0}),
    ],
)
def test_what_stands_before_the_size_is_passed_over(
    tmp_path: Path, kind: str, options: dict[str, object]
) -> None:
    assert read(tmp_path, saved(kind, (300, 200), **options)) == (300, 200)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_told_as_a_browser_turns_it(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = saved("JPEG", (300, 200), exif=exif)

    turned = ImageOps.exif_transpose(Image.open(BytesIO(content)))

    assert read(tmp_path, content) == turned.size


@given(st.sampled_from(FORMATS), st.data())
def test_no_bytes_break_it(
    tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject
) -> None:
    content = bytearray(WHOLE[kind])
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))

    wide, high = read(tmp_path_factory.getbasetemp(), bytes(content[:cut]))

    assert wide >= 0
    assert high >= 0


WHOLE = {kind: saved(kind, (30, 20)) for kind in FORMATS}


@pytest.mark.parametrize("content", [b"", b"a", b"\xff\xd8", b"\xff\xd8\xff", b"GIF89a", b"RIFF"])
def test_what_is_no_picture_has_no_size(tmp_path: Path, content: bytes) -> None:
    assert read(tmp_path, content) == UNKNOWN
    assert pixels(tmp_path / "not there") == UNKNOWN
