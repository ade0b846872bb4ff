"""`warraq draft`: drafts of the site on the command line, as the desk has them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from warraq.base.config import load
from warraq.base.controls import without_controls
from warraq.base.problems import Language, message, printable
from warraq.commands.edit import history_language
from warraq.editing import site_drafts
from warraq.editing.joined_lines import Settle, Side
from warraq.editing.site_drafts import SiteDraft

_SHOWN = 50  # files that are named
Kept = Literal["draft", "published"]
_SIDES: dict[Kept, Side] = {"draft": "theirs", "published": "ours"}


def overview(site: Path, language: Language) -> Iterator[str]:
    """Yield lines that say where one works, and which drafts there are."""
    now = site_drafts.state(site)
    if now.open:
        yield message("say-draft-open", language, name=now.open.name, main=now.main)
    else:
        yield message("say-draft-main", language, main=now.main)
    for mark, drafts in (("·", now.drafts), ("×", now.discarded)):
        for one in drafts:
            yield f"{'→' if one == now.open else mark} {one.date[:10]}  {_named(one)}"


def contents(site: Path, settle: Settle, language: Language) -> Iterator[str]:
    """Yield lines that say what the open draft changes, and what clashes with the published site.

    Raises WarraqError if none is open.
    """
    now = site_drafts.state(site)
    draft = now.open or site_drafts.must_be_open(now)
    _, paths = site_drafts.changed_in(site, now, draft)
    yield f"{draft.name}: {message('say-files', language, count=len(paths))}"
    clashes = site_drafts.with_main(site, now, draft, settle, {}).clashes
    clashing = {one.path for one in clashes}
    yield from (f"{'!' if path in clashing else ' '} {printable(path)}" for path in paths[:_SHOWN])
    if clashes:
        yield message("say-draft-clashes", language, count=len(clashes))


def publish(site: Path, settle: Settle, kept: Kept | None) -> tuple[str, str]:
    """Publish the open draft; return its name and the commit. `kept` is the side of what clashes.

    Raises WarraqError, and nothing has changed.
    """
    config, _ = load(site)
    now = site_drafts.state(site)
    draft = now.open or site_drafts.must_be_open(now)
    choices: dict[str, Side] = {}
    if kept:
        clashes = site_drafts.with_main(site, now, draft, settle, {}).clashes
        choices = {one.path: _SIDES[kept] for one in clashes}
    subject = message("say-commit-publish", history_language(config), name=draft.name)
    return draft.name, site_drafts.publish(site, subject, settle, choices)


def _named(draft: SiteDraft) -> str:
    return f"{without_controls(draft.name)}  ({printable(draft.key)})"
