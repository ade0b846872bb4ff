"""Which file an article is in."""

from itertools import chain
from pathlib import Path

from warraq.base.files import is_regular, walk
from warraq.base.urls import is_article_id
from warraq.content.store import article_path
from warraq.editing.validation import parsed
from warraq.editing.writing import content_now
from warraq.model import Article


def article_file(site: Path, article_id: str) -> str:
    """Return the path of an article's file, "" if there is none.

    A file may have another name than its id; one that cannot be read is known by its name alone.
    """
    if not is_article_id(article_id):
        return ""
    unread = ""
    every = (file.relative_to(site).as_posix() for file in walk(site / "content/articles", ".md"))
    for path in chain([article_path(article_id)], every):
        content = content_now(site, path) if is_regular(site / path) else None
        if content and (article_id.encode() in content or path.endswith(f"/{article_id}.md")):
            article, _ = parsed(path, content)
            if article and isinstance(article, Article) and article.id == article_id:
                return path
            is_named = isinstance(article, Article) and article.id
            if not is_named and path.endswith(f"/{article_id}.md"):
                unread = unread or path
    return unread
