"""What the steps found out, put down: ImportState → Draft (article, receipt, problems)."""

import hashlib
import re
from collections.abc import Iterable, Iterator

import msgspec

from warraq.base.problems import Problem, listed, warning
from warraq.intake import quotes
from warraq.intake.credit.outlets import host_of
from warraq.intake.credit.writers import Writers, is_login, writers_of
from warraq.intake.dates import resolution
from warraq.intake.state import RECORD_BASES, ImportState
from warraq.intake.text import repair
from warraq.intake.text.folding import phrase, words
from warraq.intake.text.languages import language_tag
from warraq.model import (
    Article,
    Cited,
    Credit,
    Draft,
    Evidence,
    Figure,
    Provenance,
    RawDocument,
    Receipt,
    Removed,
)

_NAMED = 10  # lines of a damaged seed
_EMBEDDED = re.compile(r"<https?://\S+>")
MIN_BODY = 5  # words; less is no article
_SEED_ID = re.compile(r"(?<![0-9a-f])(?=[0-9]*[a-f])[0-9a-f]{16}(?![0-9a-f])")


def from_state(work: ImportState) -> Draft:
    """Return the draft that `work` has come to."""
    page, raw = work.page, work.raw
    paragraphs = [line.text for line in page.lines]
    text = repair.as_markdown(page.lines, raw.kind, work.forms)
    length = sum(len(words(paragraph)) for paragraph in paragraphs)
    problems = _problems(work, length)
    if page.digest or (length < MIN_BODY and not _shows(work)):
        text = ""
    key = seed_id(raw, work.directory.seed_id)
    figures = _described(raw.figures, page.title)
    told = writers_of(_own(raw, "author"), work.directory)
    article = Article(
        id=key,
        title=page.title or "…",
        body=text,
        title_status=page.title_status or "generated",  # type: ignore[arg-type] # a TitleStatus
        external_ids=raw.external_ids,
        date=page.date,
        date_info=page.date_info,
        description=(_own(raw, "description") or ("",))[0],
        lastmod=resolution.exact_moment(
            (_own(raw, "modified") or ("",))[0], work.directory.time_zone
        ),
        aliases=_facts(raw, "alias"),
        lang=_language(work),
        draft=bool(_facts(raw, "draft")),
        section=_section(work),
        topics=_own(raw, "topic"),
        authors=_writers(work, told),
        dateline=page.dateline or told.place,
        image=figures[0] if figures else None,
        figures=figures[1:],
        source=_with_url(work),
        via=page.via,
        cited=_cited(work, told),
        flags=page.flags,
        provenance=Provenance(raw.path, raw.sha256),
    )
    lost = repair.lost_links(page.lines, work.forms)
    receipt = Receipt(
        id=key,
        seed=raw.path,
        sha256=raw.sha256,
        received=work.directory.received,
        external_ids=raw.external_ids,
        aliases=article.aliases,
        encoding=raw.encoding,
        removed=tuple(
            sorted(
                (*page.removed, *_dropped(raw, told, credited=bool(_with_url(work))), *lost),
                key=_place,
            )
        ),
        decisions=page.decisions,
        quotations=quotes.quotations_in(paragraphs),
        notes=page.notes + tuple(Evidence(note, "encoding") for note in raw.notes),
    )
    return Draft(article, receipt, tuple(problems))


def _shows(work: ImportState) -> bool:
    """Tell whether a record of an export has a picture or a player: a post without many words."""
    if not work.raw.external_ids:
        return False
    lines = (line.text for line in work.page.lines)
    return bool(work.raw.figures) or any(_EMBEDDED.fullmatch(line) for line in lines)


def _described(figures: Iterable[Figure], title: str) -> tuple[Figure, ...]:
    """Return pictures with a description each: their caption, or else the headline they stand by.

    Who does not see them is told that much; an editor knows better.
    """
    return tuple(
        figure if figure.alt else msgspec.structs.replace(figure, alt=figure.caption or title)
        for figure in figures
    )


def _writers(work: ImportState, told: Writers) -> tuple[str, ...]:
    """Return the writers by a record's own field, by the text, or by the page's data.

    Where the field has but a login and the text is signed, the signature counts.
    """
    is_named = any(not is_login(name) for name in told.authors)
    return told.authors if is_named else work.page.authors or told.authors or _people(work)


def _people(work: ImportState) -> tuple[str, ...]:
    """Return the writers that the page's own data names, less the outlet signing as one."""
    source = work.page.source
    outlet = phrase(source.name) if source else ""
    facts = (f for f in work.raw.facts if f.key == "author" and f.basis not in RECORD_BASES)
    names = (name for name in dict.fromkeys(f.value for f in facts) if not name.startswith("http"))
    return tuple(n for n in names if phrase(n) != outlet and not work.directory.named(n))


def _cited(work: ImportState, told: Writers) -> tuple[Cited, ...]:
    """Return whom the text relies on, and the agencies that a record names as its writers."""
    source = work.page.source
    there = {phrase(cited.name) for cited in work.page.cited}
    there |= {phrase(source.name)} if source else set()
    found = (name for name in told.agencies if phrase(name) not in there)
    outlets = ((name, work.directory.named(name)) for name in found)
    more = (Cited(name, (outlet and outlet.type) or "agency") for name, outlet in outlets)
    return (*work.page.cited, *more)


def _language(work: ImportState) -> str:
    """Return the tag of another language than Arabic."""
    told = language_tag(work.fact("lang")[0])
    return "" if told == "ar" else told


def _dropped(raw: RawDocument, told: Writers, *, credited: bool) -> Iterator[Removed]:
    """Yield what stood beside the text and is not kept; so do fields that hold more than a name.

    An address is kept where it is `credited`, or leads to the article.
    """
    yield from (Removed(f"page:{f.basis}", f.value) for f in raw.facts if f.key == "dropped")
    fields = _own(raw, "author")
    yield from (Removed("page:author", field) for field in fields if field not in told.authors)
    if not credited and not _facts(raw, "alias"):
        yield from (Removed("page:url", url) for url in _own(raw, "url"))


def _section(work: ImportState) -> str:
    """Return the section by a text's own data, by a line of the page, by the page's data."""
    told = (*_own(work.raw, "section"), work.page.section, *_facts(work.raw, "section"))
    return next(filter(None, told), "")


def _facts(raw: RawDocument, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.value for f in raw.facts if f.key == key))


def _own(raw: RawDocument, key: str) -> tuple[str, ...]:
    """Return what the text's own data says; what a page says beside it is of the whole page."""
    own = (f.value for f in raw.facts if f.key == key and f.basis in RECORD_BASES)
    return tuple(dict.fromkeys(own))


def _place(removed: Removed) -> tuple[int, int, str]:
    return removed.first, removed.last, removed.rule


def _with_url(work: ImportState) -> Credit | None:
    source, url = work.page.source, work.fact("url")[0]
    if source and url and not work.page.via and host_of(url):
        return msgspec.structs.replace(source, url=url)
    return source


_OF_RECORDS = {
    "letters-lost": "seed-letters-lost",
    "mended": "seed-mended",
    "cut": "seed-cut",
    "deep": "seed-deep",
}


def _problems(work: ImportState, length: int) -> list[Problem]:
    raw, page = work.raw, work.page
    found: list[Problem] = []
    if page.digest:
        found.append(warning("seed-digest", raw.path, count=len(page.lines)))
    elif length < MIN_BODY and not _shows(work):
        found.append(warning("seed-no-body", raw.path))
    if "encoding-guessed" in raw.notes:
        found.append(warning("seed-encoding", raw.path, encoding=raw.encoding))
    found += [warning(code, raw.path) for note, code in _OF_RECORDS.items() if note in raw.notes]
    if "bytes-lost" in raw.notes:
        first = raw.damaged[0] if raw.damaged else 0
        lost = {"encoding": raw.encoding, "lines": listed(raw.damaged, _NAMED)}
        found.append(warning("seed-bytes-lost", raw.path, first, **lost))
    return found


def seed_id(raw: RawDocument, pattern: str = "") -> str:
    """Return the id for a seed.

    From its name by `pattern` (one group); else the 16 hex digits in its name if there is a letter
    among them; else the first 12 of the SHA-256 of its id in an export, or of its bytes.
    """
    name = raw.path.rsplit("/", 1)[-1]
    if pattern and (match := re.search(pattern, name)):
        own = (match[1] or "").lower()
        if re.fullmatch(r"[a-z0-9]{6,16}", own):
            return own
    if raw.external_ids:
        known_as = "\n".join(f"{system}:{own}" for system, own in sorted(raw.external_ids.items()))
        return hashlib.sha256(known_as.encode()).hexdigest()[:12]
    match = _SEED_ID.search(name)
    return match[0] if match else raw.sha256[:12]
