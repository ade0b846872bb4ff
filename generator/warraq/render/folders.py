"""Where a site's theme lies: the default's folder, and the site's own templates/ over it."""

from hashlib import sha256
from pathlib import Path

from warraq.base.files import walk

_PACKAGE = Path(__file__).parents[1]


def theme_folder() -> Path:
    """Return the folder of the default theme: in a wheel inside the package, else templates/."""
    packaged = _PACKAGE / "theme"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1] / "templates"


def folders_of(own: Path | None) -> tuple[Path, ...]:
    """Return the theme's folders, a later one wins; `own` counts if it is there."""
    default = theme_folder()
    return (default, own) if own and own.is_dir() and own.resolve() != default else (default,)


def digest_of(folders: tuple[Path, ...]) -> str:
    """Return a digest (hex) of all files of a theme: equal, nothing of it is otherwise."""
    total = sha256()
    for folder in folders:
        for path in walk(folder, ""):
            total.update(f"{path.relative_to(folder)}\0".encode())
            total.update(sha256(path.read_bytes()).digest())
        total.update(b"\0")
    return total.hexdigest()
