"""WordPress attachments: replace references by id in a post with the files themselves."""

import json
import re
from collections.abc import Iterable, Mapping
from html import escape, unescape
from typing import NamedTuple

_GALLERY = re.compile(r"(?<!\[)\[gallery\b([^\[\]]*)\](?!\])")
_PLAYLIST = re.compile(r"(?<!\[)\[playlist\b([^\[\]]*)\](?!\])")
_IDS = re.compile(r"""\b(?:ids|include)\s*=\s*["'“”″]?([\d,\s]+)""")
# Page builders' shortcodes that refer to pictures in the media library by id.
_BUILT = re.compile(
    r"\[(?:vc|et_pb|fusion|av|mk|ux|nectar|kc|dt|thb)_\w*(?:image|imageframe|gallery|carousel|photo|media)\w*\b"
    r"([^\[\]]*)\]|\[(?:image_with_animation|ux_image)\b([^\[\]]*)\]"
)
_BUILT_IDS = re.compile(
    r"""\b(?:image|images|ids|gallery_ids|include|image_id|attachment|attachment_id|image_url|id)=["'“”″](\d+(?:\s*,\s*\d+)*)\b"""
)
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_NUMBER = re.compile(r"\bwp-image-(\d+)")
_ALT = re.compile(r"""\salt=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_FILE_NAME = re.compile(r"[\w\s().,-]*", re.ASCII)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)$", re.IGNORECASE)


class Attachment(NamedTuple):
    """A file of the media library; `parent` is the post it was uploaded to."""

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    parent: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture, judged by its file name."""
        return bool(_PICTURE.search(self.src))


def attachment(record: Mapping[str, object]) -> Attachment:
    """Return the file described by an export item of type `attachment`."""
    title = str(record.get("title") or "").strip()
    described = title if title and not _FILE_NAME.fullmatch(title) else ""
    caption = _bare(record.get("excerpt"))
    return Attachment(
        str(record.get("attachment_url") or ""),
        _bare(record.get("_wp_attachment_image_alt")) or caption or described,
        caption,
        _bare(record.get("_media_credit") or record.get("media_credit")),
        str(record.get("post_parent") or ""),
    )


def _bare(value: object) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", str(value or ""))).split())


def shown(body: str, own: str, library: Mapping[str, Attachment]) -> str:
    """Return a post's body with galleries as figures and with the library's alternative texts.

    `own` is the post's id: a gallery without ids shows the pictures uploaded to the post.
    """
    if "[gallery" in body or "[playlist" in body:
        body = _GALLERY.sub(lambda m: _gallery(m, library, own), body)
        body = _PLAYLIST.sub(lambda m: _playlist(m, library), body)
    body = _BUILT.sub(lambda m: _built(m, library), body)
    if "wp-image-" in body:
        body = _IMAGE.sub(lambda m: _described(m[0], library), body)
    return body


def _gallery(code: re.Match[str], library: Mapping[str, Attachment], own: str) -> str:
    named = _IDS.search(code[1])
    if named:
        found = [library[n] for n in _numbers(named) if n in library]
    else:
        found = [a for a in library.values() if a.parent == own and a.is_picture]
    lost = [n for n in _numbers(named) if n not in library] if named else []
    if lost or not found:  # the shortcode is kept, and so listed in the receipt
        ids = ",".join(lost)
        return f'{_figures(found)}[gallery ids="{ids}"]' if found else code[0]
    return _figures(found)


def _built(code: re.Match[str], library: Mapping[str, Attachment]) -> str:
    """Return the pictures of a page builder's shortcode; keep the shortcode if one is missing."""
    named = _BUILT_IDS.search(code[1] or code[2] or "")
    numbers = _numbers(named)
    found = [library[number] for number in numbers if number in library]
    return _figures(found) + ("" if found and len(found) == len(numbers) else code[0])


def _figures(found: Iterable[Attachment]) -> str:
    return "".join(
        f'<figure><img src="{escape(a.src)}" alt="{escape(a.alt)}">'
        f"<figcaption>{escape(a.caption)}</figcaption>"
        + (f'<span class="media-credit">{escape(a.credit)}</span>' if a.credit else "")
        + "</figure>"
        for a in found
    )


def _playlist(code: re.Match[str], library: Mapping[str, Attachment]) -> str:
    sources = [library[n].src for n in _numbers(_IDS.search(code[1])) if n in library]
    return "".join(f'<audio src="{escape(src)}"></audio>' for src in sources) or code[0]


def _numbers(named: re.Match[str] | None) -> list[str]:
    return re.findall(r"\d+", named[1]) if named else []


def _described(image: str, library: Mapping[str, Attachment]) -> str:
    """Return an <img> with the library's alternative text, unless it has its own."""
    number = _NUMBER.search(image)
    known = library.get(number[1]) if number else None
    alt = _ALT.search(image)
    if known is None or not known.alt or (alt and (alt[1] or alt[2])):
        return image
    bare = _ALT.sub("", image)
    return f'{bare[:4]} alt="{escape(known.alt)}"{bare[4:]}'


def footnotes(value: object) -> str:
    """Return the footnotes that the block editor stores in post metadata, as an HTML list."""
    try:
        notes = json.loads(str(value)) if value else []
    except ValueError:
        return ""
    if not isinstance(notes, list):
        return ""
    items = (
        f'<li id="{escape(str(note.get("id", "")))}">{note.get("content", "")}</li>'
        for note in notes
        if isinstance(note, dict)
    )
    listed = "".join(items)
    return f"<ol>{listed}</ol>" if listed else ""
