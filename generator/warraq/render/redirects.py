"""Old addresses: where an article, or a story since merged, once stood."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from warraq.base.urls import is_key
from warraq.render.material import Material


def redirects(material: Material) -> Iterator[tuple[str, str]]:
    """Yield (old address, present address), both site paths, in a fixed order."""
    for card in material.catalogue.cards():
        for alias in card.aliases:
            if old := old_address(alias):
                yield old, card.url
    for story in material.stories():
        for alias in filter(is_key, story.aliases):
            yield f"/stories/{alias}/", story.address


def old_address(alias: str) -> str:
    r"""Return an alias as a site path that stays inside the site, "" when it cannot be one.

    An address without an ending is a folder, as the hosts of old serve it.

    >>> old_address("2015/06/khabar"), old_address("/n.html"), old_address("/%D8%AE?p=1")
    ('/2015/06/khabar/', '/n.html', '/خ/')
    >>> old_address("/../etc/passwd"), old_address("/"), old_address("/a\\b")
    ('', '', '')
    """
    try:
        path = unquote(urlsplit("/" + alias.lstrip("/")).path, errors="strict")
    except (ValueError, UnicodeDecodeError):
        return ""
    parts = path.strip("/").split("/")
    odd = any(p in {"", ".", ".."} or p.startswith(".") or len(p.encode()) > 200 for p in parts)
    if odd or any(char in path for char in '\\:*?"<>|') or not path.isprintable():
        return ""
    whole = "/" + "/".join(parts)
    return whole if posixpath.splitext(whole)[1] in {".html", ".htm", ".php"} else whole + "/"
