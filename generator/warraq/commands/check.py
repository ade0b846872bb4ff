"""`warraq check`: everything wrong with a site, and what waits for an editor, without building."""

from collections.abc import Iterator
from pathlib import Path

from warraq.base.config import load
from warraq.base.problems import Problem, WarraqError, listed, warning
from warraq.build.face import face_problems
from warraq.commands.address_problems import claimed_twice, dead_links
from warraq.commands.checked_site import CheckedSite
from warraq.commands.planned_pages import PlannedPages
from warraq.commands.text_problems import text_problems
from warraq.content import store
from warraq.content.future_dates import future_dates, known_days
from warraq.content.git_history import Commit, article_commits
from warraq.content.not_names import not_names
from warraq.content.open_decisions import all_open_decisions, missing_metadata, prints_of_removed
from warraq.content.store import Content
from warraq.content.unfiled_names import names_without_file
from warraq.content.unread_files import unread_files
from warraq.importer.seed_check import changed_seeds
from warraq.prose.mentions import shared_names
from warraq.render import overrides


def check(site: Path) -> tuple[Problem, ...]:
    """Return everything wrong with site.yaml and content, and every decision still open."""
    return check_content(site, store.load(site))


def check_content(site: Path, content: Content) -> tuple[Problem, ...]:
    """Return what `check` does; `content` is that of the site."""
    config, warnings = load(site)
    checked = CheckedSite(site, config, content, store.LineFinder(site))
    found = {
        *warnings,
        *face_problems(site, config),
        *store.missing_content(site),
        *content.problems,
    }
    try:
        found.update(text_problems(checked))
    except WarraqError as fault:  # a text that breaks the program here breaks the checks below
        return tuple(sorted(found.union(fault.problems)))
    found.update(_open_decisions(checked))
    found.update(_published(checked))
    found.update(overrides.faults(config, site / "templates"))
    found.update(changed_seeds(site, content.articles, config.import_fields, warning))
    return tuple(sorted(found))


def _open_decisions(checked: CheckedSite) -> Iterator[Problem]:
    """Yield what waits for an editor: open decisions, names without a file, files unread."""
    site, config, content, lines = checked
    yield from all_open_decisions(site, content.articles, lines)
    yield from missing_metadata(content.articles)
    yield from prints_of_removed(content.articles, lines)
    yield from unread_files(site)
    yield from not_names(site)[1]
    yield from names_without_file(content, lines)
    yield from future_dates(content.articles, known_days(site, git=config.history == "git"), lines)
    yield from _shared_names(checked)
    yield from _unretracted_copies(checked)


def _published(checked: CheckedSite) -> Iterator[Problem]:
    """Yield what a build would refuse or publish wrongly: history, links and addresses."""
    commits: dict[str, tuple[Commit, ...]] = {}
    if checked.config.history == "git":
        try:
            commits = article_commits(checked.site)
        except WarraqError as fault:
            yield from fault.problems
    with PlannedPages(checked, commits) as pages:
        yield from dead_links(checked, pages)
        yield from claimed_twice(checked, pages)


def _shared_names(checked: CheckedSite) -> Iterator[Problem]:
    """Yield a warning for each name that several files claim: it links to none of them."""
    for name, files in shared_names(checked.content.authorities):
        first, *others = (file.path for file in files)
        line = checked.lines.of(first, name, "name", "title", "aliases")
        yield warning("name-shared", first, line, name=name, others=listed(others))


def _unretracted_copies(checked: CheckedSite) -> Iterator[Problem]:
    """Yield a warning for each copy of a retracted article that is not retracted itself."""
    articles = checked.content.articles
    retracted = {
        article.id
        for article in articles
        if any(correction.kind == "retraction" for correction in article.corrections)
    }
    for article in articles:
        if article.copy_of in retracted and article.id not in retracted:
            line = checked.lines.of(article.path, "", "copy_of")
            yield warning("copy-unretracted", article.path, line, id=article.copy_of)
