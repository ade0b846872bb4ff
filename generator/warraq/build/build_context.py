"""What is the same for every step of one build, and the one way to make a render context."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from warraq.base.config import SiteConfig
from warraq.content.picture_size import Size
from warraq.model import Authority, Entry, Version
from warraq.publish.tree import OutputTree

if TYPE_CHECKING:
    from warraq.archive.catalogue import Catalogue
    from warraq.render.context import RenderContext
    from warraq.render.environment import Theme
    from warraq.render.wording import Wording

PICTURES = 256  # sizes held at once; a page shows a few


class BuildContext(NamedTuple):
    """What every process of one build must know.

    `program` names the program and what every page shows (incremental.program_of), `sizes` are
    those of pictures that settings name by site path. `fingerprints` are the templates' digests,
    `words` the site's; `compiled` is the folder of compiled templates, None to keep none.
    """

    site: Path
    config: SiteConfig
    drafts: bool
    authorities: tuple[Authority, ...]
    rows: Path
    tree: OutputTree
    program: str
    sizes: dict[str, Size] = {}  # noqa: RUF012 - never changed
    fingerprints: dict[str, str] = {}  # noqa: RUF012 - as above
    words: dict[str, object] = {}  # noqa: RUF012 - as above
    compiled: Path | None = None

    def theme(self) -> "Theme":
        """Return the site's theme, whose templates are compiled once for all builds."""
        from warraq.render.compiled_templates import CompiledTemplates  # noqa: PLC0415 - slow to import
        from warraq.render.environment import theme_of  # noqa: PLC0415 - as above

        salt = self.program.encode() + msgspec.json.encode(self.words, order="sorted")
        compiled = CompiledTemplates(self.compiled, salt) if self.compiled else None
        own = self.site / "templates"
        return theme_of(self.config, own, words=self.words, compiled=compiled, sizes=self.sizes)


class ParallelFrom(NamedTuple):
    """The amount of work from which several processes do it, where there is more than one."""

    items: int = 301  # to parse or render; fewer are done sooner than a second process has started
    folders: int = 25_000  # of the output, to check; likewise


PARALLEL_FROM = ParallelFrom()


class BuildOptions(NamedTuple):
    """What the user asked for; `progress(done, total)` is called as work is done."""

    drafts: bool
    jobs: int
    clean: bool
    verify: bool
    allow_removals: bool
    progress: Callable[[int, int], None]
    parallel_from: ParallelFrom


def render_context(
    catalogue: "Catalogue",
    wording: "Wording",
    *,
    entry_of: Callable[[str], Entry],
    versions_of: Callable[[str], tuple[Version, ...]],
    size_of: Callable[[str], Size | None],
) -> "RenderContext":
    """Return what pages are rendered from; the functions are those of RenderContext."""
    from warraq.prose.markdown import html_of  # noqa: PLC0415 - slow to import
    from warraq.render.context import RenderContext  # noqa: PLC0415 - as above

    return RenderContext(
        catalogue,
        wording,
        entry_of=entry_of,
        body_of=lambda authority: html_of(authority.body),
        versions_of=versions_of,
        size_of=lru_cache(PICTURES)(size_of),
    )
