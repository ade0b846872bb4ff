"""The theme's files that go out as they are: style, scripts, icons, the font when wanted."""

from collections.abc import Iterator

from warraq.base.files import walk
from warraq.model import OutputFile
from warraq.render.environment import Theme

_FONTS = "fonts/"


def assets(theme: Theme) -> Iterator[OutputFile]:
    """Yield every file of the theme's assets/, a site's own over the default's, sorted by path.

    Fonts go out only where site.yaml asks for them. favicon.ico goes to the site's top.
    """
    found = {}
    for folder in theme.folders:
        for path in walk(folder / "assets", ""):
            if path.suffix == ".md":
                continue  # a note to those who keep the theme
            found[path.relative_to(folder / "assets").as_posix()] = path
    for name in sorted(found):
        if name.startswith(_FONTS) and theme.wording.config.fonts == "system":
            continue
        target = name if name == "favicon.ico" else f"assets/{name}"
        yield OutputFile(target, found[name].read_bytes())
