"""A picture that somebody sends: which are taken, and what of them is kept."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.desk.pictures import KINDS, PLACE, huge, picture, picture_with_place

from warraq.base.problems import WarraqError
from warraq.editing.picture_check import MOST_BYTES, checked_picture, picture_name

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def refusal(content: bytes) -> str:
    with pytest.raises(WarraqError) as caught:
        checked_picture(content, "x.png")
    return caught.value.problems[0].code


@pytest.mark.parametrize(("kind", "ending"), KINDS.items())
def test_real_pictures_are_taken_as_they_are(kind: str, ending: str) -> None:
    content = picture(kind)

    assert checked_picture(content, "x") == (content, ending, (40, 30), False)


def test_progressive_animated_and_turned_pictures_are_taken() -> None:
    stream = BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:])
    assert checked_picture(stream.getvalue(), "x").content == stream.getvalue()
    stream = BytesIO()
    Image.effect_noise((300, 200), 90).save(stream, "JPEG", progressive=True)
    assert checked_picture(stream.getvalue(), "x").size == (300, 200)


@pytest.mark.parametrize("kind", KINDS)
def test_what_follows_a_picture_is_left_out(kind: str) -> None:
    assert checked_picture(picture(kind) + HTML, "x").content == picture(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_cut_short_is_refused(kind: str) -> None:
    content = picture(kind)

    assert refusal(content[: len(content) // 2]) in {"upload-broken", "upload-kind"}
    assert refusal(content[:12]) in {"upload-broken", "upload-kind"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "upload-kind"),
        (SVG, "upload-kind"),
        (b"\xef\xbb\xbf" + SVG, "upload-kind"),
        (HTML, "upload-kind"),
        (b"GIF89a" + HTML, "upload-broken"),
        (b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)", "upload-broken"),
        (b"\x89PNG\r\n\x1a\n" + HTML, "upload-broken"),
        (b"\xff\xd8\xff\xe0" + HTML, "upload-broken"),
        (b"BM" + b"\0" * 60, "upload-kind"),
        (b"%PDF-1.7", "upload-kind"),
        (huge(), "upload-pixels"),
        (b"\xff\xd8\xff" + b"\0" * MOST_BYTES, "upload-large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_picture_is_refused(content: bytes, code: str) -> None:
    assert refusal(content) == code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_where_it_was_taken_is_taken_out_and_nothing_else(kind: str) -> None:
    content = picture_with_place(kind)
    before = Image.open(BytesIO(content)).getexif()
    assert dict(before.get_ifd(0x8825)) == PLACE

    checked = checked_picture(content, "x")

    after = Image.open(BytesIO(checked.content)).getexif()
    assert checked.had_place
    assert dict(after.get_ifd(0x8825)) == {}
    assert (after[0x013B], after[0x0112]) == (before[0x013B], 6)
    assert Image.open(BytesIO(checked.content)).tobytes() == Image.open(BytesIO(content)).tobytes()
    assert not checked_picture(checked.content, "x").had_place


def test_a_place_in_xmp_is_blanked() -> None:
    xmp = b'<rdf:Description exif:GPSLatitude="33,30.7875N" dc:creator="x"/>'
    stream = BytesIO()
    Image.new("RGB", (4, 4)).save(stream, "JPEG", xmp=xmp)

    content = checked_picture(stream.getvalue(), "x").content

    assert b"33,30" not in content
    assert b'dc:creator="x"' in content


@given(st.binary(max_size=300), st.sampled_from(list(KINDS)), st.integers(0, 400))
def test_no_bytes_break_it(noise: bytes, kind: str, at: int) -> None:
    whole = picture(kind)
    sent = whole[:at] + noise + whole[at + len(noise) :]
    with suppress(WarraqError):  # anything else would be an error
        checked = checked_picture(sent, "x")
        assert checked.size[0] * checked.size[1] > 0


@given(st.text(max_size=300))
def test_a_name_is_safe_whatever_it_was(name: str) -> None:
    safe = picture_name(name, ".jpg")

    assert safe.isascii()
    assert safe.removesuffix(".jpg").replace("-", "").isalnum()
    assert len(safe) <= 64
    assert safe == safe.lower()
