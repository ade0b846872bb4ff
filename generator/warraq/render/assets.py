"""The theme's files that are published unchanged: style, scripts, icons, the font when wanted."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from warraq.base.config import SiteConfig
from warraq.base.files import walk
from warraq.model import OutputFile
from warraq.render.colours import SHEET, colour_sheet
from warraq.render.environment import Theme
from warraq.render.own_fonts import FONT_SHEET, font_sheet
from warraq.render.theme_paths import theme_sheet

_FONTS = "fonts/"


def assets(theme: Theme) -> Iterator[OutputFile]:
    """Yield every file of the theme's assets/ that is published, and the sheet of own colours."""
    config = theme.wording.config
    for path, file in published(theme.folders, config):
        yield OutputFile(path, file.read_bytes())
    if config.font_files:
        yield OutputFile(FONT_SHEET, font_sheet(config, theme_sheet(theme.folders)).encode())
    if config.colours:
        yield OutputFile(SHEET, colour_sheet(config, theme_sheet(theme.folders)).encode())


def published(folders: Iterable[Path], config: SiteConfig) -> Iterator[tuple[str, Path]]:
    """Yield (path in the output, file) of a theme's assets/, a later folder's over an earlier's.

    Sorted by path. Fonts only where site.yaml asks for them; favicon.ico goes to the top.
    """
    files = {}
    for folder in folders:
        for path in walk(folder / "assets", ""):
            if path.suffix == ".md":
                continue  # a note to those who keep the theme
            files[path.relative_to(folder / "assets").as_posix()] = path
    for name in sorted(files):
        if name.startswith(_FONTS) and config.fonts == "system":
            continue
        yield name if name == "favicon.ico" else f"assets/{name}", files[name]
