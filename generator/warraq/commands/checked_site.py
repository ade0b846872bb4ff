"""What `warraq check` looks at: settings, content, and where things are in the files."""

from pathlib import Path
from typing import NamedTuple

from warraq.base.config import SiteConfig
from warraq.content.store import Content, LineFinder


class CheckedSite(NamedTuple):
    """A site whose settings and content were read; `lines` finds the line of a problem."""

    site: Path
    config: SiteConfig
    content: Content
    lines: LineFinder
