"""Addresses: ASCII, relative between pages, absolute only for other machines."""

import posixpath
import re
import unicodedata
from collections.abc import Container, Iterator
from urllib.parse import SplitResult, unquote, urlsplit

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ARTICLE_ID = re.compile(r"[a-z0-9]{6,16}")
MAX_KEY = 80
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ODD = re.compile(r"[\s\x00-\x1f\\]")
_SAFE_SCHEMES = {"http", "https"}
MAX_SEGMENT = 255  # bytes: the limit of a file name on ext4, APFS and NTFS
MAX_PATH = 1024  # bytes; accepted by every system even with public/ prepended
_JOINERS = str.maketrans("", "", "\u200c\u200d")  # Persian words need them in addresses too


def is_key(text: str) -> bool:
    """Whether `text` may be an authority's key: lower-case ASCII words joined by hyphens.

    >>> is_key("haydar-2"), is_key("أنقرة"), is_key("../x")
    (True, False, False)
    """
    return len(text) <= MAX_KEY and KEY.fullmatch(text) is not None


def is_article_id(text: str) -> bool:
    """Whether `text` may be an article's id: 6 to 16 of a-z and 0-9."""
    return ARTICLE_ID.fullmatch(text) is not None


def relative(target: str, page: str) -> str:
    """Return the link from `page` to `target`, both site paths that begin with "/".

    A page's path ends in "/" or in a file name.

    >>> relative("/n/abc123/", "/archive/2025/")
    '../../n/abc123/'
    >>> relative("/", "/n/abc123/"), relative("/archive/", "/archive/")
    ('../../', './')
    >>> relative("/feed.xml", "/404.html")
    'feed.xml'
    """
    path, mark, rest = target.partition("#")
    if not mark:
        path, mark, rest = target.partition("?")
    folder = page.rpartition("/")[0] or "/"
    link = posixpath.relpath(path, folder)
    if path.endswith("/"):
        link += "/"
    return link + mark + rest


def root_of(page: str) -> str:
    """Return the link from `page`, a site path, to the front page.

    >>> root_of("/n/abc123/"), root_of("/404.html"), root_of("/")
    ('../../', './', './')
    """
    return "../" * (page.count("/") - 1) or "./"


def url_parts(address: str) -> SplitResult:
    """Return the parts of `address`, all "" if it is malformed (`http://[`).

    >>> url_parts("https://a.example/b").hostname, url_parts("http://[/b").path
    ('a.example', '')
    """
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")


def is_web_address(text: str) -> bool:
    """Whether `text` is an http(s) address: a host, no credentials, no odd characters."""
    if _ODD.search(text):
        return False
    parts = url_parts(text)
    return parts.scheme in _SAFE_SCHEMES and bool(parts.hostname) and "@" not in parts.netloc


def media_path(src: str) -> str:
    """Return the path under public/ of the picture `src` of a figure.

    >>> media_path("2025/a.jpg"), media_path("/media/a.jpg")
    ('media/2025/a.jpg', 'media/a.jpg')
    """
    return "media/" + src.removeprefix("/").removeprefix("media/")


def is_hosted_at(address: str, hosts: Container[str]) -> bool:
    """Whether the host of a web address is one of `hosts`."""
    return url_parts(address).hostname in hosts


def site_path(address: str, page: str, base_url: str) -> str:
    """Return the site path that a link on `page` leads to, "" for other sites or the page itself.

    >>> site_path("../../people/x/#a", "/n/abc/", ""), site_path("%D8%A3?b", "/c/", "")
    ('/people/x/', '/c/أ')
    >>> site_path("https://a.example/n/b/", "/", "https://a.example/")
    '/n/b/'
    >>> [site_path(a, "/n/abc/", "https://a.example/") for a in ("#a", "?q", "mailto:a@b.c", "//c")]
    ['', '', '', '']
    """
    if base_url and f"{address}/".startswith(base_url):
        address = "/" + address[len(base_url) :]
    bare = address.partition("#")[0].partition("?")[0]
    if not bare or bare.startswith("//") or _SCHEME.match(bare):
        return ""
    path = posixpath.normpath(posixpath.join(page, unquote(bare)))
    return path + "/" if bare.endswith("/") and path != "/" else path


def output_path(url: str) -> str:
    """Return the file under public/ that serves the site path `url`.

    >>> output_path("/n/abc123/"), output_path("/feed.xml")
    ('n/abc123/index.html', 'feed.xml')
    """
    return url[1:] + "index.html" if url.endswith("/") else url[1:]


def old_path(address: str) -> str:
    r"""Return the site path that can serve an old address, "" if no file can.

    Percent-encoding is decoded and letters are composed (NFC), as browsers request them. A path in
    .html is a file, any other a folder with an index: a host would serve "story.php" as a
    download.

    >>> old_path("2015/06/khabar"), old_path("/n.html"), old_path("/%D8%AE.php")
    ('/2015/06/khabar/', '/n.html', '/خ.php/')
    >>> old_path("/a/index.html"), old_path("/index.html")
    ('/a/', '/')
    >>> old_path("/../etc/passwd"), old_path("/a\\b"), old_path("/?p=1")
    ('', '', '')
    """
    try:
        path = unicodedata.normalize("NFC", unquote(address, errors="strict"))
    except UnicodeDecodeError:
        return ""
    parts = path.removesuffix("/index.html").strip("/").split("/")
    if parts == [""]:
        return "/"
    is_odd = any(p == "" or p.startswith(".") or len(p.encode()) > MAX_SEGMENT for p in parts)
    is_odd |= any(char in path for char in '\\:*?#"<>|') or len(path.encode()) > MAX_PATH
    if is_odd or not path.translate(_JOINERS).isprintable():
        return ""
    whole = "/" + "/".join(parts)
    is_file = posixpath.splitext(whole)[1].lower() in {".html", ".htm"}
    return whole if is_file else whole + "/"


def folded_path(path: str) -> str:
    """Return `path` as file systems that ignore case and normalization compare it.

    >>> folded_path("N/Ab/index.html") == folded_path("n/ab/index.html")
    True
    """
    is_plain = path.isascii() and path.islower()
    return path if is_plain else unicodedata.normalize("NFC", path).casefold()


def folders_of(path: str) -> Iterator[str]:
    """Yield the parent folders of `path`, the nearest first.

    >>> list(folders_of("n/ab/index.html"))
    ['n/ab', 'n']
    """
    while folder := path.rpartition("/")[0]:
        yield folder
        path = folder
