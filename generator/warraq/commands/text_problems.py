"""What the bodies of content files lose on their way to a page, and pictures that none shows."""

from collections.abc import Iterator

from warraq.base.problems import Problem, listed, unexpected_as_problem, warning
from warraq.build.omissions import omissions
from warraq.commands.checked_site import CheckedSite
from warraq.content import store
from warraq.prose.markdown import Rendered, rendered
from warraq.prose.pictures import pictures_in, pictures_of
from warraq.render.theme_paths import pictures_named

_NAMED = 10  # of the unused pictures


def text_problems(checked: CheckedSite) -> Iterator[Problem]:
    """Yield what the bodies lose on their way to a page, and which pictures are unused.

    A removed article's body is shown nowhere, and a draft's picture is in use. While a file is
    unreadable, it is unknown what it uses.
    """
    site, config, content, lines = checked
    used = set(pictures_named(site / "templates", tuple(item.url for item in config.navigation)))
    used.update(config.pictures.values())
    for article in content.articles:
        text = _rendered(article.path, article.body)
        used.update(pictures_of(article, text.html, config))
        if article.status == "live":
            yield from omissions(article.path, text.findings, lines)
    for authority in content.authorities:
        text = _rendered(authority.path, authority.body)
        used.update(pictures_in(text.html, authority.address, config.base_url))
        yield from omissions(authority.path, text.findings, lines)
    pictures = (file.relative_to(site / "content").as_posix() for file in store.media(site))
    unused = [path.removeprefix("media/") for path in pictures if path not in used]
    if unused and not content.unread:
        names = listed(unused, _NAMED)
        yield warning("media-unused", "content/media", count=len(unused), names=names)


def _rendered(path: str, body: str) -> Rendered:
    with unexpected_as_problem(path):
        return rendered(body)
