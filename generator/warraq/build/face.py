"""The files and colours that site.yaml puts on every page: whether they are there and can be read.

Every build looks first, and `warraq check` too: a fault would be on every page.
"""

from collections.abc import Container, Iterator
from collections.abc import Set as AbstractSet
from difflib import get_close_matches
from pathlib import Path

from warraq.base.config import FILE, SiteConfig
from warraq.base.marked_yaml import compose, line_in
from warraq.base.problems import Problem, WarraqError, error
from warraq.content import store
from warraq.content.picture_size import Size, pixels
from warraq.render.colours import faint_colours
from warraq.render.theme_paths import folders_of, theme_sheet

_MEDIA = "media/"
_FAINT = {"light": "colour-faint-light", "dark": "colour-faint-dark"}


def face_sizes(site: Path, config: SiteConfig) -> dict[str, Size]:
    """Return site path → size of the pictures that settings name, (0, 0) where unknown.

    Raises WarraqError for a file that is not there, and for a colour that cannot be read.
    """
    if problems := face_problems(site, config):
        raise WarraqError(problems, exit_code=2)
    return trial_sizes(site, config)


def trial_sizes(site: Path, config: SiteConfig) -> dict[str, Size]:
    """Return what `face_sizes` does of those pictures that are there."""
    files = _files(site, {*config.pictures.values()})
    return {path: pixels(file) for path, file in files.items()}


def face_problems(site: Path, config: SiteConfig) -> tuple[Problem, ...]:
    """Return what `face_sizes` refuses."""
    named = {path for _, path in config.own_files}
    if not named and not config.colours:
        return ()
    return (*_missing(site, config, _files(site, named)), *_faint(site, config))


def _files(site: Path, paths: AbstractSet[str]) -> dict[str, Path]:
    """Return site path → file of those that are there, without a walk through all pictures."""
    found = {p: store.picture(site, p.removeprefix(_MEDIA)) for p in paths if p.startswith(_MEDIA)}
    pictures = {path: file for path, file in found.items() if file}
    if rest := paths - pictures.keys():
        pictures |= {path: file for path, file in store.static(site) if path in rest}
    return pictures


def _every_file(site: Path) -> Iterator[str]:
    yield from (path for path, _ in store.static(site))
    yield from (f.relative_to(site / "content").as_posix() for f in store.media(site))


def _missing(site: Path, config: SiteConfig, files: Container[str]) -> Iterator[Problem]:
    for key, path in config.own_files:
        if path not in files:
            near = get_close_matches(path, _every_file(site), n=1, cutoff=0.8)
            code = "setting-file-near" if near else "setting-file"
            found = {"key": key, "file": _written(path), "near": _written("".join(near))}
            yield error(code, FILE, _line(site, key), **found)


def _faint(site: Path, config: SiteConfig) -> Iterator[Problem]:
    for faint in faint_colours(config, theme_sheet(folders_of(site / "templates"))):
        yield error(
            _FAINT[faint.scheme],
            FILE,
            _line(site, "colours"),
            key=faint.name,
            value=faint.value,
            other=faint.other,
            # Cut, not rounded: 4.496 is not 4.5.
            ratio=f"{int(faint.ratio * 100) / 100:g}",
            least=f"{faint.least:g}",
            near=faint.near,
        )


def _written(path: str) -> str:
    """Return where the file of a site path is expected, or is."""
    return f"content/{path}" if path.startswith(_MEDIA) else f"static/{path}" if path else ""


def _line(site: Path, key: str) -> int:
    return line_in(compose((site / FILE).read_text("utf-8"), FILE), "", key)
