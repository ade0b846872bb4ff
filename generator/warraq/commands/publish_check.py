"""`warraq publish --check`: all that would go wrong after a push, found before it.

What `check` finds, a build into a folder of its own, its links, the address, the limits of the host
whose recipe lies in the archive, and what git has not sent yet. Nothing is published.
"""

import html
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from warraq.base.config import FILE, SiteConfig, load
from warraq.base.files import walk
from warraq.base.marked_yaml import compose, line_in
from warraq.base.problems import Problem, WarraqError, error, listed, warning
from warraq.build.incremental import build
from warraq.commands.check import check
from warraq.commands.init import RECIPES, github_project
from warraq.editing.repository import is_on_branch, is_repository, uncommitted
from warraq.editing.site_sharing import remote_of

_OUTPUT = Path(".warraq", "publish")  # kept: the next check builds only what changed
_LINK = re.compile(r'<(?:a|link|img|script|source)\b[^<>]*?\b(?:href|src)="([^"]*)"')
_NOWHERE = re.compile(  # names that no reader's machine finds (RFC 2606, RFC 6761), and addresses
    r"(?:.*\.)?(?:localhost|example|invalid|test)|(?:.*\.)?example\.(?:com|net|org)|[\d.]+|\[.*\]"
)
_SHOWN = 100  # letters of a value that a message quotes
_NAMED = 10  # of the files that wait, and of the links of each kind


class HostLimits(NamedTuple):
    """What a host takes: bytes of a site and of a file, files of a site and of a folder."""

    total: int
    file: int
    files: int
    folder: int


_ANY = 10**15
_LIMITS = {
    "github-pages": HostLimits(10**9, 100 * 2**20, _ANY, _ANY),
    "gitlab-pages": HostLimits(2**30, _ANY, 200_000, _ANY),
    "netlify": HostLimits(_ANY, _ANY, _ANY, 54_000),
    "cloudflare-pages": HostLimits(_ANY, 25 * 2**20, 20_000, _ANY),
}


def publish_check(site: Path, *, jobs: int = 1) -> tuple[Problem, ...]:
    """Return all that would go wrong if the site was published now."""
    found = set(check(site))
    config, _ = load(site)
    hosts = [name for name, path in RECIPES.items() if (site / path).is_file()]
    if not any(problem.severity == "error" for problem in found):
        found.update(_built(site, config, hosts, jobs))
    found.update(_address(site, config))
    found.update(_waiting(site, config, hosts))
    return tuple(sorted(found))


def _built(site: Path, config: SiteConfig, hosts: list[str], jobs: int) -> Iterator[Problem]:
    into = site / _OUTPUT
    try:
        yield from build(site, into=into, jobs=jobs, allow_removals=True).problems
    except WarraqError as fault:
        yield from fault.problems
        return
    files = {file.relative_to(into).as_posix(): file for file in walk(into, "")}
    yield from _dead(files, config.base_path)
    sizes = {path: file.stat().st_size for path, file in files.items()}
    for host in hosts:
        yield from _limits(host, sizes)


def _limits(host: str, sizes: Mapping[str, int]) -> Iterator[Problem]:
    most = _LIMITS[host]
    if (total := sum(sizes.values())) > most.total:
        yield error("publish-size", host=host, size=_megabytes(total), most=_megabytes(most.total))
    if len(sizes) > most.files:
        yield error("publish-files", host=host, count=len(sizes), most=most.files)
    for path, size in sizes.items():
        if size > most.file:
            told = _megabytes(size), _megabytes(most.file)
            yield error("publish-file", path, host=host, size=told[0], most=told[1])
    for folder, count in Counter(posixpath.dirname(path) for path in sizes).items():
        if count > most.folder:
            yield error("publish-folder", folder, host=host, count=count, most=most.folder)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f}"


def _dead(files: Mapping[str, Path], base_path: str) -> Iterator[Problem]:
    """Yield the links of built pages that lead to no file, as a template may write them."""
    dead: dict[str, list[str]] = {}
    for path, file in files.items():
        if path.endswith(".html"):
            for link in set(_LINK.findall(file.read_text("utf-8", "replace"))):
                target = _target(html.unescape(link), path, base_path)
                if target is not None and not _leads({target, f"{target}/index.html"}, files):
                    dead.setdefault(html.unescape(link), []).append(path)
    for link, pages in sorted(dead.items())[:_NAMED]:
        yield warning("publish-link", pages[0], target=link[:_SHOWN], count=len(pages))


def _leads(names: set[str], files: Mapping[str, Path]) -> bool:
    return any(name.removeprefix("/") in files for name in names)


def _target(link: str, page: str, base_path: str) -> str | None:
    """Return the file or folder of the site that a link of `page` names, None if it names none."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path:
        return None
    if parts.path.startswith("/"):
        path = unquote(parts.path.removeprefix(base_path)).strip("/")
    else:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    return "" if path == "." else path


def _address(site: Path, config: SiteConfig) -> Iterator[Problem]:
    parts = urlsplit(config.base_url)
    line = line_in(compose((site / FILE).read_text("utf-8"), FILE), "", "base_url")
    if _NOWHERE.fullmatch(parts.hostname or ""):
        yield error("publish-address", FILE, line, address=config.base_url)
        return
    if parts.scheme != "https":
        yield warning("publish-insecure", FILE, line, address=config.base_url)
    domain = site / "static" / "CNAME"
    if domain.is_file():
        own = " ".join(domain.read_text("utf-8", "replace").split())[:_SHOWN]
        if own.lower() != (parts.hostname or ""):
            yield error("publish-domain", FILE, line, address=config.base_url, domain=own)


def _waiting(site: Path, config: SiteConfig, hosts: list[str]) -> Iterator[Problem]:
    """Yield what the host will not see, as it publishes what is pushed to it."""
    if not hosts:
        return
    if not is_repository(site):
        yield error("publish-repository", RECIPES[hosts[0]])
        return
    if changed := uncommitted(site, ["."]):
        count, names = len(changed), listed(changed, _NAMED)
        yield warning("publish-uncommitted", count=count, names=names)
    remote = remote_of(site)
    if not is_on_branch(site):
        yield warning("draft-detached")
    elif not remote:
        yield warning("publish-remote")
    elif not remote.tracking:
        yield warning("publish-branch")
    elif remote.unsent:
        yield warning("publish-unpushed", count=remote.unsent)
    project = github_project(remote.address) if remote else None
    host = urlsplit(config.base_url).hostname or ""
    if "github-pages" in hosts and project and host.endswith(".github.io"):
        owner, name = project[0].lower(), project[1]
        path = "" if name.lower() == f"{owner}.github.io" else f"{name}/"
        if config.base_url != (expected := f"https://{owner}.github.io/{path}"):
            yield warning("publish-project", FILE, address=config.base_url, want=expected)
