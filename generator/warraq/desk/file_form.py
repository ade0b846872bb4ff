"""The form of a content file: opened, merged with what the file has become, written, shown.

The form carries the text of the file that it was opened on. What changed in the file meanwhile is
merged, field by field; where both changed the same, both are shown and nothing is written.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from starlette.responses import HTMLResponse, Response

from warraq.base.problems import Language, Problem, WarraqError, listed, message
from warraq.content import store
from warraq.content.store import Content, LineFinder
from warraq.desk.form_fields import BODY, FormTable, Record, Values, filled_in, numbers, values_of
from warraq.desk.merging import Clash, merged
from warraq.desk.notices import Notice
from warraq.desk.page_templates import page, said, words
from warraq.desk.site_desk import Desk
from warraq.editing.article_text import with_fields_of
from warraq.editing.change_set import ChangeSet, FileChange, edited
from warraq.editing.named_files import NamedFiles
from warraq.editing.validation import new_errors, parsed
from warraq.editing.writing import content_now, write
from warraq.model import AUTHORITY_KINDS, Article, Authority, AuthorityKind, Story
from warraq.preview.access import Access

NOTHING: Values = MappingProxyType({})
_DEEPEST = 2  # dots in the name of an input: via.0.outlet


class OpenForm(NamedTuple):
    """What a form shows: the text it was opened on, its inputs, and what is to be said of them.

    `record` is what the file holds now, `content` its bytes; `asked` are the inputs that are no
    fields, `theirs` the values of the file where both sides changed it, `clashes` the paragraphs.
    """

    path: str
    record: Record
    content: bytes
    authorities: tuple[Authority, ...]
    opened: str
    values: Values
    body: str
    asked: Values = NOTHING
    problems: tuple[Problem, ...] = ()
    theirs: Values = NOTHING
    clashes: tuple[Clash, ...] = ()
    saved: str = ""
    commit: str = ""

    @property
    def status(self) -> int:
        """The status of the answer to who sent it: whether it is written."""
        failed = any(problem.severity == "error" for problem in self.problems)
        return 409 if self.theirs else 422 if failed else 200


class Lost(NamedTuple):
    """A form whose file cannot be read (any more): why, and the text that was typed."""

    problems: tuple[Problem, ...] = ()
    why: str = ""
    body: str = ""

    @property
    def status(self) -> int:
        """The status of the answer."""
        return 409 if self.body or self.why else 404


def opened(desk: Desk, table: FormTable, path: str) -> OpenForm | Lost:
    """Return the form of the file at `path`, "" if there is none."""
    try:
        content = content_now(desk.site, path) if path else None
    except WarraqError as fault:
        return Lost(tuple(fault.problems))
    record, problems = _record(path, content)
    if record is None or content is None:
        return Lost(tuple(problems))
    authorities, _ = store.load_authorities(desk.site)
    values, text = values_of(table, record), _text(content)
    state = OpenForm(path, record, content, authorities, text, values, record.body)
    return state._replace(problems=tuple(problems))


def sent(desk: Desk, table: FormTable, path: str, form: Mapping[str, str]) -> OpenForm | Lost:
    """Return the form that an editor sends, over the file at `path` as it is now."""
    body = form.get(BODY, "").replace("\r\n", "\n")
    text = form.get("opened", "").replace("\r\n", "\n")
    try:
        content = content_now(desk.site, path) if path else None
    except WarraqError as fault:
        return Lost(tuple(fault.problems), body=body)
    before, _ = _record(path, text.encode())
    now, problems = _record(path, content)
    if content is None or now is None or before is None:
        gone = words(desk.language)["gone" if content is None else "broken-form"]
        return Lost(tuple(problems) if content else (), gone, body)
    inputs = {name: value.replace("\r\n", "\n") for name, value in form.items() if value.strip()}
    values, asked = dict[str, str](), dict[str, str]()
    for name, value in inputs.items():
        is_field = name.partition(".")[0] in table.keys and name.count(".") <= _DEEPEST
        (values if is_field else asked)[name] = value
    authorities, _ = store.load_authorities(desk.site)
    return OpenForm(path, now, content, authorities, text, values, body, asked)


def written(desk: Desk, table: FormTable, state: OpenForm) -> OpenForm:
    """Return the form after its change is in the file, or with what was in its way.

    Raises WarraqError if it cannot be written.
    """
    now, path = state.record, state.path
    before, problems = _record(path, state.opened.encode())
    if before is None:
        raise WarraqError(problems)
    values = _with_keys(table, state.values, values_of(table, before), state.authorities)
    mine, problems = filled_in(table, before, values, state.body)
    if problems:
        raise WarraqError(problems)
    found = merged(table, before, mine, now)
    if found.conflicts:
        # Saved once more, the form's text replaces what the editor has seen now.
        return state._replace(
            opened=_text(state.content),
            values=values_of(table, found.record),
            body=found.record.body,
            theirs={key: as_text(table, now, key) for key in found.conflicts},
            clashes=found.clashes,
        )
    change = edited(path, state.content, lambda text: with_fields_of(text, now, found.record))
    if errors := _new_errors(desk.site, state, found.record, change):
        raise WarraqError(errors)
    keys = (*table.keys, BODY)
    changed = [k for k in keys if as_text(table, now, k) != as_text(table, found.record, k)]
    subject = message(
        "say-commit-form",
        desk.history,
        title=name_of(found.record),
        fields=listed(label(table, key, desk.history) for key in changed),
    )
    done = write(desk.site, ChangeSet.of(subject, [change]))
    after = _record(path, change.after)[0] or found.record
    return OpenForm(
        path,
        after,
        change.after or b"",
        state.authorities,
        _text(change.after or b""),
        values_of(table, after),
        found.record.body,
        problems=done.problems,
        saved=label(table, "saved" if changed else "saved-nothing", desk.language),
        commit=done.commit,
    )


def form_page(
    template: str, desk: Desk, access: Access, table: FormTable, state: OpenForm, **shown: object
) -> Response:
    """Return the page of a form. `template` extends edit.html, or is it.

    `shown` has the `address` of the page; it may have `notes`, in words, on values of inputs.
    """
    told = [(_field_of(table, p, state.values), said(p, desk.language)) for p in state.problems]
    faults: dict[str, list[str]] = {}
    for key, text in told:
        faults.setdefault(key, []).append(text)
    if state.theirs:
        told.append((next(iter(state.theirs)), label(table, "unlike", desk.language)))
    completing = {one.completes for field in table.fields for one in field.inputs}
    kinds = (kind for kind in AUTHORITY_KINDS if kind in completing)
    if state.saved:
        shown["done"] = Notice(state.saved, state.commit, str(shown["address"]))
    html = page(
        template,
        desk,
        access,
        path=state.path,
        opened=state.opened,
        values=state.values,
        body=state.body,
        sections=table.sections,
        prefix=table.words,
        known_words=words(desk.language),
        numbers=numbers,
        folded=table.folded,
        text_before=table.text_before,
        text_rows=table.text_rows,
        opened_sections=_in_use(table, {*_keys_of(state.values), *faults, *state.theirs}),
        messages=[(f"about-{key}" if key else "", text) for key, text in told],
        faults={key: found for key, found in faults.items() if key},
        theirs=state.theirs,
        clashes=state.clashes,
        known={kind: _of_kind(state.authorities, kind) for kind in kinds},
        **{"evidence": (), "notes": NOTHING, **shown},
    )
    return HTMLResponse(html)


def lost_page(desk: Desk, access: Access, lost: Lost) -> Response:
    """Return the page that says why there is no form, and gives the typed text back."""
    texts = [*filter(None, [lost.why]), *(said(one, desk.language) for one in lost.problems)]
    shown = [("", text) for text in texts]
    html = page("missing.html", desk, access, messages=shown, body=lost.body)
    return HTMLResponse(html, lost.status)


def label(table: FormTable, key: str, language: Language) -> str:
    """Return the words for `key` in the forms of `table`."""
    known = words(language)
    return known.get(f"{table.words}{key}") or known.get(key, key)


def name_of(record: Record) -> str:
    """Return the headline of an article, or the name of an authority."""
    return record.title if isinstance(record, Article) else record.name


def under(values: Values, key: str) -> dict[str, str]:
    """Return the inputs below `key`, by the rest of their names."""
    start = f"{key}."
    return {n.removeprefix(start): v for n, v in values.items() if n.startswith(start)}


def _record(path: str, content: bytes | None) -> tuple[Record | None, list[Problem]]:
    if content is None:
        return None, []
    return parsed(path, content)


def _text(content: bytes) -> str:
    return content.decode().removeprefix("\ufeff").replace("\r\n", "\n")


def _new_errors(site: Path, state: OpenForm, after: Record, change: FileChange) -> list[Problem]:
    """Return what would be wrong with the file that is not wrong now; others do not matter."""
    now, lines = state.record, LineFinder(site)
    _, found = parsed(now.path, state.content)
    if isinstance(now, Article):
        known = (*found, *store.cross_check([now], state.authorities, (), lines))
        return new_errors(Content((now,), state.authorities, known), [change], lines)
    members = after.articles if isinstance(after, Story) else ()
    return new_errors(store.load_about(site, members), [change], lines)


def _with_keys(
    table: FormTable, values: Values, before: Values, authorities: Iterable[Authority]
) -> dict[str, str]:
    """Return `values` with the key of a file for each name that was added and has one."""
    kinds = {
        f"{field.key}.{one.name}" if field.kind in {"map", "rows"} else field.key: one.completes
        for field in table.fields
        for one in field.inputs
        if one.completes and one.name != "name"
    }
    had, named = set(before.values()), NamedFiles(authorities)

    def resolved(name: str, value: str) -> str:
        kind = kinds.get(".".join(part for part in name.split(".") if not part.isdecimal()))
        return named.value(kind, value.strip()) if kind and value not in had else value

    return {name: resolved(name, value) for name, value in values.items()}


def as_text(table: FormTable, record: Record, key: str) -> str:
    """Return what a field holds, in one line for each value."""
    if key == BODY:
        return record.body.strip()
    shown = values_of(table, record)
    return "\n".join(v for n, v in shown.items() if n == key or n.startswith(f"{key}."))


def _field_of(table: FormTable, problem: Problem, values: Values) -> str:
    """Return the field that a problem is about, "" if that cannot be told."""
    args = dict(problem.args)
    key = args.get("key") or args.get("id", "")
    if key in table.keys:
        return key
    holding = (name for name, value in values.items() if key and value.strip() == key)
    return next(holding, "").partition(".")[0]


def _keys_of(values: Values) -> Iterator[str]:
    return (name.partition(".")[0] for name in values)


def _in_use(table: FormTable, keys: AbstractSet[str]) -> set[str]:
    """Return the sections that hold something, or have something wrong."""
    return {
        section
        for section, fields in table.sections.items()
        if any(field.key.partition(".")[0] in keys for field in fields)
    }


def _of_kind(authorities: Iterable[Authority], kind: AuthorityKind) -> list[Authority]:
    return sorted((one for one in authorities if one.kind == kind), key=lambda one: one.key)
