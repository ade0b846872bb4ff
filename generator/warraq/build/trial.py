"""Pages as other settings would show them, from what the last build left. Nothing is written."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from warraq.base.config import SiteConfig
from warraq.build.cache import read_only, rows_of
from warraq.build.cached_content import cached_context_of
from warraq.build.face import trial_sizes
from warraq.content.git_history import History
from warraq.render.environment import theme_of
from warraq.render.kinds.article import ArticlePage
from warraq.render.kinds.home import HomePage
from warraq.render.page import Page
from warraq.render.site_pages import render
from warraq.render.views import View

TrialPage = Literal["home", "article"]


def trial(site: Path, into: Path, config: SiteConfig, which: TrialPage, root: str) -> bytes | None:
    """Return the front page, or the newest article, of the build `into` as `config` has it.

    `root` stands before every site path of the theme. None if there is no build to show, as in the
    middle of one. Raises WarraqError for templates that cannot be rendered.
    """
    theme = theme_of(config, site / "templates", sizes=trial_sizes(site, config))
    try:
        with read_only(rows_of(site, into)) as rows, closing(History(site)) as history:
            context = cached_context_of(site, rows, theme, history)
            newest = context.catalogue.newest(1) if which == "article" else ()
            page: Page = ArticlePage(newest[0].id) if newest else HomePage()
            view = page.view(context)
    except (sqlite3.Error, OSError, KeyError):  # rows that a build is just writing
        return None
    if not isinstance(view, View):
        return None
    return render(replace(view, root=root), theme, page.url)
