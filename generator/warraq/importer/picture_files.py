"""The pictures that imports name: where their files are, and their names in content/media.

A picture's name there depends on its address alone, so that a later import, even of another
export, finds what an earlier one copied.
"""

import base64
import binascii
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from msgspec import structs

from warraq.base.files import is_inside
from warraq.base.urls import is_web_address, url_parts
from warraq.content.picture_size import UNKNOWN, pixels
from warraq.content.store import PICTURES
from warraq.model import Article, Figure

MEDIA = "content/media"
LIST = "addresses.txt"  # in the folder of `--pictures`: what is still to be downloaded
_UPLOADS = re.compile(r"^(?:.*/)?(?:wp-content/uploads|sites/[^/]+/files)/")
_ODD = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|#%\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')
_SIZE = re.compile(r"-(?:\d+x\d+|scaled)(?=\.\w+$)")
_DATA = re.compile(r"data:image/(png|jpe?g|gif|webp|avif);base64,([A-Za-z0-9+/=\s]+)")
# Folders of site generators and note apps for pictures that texts name by path.
_KEPT_IN = ("", "static", "public", "assets", "attachments", "images")
_MAX_NAME = 120  # code points


class FoundPicture(NamedTuple):
    """A picture to be copied to MEDIA as `name`: the bytes of `file`, or `content`."""

    name: str
    file: Path | None = None
    content: bytes = b""

    @property
    def bytes(self) -> bytes:
        """The bytes of the picture."""
        return self.file.read_bytes() if self.file else self.content


class PlacedPictures(NamedTuple):
    """An article whose pictures are in the archive, as far as they are available.

    `taken` are to be copied; `away` are the addresses of those that are still on the web, `left`
    the names of those that the article loses.
    """

    article: Article
    taken: tuple[FoundPicture, ...] = ()
    away: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


class PictureFolders:
    """Where pictures may be: next to the seeds that name them, and in `folders`."""

    def __init__(self, site: Path, folders: Sequence[Path] = ()) -> None:
        """`folders` are searched first, then the folder of the seed."""
        self._site = site
        self._folders = tuple(folders)

    def placed(self, article: Article, folder: Path, *, local_only: bool = False) -> PlacedPictures:
        """Return `article` with the pictures that are available named by their path in the archive.

        `folder` is that of its seed. `local_only`: it loses those that are on the web.
        """
        taken: dict[str, FoundPicture] = {}
        away: list[str] = []
        left: list[str] = []

        def here(figure: Figure) -> Figure | None:
            found = self.find(figure.src, folder)
            if found is None:
                is_data = figure.src.startswith("data:")
                is_wanted = is_web_address(figure.src) or not (is_data or local_only)
                away.extend([figure.src] if is_wanted else [])
                # A path that leads to no file here cannot be downloaded later either.
                is_lost = is_data or local_only or not is_web_address(figure.src)
                left.extend([_shortened(figure.src)] if is_lost else [])
                return None if is_lost else figure
            taken[found.name] = found
            return structs.replace(figure, src=found.name)

        figures = (*((article.image,) if article.image else ()), *article.figures)
        found = [f for figure in figures if (f := here(figure))]
        first = found[:1] if article.image else []
        article = structs.replace(
            article, image=first[0] if first else None, figures=tuple(found[len(first) :])
        )
        new = (t for t in taken.values() if t.file or t.content)
        return PlacedPictures(article, tuple(new), tuple(away), tuple(left))

    def find(self, src: str, folder: Path) -> FoundPicture | None:
        """Return where a picture is; without file and content it is in the archive already."""
        if src.startswith("data:"):
            return _of_data(src)
        if not is_web_address(src):
            return self._by_path(src, folder)
        name = media_name(src)
        if not name:
            return None
        if (self._site / MEDIA / name).is_file():
            return FoundPicture(name)
        for root in (*self._folders, folder):
            for path in _places(src):
                file = root / path
                if _is_picture(file) and is_inside(file, root):
                    return FoundPicture(name, file)
        return None

    def _by_path(self, src: str, folder: Path) -> FoundPicture | None:
        """Return a picture named by its path: in the archive already, or next to the seed."""
        path = unquote(src)
        if ".." in path.split("/"):
            return None
        if (self._site / MEDIA / src).is_file():
            return FoundPicture(src)
        file = next(self._local_files(path, folder), None)
        if path.startswith("/") or file is None:
            return None
        digest = hashlib.sha256(file.read_bytes()).hexdigest()[:16]
        return FoundPicture(f"embedded/{digest}{file.suffix.lower()}", file)

    def _local_files(self, path: str, folder: Path) -> Iterator[Path]:
        """Yield the files of a path: from the seed's folder, one above it, or a given one."""
        above = [
            f for f in (folder, *folder.parents) if f != self._site and self._site in f.parents
        ]
        for inner, outer in [*((f, self._site) for f in above), *((f, f) for f in self._folders)]:
            for name in _KEPT_IN:
                file = inner / name / path
                if _is_picture(file) and is_inside(file, outer):
                    yield file


def _shortened(src: str) -> str:
    """Return a picture's address as a receipt names it: of embedded data its kind and length.

    >>> _shortened("data:image/png;base64,iVBORw0KGgo="), _shortened("a.jpg")
    ('data:image/png;base64,… (34)', 'a.jpg')
    """
    if not src.startswith("data:"):
        return src
    return f"{src.partition(',')[0][:80]},… ({len(src)})"


def media_name(src: str) -> str:
    """Return the name of a picture under content/media, "" for an address without a file name.

    >>> media_name("https://www.mirat.example/wp-content/uploads/2019/05/%D8%AC.jpg?w=3")
    'mirat.example/2019/05/ج.jpg'
    >>> media_name("https://host.example/show.php?id=3"), media_name("a/../b.png")
    ('', '')
    """
    if not is_web_address(src):
        return ""
    parts = url_parts(src)
    path = unicodedata.normalize("NFC", unquote(parts.path)).lstrip("/")
    path = _UPLOADS.sub("", path)
    if PurePosixPath(path).suffix.lower() not in PICTURES:
        return ""
    names = [_ODD.sub("-", name).strip(" ").lstrip(".") for name in path.split("/")]
    if not all(names):
        return ""
    stem, suffix = PurePosixPath(names[-1]).stem, PurePosixPath(names[-1]).suffix.lower()
    host = _ODD.sub("-", (parts.hostname or "").removeprefix("www."))
    return "/".join((host, *names[:-1], stem[:_MAX_NAME] + suffix))


def _places(src: str) -> Iterator[str]:
    """Yield the paths at which download programs, and hosts, may have stored a picture."""
    parts = url_parts(src)
    seen = set()
    for path in (unquote(parts.path), parts.path):
        for whole in (path, _SIZE.sub("", path)):
            names = [name for name in whole.split("/") if name]
            if ".." in names or whole in seen:
                continue
            seen.add(whole)
            yield "/".join((parts.netloc, *names))
            yield from ("/".join(names[at:]) for at in range(len(names)))


def _is_picture(file: Path) -> bool:
    """Whether `file` is a picture: a page that says «not found» is not."""
    try:
        if not file.is_file() or file.suffix.lower() not in PICTURES:
            return False
        with file.open("rb") as stream:
            head = stream.read(64).lstrip()
    except OSError:
        return False
    return bool(head) and (pixels(file) != UNKNOWN or not head.startswith(b"<"))


def _of_data(src: str) -> FoundPicture | None:
    found = _DATA.match(src)
    if not found:
        return None
    try:
        content = base64.b64decode(found[2])
    except (binascii.Error, ValueError):
        return None
    suffix = found[1].replace("jpeg", "jpg")
    return FoundPicture(
        f"embedded/{hashlib.sha256(content).hexdigest()[:16]}.{suffix}", content=content
    )
