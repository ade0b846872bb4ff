"""The sample archive's main article: its view, and the archive with it changed."""

import msgspec
from tests.render import samples

from warraq.render.context import RenderContext
from warraq.render.kinds.article import article_view
from warraq.render.views import ArticleView

ID = "a0000000000000b1"


def view(article_id: str, context: RenderContext | None = None) -> ArticleView:
    found = article_view(f"/n/{article_id}/", article_id, context or samples.context())
    assert isinstance(found, ArticleView)
    return found


def with_article(**changes: object) -> RenderContext:
    changed = msgspec.structs.replace(samples.ENTRIES[ID].article, **changes)
    return samples.context(entries=samples.ENTRIES | {ID: samples.entry(changed)})
