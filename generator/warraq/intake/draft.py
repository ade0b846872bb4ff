"""The last step: ImportState → Draft (article, receipt, problems)."""

import hashlib
import re
from collections.abc import Iterable, Iterator

import msgspec

from warraq.base.problems import Problem, listed, warning
from warraq.base.urls import is_web_address
from warraq.intake import quotes
from warraq.intake.credit.writers import Writers, is_login, writers_of
from warraq.intake.dates import field_dates
from warraq.intake.lines.line_markdown import as_markdown, lost_links
from warraq.intake.state import RECORD_BASES, ImportState
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


def from_state(state: ImportState) -> Draft:
    """Return the draft that the steps have led to."""
    field = writers_of(_own(state.raw, "author"), state.directory)
    article = _article(state, field)
    return Draft(article, _receipt(state, article, field), tuple(_problems(state)))


def _article(state: ImportState, field: Writers) -> Article:
    """Return the article; `field` holds the names in a record's field for writers."""
    page, raw, directory = state.page, state.raw, state.directory
    figures = _described(raw.figures, page.title)
    modified = next(iter(_own(raw, "modified")), "")
    return Article(
        id=seed_id(raw, directory.seed_id),
        title=page.title or "…",
        body=_body(state),
        title_status=page.title_status,
        external_ids=raw.external_ids,
        date=page.date,
        date_info=page.date_info,
        description=next(iter(_own(raw, "description")), ""),
        lastmod=field_dates.exact_moment(modified, directory.time_zone),
        aliases=_facts(raw, "alias"),
        lang=_language(state),
        draft=bool(_facts(raw, "draft")),
        section=_section(state),
        topics=_own(raw, "topic"),
        authors=_writers(state, field),
        dateline=page.dateline or field.place,
        image=figures[0] if figures else None,
        figures=figures[1:],
        source=_with_url(state),
        via=page.via,
        cited=_cited(state, field),
        flags=page.flags,
        provenance=Provenance(raw.path, raw.sha256),
    )


def _body(state: ImportState) -> str:
    """Return the body as Markdown, "" for a digest and for too few words."""
    text = as_markdown(state.page.lines, state.raw.kind, state.forms)
    is_article = _length(state) >= MIN_BODY or _has_media(state)
    return text if is_article and not state.page.digest else ""


def _length(state: ImportState) -> int:
    return sum(len(words(line.text)) for line in state.page.lines)


def _receipt(state: ImportState, article: Article, field: Writers) -> Receipt:
    """Return what was removed and decided, by which rules, from which seed."""
    page, raw = state.page, state.raw
    dropped = _dropped(raw, field, credited=article.source is not None)
    lost = lost_links(page.lines, state.forms)
    return Receipt(
        id=article.id,
        seed=raw.path,
        sha256=raw.sha256,
        received=state.directory.received,
        external_ids=raw.external_ids,
        aliases=article.aliases,
        encoding=raw.encoding,
        removed=tuple(sorted((*page.removed, *dropped, *lost), key=_place)),
        decisions=page.decisions,
        quotations=quotes.quotations_in([line.text for line in page.lines]),
        notes=page.notes + tuple(Evidence(note, "encoding") for note in raw.notes),
    )


def _has_media(state: ImportState) -> bool:
    """Whether an export's record has a picture or a player, as posts of few words do."""
    if not state.raw.external_ids:
        return False
    lines = (line.text for line in state.page.lines)
    return bool(state.raw.figures) or any(_EMBEDDED.fullmatch(line) for line in lines)


def _described(figures: Iterable[Figure], title: str) -> tuple[Figure, ...]:
    """Return pictures with a description each: the caption, or else the article's headline.

    It is better than nothing for readers who do not see them; editors can improve it.
    """
    return tuple(
        figure if figure.alt else msgspec.structs.replace(figure, alt=figure.caption or title)
        for figure in figures
    )


def _writers(state: ImportState, field: Writers) -> tuple[str, ...]:
    """Return the writers by a record's own field, by the text, or by the page's data.

    If the field has only an account's name and the text is signed, the signature counts.
    """
    is_named = any(not is_login(name) for name in field.authors)
    return field.authors if is_named else state.page.authors or field.authors or _people(state)


def _people(state: ImportState) -> tuple[str, ...]:
    """Return the writers in the page's own data, without an outlet that signs as one."""
    source = state.page.source
    outlet = phrase(source.name) if source else ""
    facts = (f for f in state.raw.facts if f.key == "author" and f.basis not in RECORD_BASES)
    names = (name for name in dict.fromkeys(f.value for f in facts) if not name.startswith("http"))
    return tuple(n for n in names if phrase(n) != outlet and not state.directory.named(n))


def _cited(state: ImportState, field: Writers) -> tuple[Cited, ...]:
    """Return the sources of the text, with agencies that a record names as its writers."""
    source = state.page.source
    there = {phrase(cited.name) for cited in state.page.cited}
    there |= {phrase(source.name)} if source else set()
    found = (name for name in field.agencies if phrase(name) not in there)
    outlets = ((name, state.directory.named(name)) for name in found)
    more = (Cited(name, (outlet and outlet.type) or "agency") for name, outlet in outlets)
    return (*state.page.cited, *more)


def _language(state: ImportState) -> str:
    """Return the tag of another language than Arabic."""
    tag = language_tag(state.fact("lang")[0])
    return "" if tag == "ar" else tag


def _dropped(raw: RawDocument, field: Writers, *, credited: bool) -> Iterator[Removed]:
    """Yield what came with the text and is not kept, as fields that hold more than a name.

    An address is kept if it is `credited` or leads to the article.
    """
    yield from (Removed(f"page:{f.basis}", f.value) for f in raw.facts if f.key == "dropped")
    fields = _own(raw, "author")
    yield from (Removed("page:author", name) for name in fields if name not in field.authors)
    if not credited and not _facts(raw, "alias"):
        yield from (Removed("page:url", url) for url in _own(raw, "url"))


def _section(state: ImportState) -> str:
    """Return the section by a text's own data, by a line of the page, by the page's data."""
    sections = (*_own(state.raw, "section"), state.page.section, *_facts(state.raw, "section"))
    return next(filter(None, sections), "")


def _facts(raw: RawDocument, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.value for f in raw.facts if f.key == key))


def _own(raw: RawDocument, key: str) -> tuple[str, ...]:
    """Return what is stated of this one text, not of the whole page around it."""
    own = (f.value for f in raw.facts if f.key == key and f.basis in RECORD_BASES)
    return tuple(dict.fromkeys(own))


def _place(removed: Removed) -> tuple[int, int, str]:
    return removed.first, removed.last, removed.rule


def _with_url(state: ImportState) -> Credit | None:
    source, url = state.page.source, state.fact("url")[0]
    if source and not state.page.via and is_web_address(url):
        return msgspec.structs.replace(source, url=url)
    return source


_OF_RECORDS = {
    "letters-lost": "seed-letters-lost",
    "mended": "seed-mended",
    "cut": "seed-cut",
    "deep": "seed-deep",
}


def _problems(state: ImportState) -> list[Problem]:
    raw, page = state.raw, state.page
    found: list[Problem] = []
    if page.digest:
        found.append(warning("seed-digest", raw.path, count=len(page.lines)))
    elif _length(state) < MIN_BODY and not _has_media(state):
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
