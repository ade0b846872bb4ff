"""The folders of a site's theme: the default's folder, and the site's own templates/ over it."""

import re
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from warraq.base.files import walk

_MEDIA = re.compile(r"""(?<![\w/-])(?:\.\./|/)*(media/[^\s"'<>(){}|?#]+)""")
_PACKAGE = Path(__file__).parents[1]


def theme_folder() -> Path:
    """Return the folder of the default theme: in a wheel inside the package, else templates/."""
    packaged = _PACKAGE / "theme"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1] / "templates"


def folders_of(own: Path | None) -> tuple[Path, ...]:
    """Return the theme's folders, a later one wins; `own` is one if it exists."""
    default = theme_folder()
    return (default, own) if own and own.is_dir() and own.resolve() != default else (default,)


def theme_sheet(folders: tuple[Path, ...]) -> str:
    """Return the theme's main style sheet, the site's own where it has one."""
    sheets = (folder / "assets" / "site.css" for folder in reversed(folders))
    return next((sheet.read_text("utf-8", "replace") for sheet in sheets if sheet.is_file()), "")


def digest_of(folders: tuple[Path, ...]) -> str:
    """Return a digest (hex) of all files of a theme: equal digests mean an unchanged theme."""
    total = sha256()
    for folder in folders:
        for path in walk(folder, ""):
            total.update(f"{path.relative_to(folder)}\0".encode())
            total.update(sha256(path.read_bytes()).digest())
        total.update(b"\0")
    return total.hexdigest()


def pictures_named(own: Path, addresses: tuple[str, ...]) -> frozenset[str]:
    """Return the pictures (site paths) that a site's own templates, or its menu, name.

    A template may put a path together in any way; what it spells out is found.
    """
    texts = (path.read_bytes().decode(errors="replace") for path in walk(own, ""))
    paths = (match for text in (*texts, *addresses) for match in _MEDIA.findall(text))
    return frozenset(unquote(path) for path in paths)
