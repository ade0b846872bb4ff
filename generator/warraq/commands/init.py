"""`warraq init`: a new archive from the package's starter folder, and recipes that publish one."""

import re
from collections.abc import Iterable, Iterator
from importlib.resources import as_file
from importlib.resources import files as resource_files
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from warraq import __version__
from warraq.base.config import FILE, SiteConfig, load
from warraq.base.files import walk, write_atomic
from warraq.base.problems import Problem, WarraqError, error, message, warning
from warraq.commands.own_wheel import own_wheel
from warraq.editing import repository
from warraq.editing.site_sharing import remote_of

# recipe → where its host expects it; the text is recipes/<recipe> with the same ending
RECIPES = {
    "github-pages": ".github/workflows/publish.yml",
    "gitlab-pages": ".gitlab-ci.yml",
    "netlify": "netlify.toml",
    "cloudflare-pages": "publish.sh",
}


FORMS = "sveltia"  # edits in the browser, in place of a host
_GITHUB = re.compile(r"github\.com[:/]([\w-]+)/([\w.-]+)")


class NewSite(NamedTuple):
    """The files written, relative to the folder; `problems` name those that existed and stay."""

    files: tuple[str, ...]
    problems: tuple[Problem, ...]


def init(folder: Path, recipes: Iterable[str] = (), *, git: bool = True) -> NewSite:
    """Write a new archive into `folder`, with `recipes`; existing files stay.

    With `git` it becomes a repository with a first commit, unless it lies in one. A folder with a
    site gets only the recipes; WarraqError if there are none.
    """
    recipes = tuple(recipes)
    is_site = (folder / "site.yaml").exists()
    if is_site and not recipes:
        raise WarraqError([error("init-exists", str(folder / "site.yaml"))], exit_code=2)
    written: list[str] = []
    problems: list[Problem] = []
    hosts = tuple(recipe for recipe in recipes if recipe in RECIPES)
    forms = _forms(folder) if FORMS in recipes else ()
    for path, content in (*(() if is_site else _starter()), *_recipes(hosts), *forms):
        if (folder / path).exists():
            problems.append(warning("init-kept", str(folder / path)))
        else:
            write_atomic(folder / path, content)
            written.append(path)
    if git and not is_site:
        problems += _recorded(folder, written)
    return NewSite(tuple(written), tuple(problems))


def _recorded(folder: Path, written: Iterable[str]) -> Iterator[Problem]:
    """Make `folder` a repository; yield why its files are not committed, if they are not."""
    try:
        if not repository.is_repository(folder):
            subject = message("say-commit-first", load(folder)[0].messages or "ar")
            if not repository.begin(folder, written, subject):
                yield warning("init-unrecorded", str(folder))
    except WarraqError as fault:  # the archive is there all the same
        for problem in fault.problems:
            yield warning(problem.code, problem.path, problem.line, **dict(problem.args))


def _starter() -> Iterator[tuple[str, bytes]]:
    with as_file(resource_files("warraq") / "starter") as starter:
        for file in walk(starter, ""):
            path = file.relative_to(starter).as_posix()
            yield ".gitignore" if path == "gitignore" else path, file.read_bytes()


def _forms(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the page and the settings of forms for those who edit in the browser."""
    remote = remote_of(folder) if folder.is_dir() else None
    project = github_project(remote.address) if remote else None
    base_url = load(folder)[0].base_url if (folder / FILE).exists() else SiteConfig("").base_url
    known = {
        "@REPO@": "/".join(project or ("OWNER", "REPOSITORY")),
        "@BASE_URL@": base_url,
    }
    for name in ("config.yml", "index.html"):
        text = (resource_files("warraq") / "recipes" / FORMS / name).read_text("utf-8")
        for mark, value in known.items():
            text = text.replace(mark, value)
        yield f"static/admin/{name}", text.encode()


def github_project(remote: str) -> tuple[str, str] | None:
    """Return the owner and the name of a repository on GitHub by the address of a remote.

    >>> github_project("git@github.com:marsa/archive.git")
    ('marsa', 'archive')
    """
    found = _GITHUB.search(remote)
    return (found[1], found[2].removesuffix(".git")) if found else None


def _recipes(recipes: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    # A checkout has a version that is not published: the newest one is installed instead.
    package = "warraq" if "+" in __version__ else f"warraq=={__version__}"
    for recipe in dict.fromkeys(recipes):
        source = f"{recipe}{PurePosixPath(RECIPES[recipe]).suffix}"
        text = (resource_files("warraq") / "recipes" / source).read_text("utf-8")
        yield RECIPES[recipe], text.replace("@WARRAQ@", package).encode()
    if recipes and (wheel := own_wheel()):
        name, content = wheel
        yield f"wheels/{name}", content
