"""An editor's words to a Whoosh query: read with Whoosh's own grammar, then expanded by word forms.

A word finds its exact form first, then the forms of the same stem (with particles, endings, as a
broken plural), by search/stems. No query raises: what cannot be read becomes a note.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import log

from whoosh import qparser, query
from whoosh.fields import Schema
from whoosh.qparser import plugins
from whoosh.qparser.common import QueryParserError
from whoosh.query import spans
from whoosh.reading import IndexReader

from warraq.base.arabic import ZERO_WIDTH, fold, is_arabic, ungrouped
from warraq.base.problems import Problem, warning
from warraq.search.analysis import ARTICLES, STOP_WORDS, family, hyphenated, terms_of
from warraq.search.editors.foreign_forms import foreign_forms, forms_in_the_other_script
from warraq.search.editors.proximity_query import ProximityQuery
from warraq.search.editors.search_fields import FIELDS, TEXT_FIELDS, WEIGHTS, field_named
from warraq.search.stemmers import stemmed_language
from warraq.search.stems import groups_of

FILTERS = {field.name for field in FIELDS} - {"title", "body"}
MAX_LENGTH = 1000  # characters
MAX_WORDS = 40
MAX_DEPTH = 20  # brackets within brackets
MAX_FORMS = 40  # of one word
ALL_WORDS = 0.8  # share of the score that goes with the words an article lacks
SAME_STEM = 0.5  # the weight of another form of the word
RELATED_STEM = 0.3  # of a broken plural, or of its singular
SYNONYM = 0.7  # of a word with the same meaning

_CONTROL = re.compile(f"[\\x00-\\x1f\\x7f-\\x9f{ZERO_WIDTH}]+")
_WITHIN_WORD = re.compile(f"(?<=\\w)[{ZERO_WIDTH}]+(?=\\w)")  # which stays one word, as for readers
_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟″", '"') | {"؟": "?", "٭": "*", "：": ":"})
_WILD = re.compile(r"([*?])")
_NAME = re.compile(r'"[^"]*"?|(?<![\w*])([^\W\d]\w*):(?=\S)')  # of a field, but for what is quoted
_GUARD = "ن"  # keeps the rules for word endings from a prefix


def plain_text(text: str) -> str:
    """Return `text` with one kind of quotation marks, without control characters."""
    text = _CONTROL.sub(" ", _WITHIN_WORD.sub("", text))
    return hyphenated(ungrouped(text.translate(_QUOTES).strip()))


def parsed(plain: str, schema: Schema) -> tuple[query.Query, tuple[Problem, ...]]:
    """Return the query that `plain` means, and notes on what could not be read."""
    notes = []
    if len(plain) > MAX_LENGTH or len(plain.split()) > MAX_WORDS or _depth(plain) > MAX_DEPTH:
        plain = " ".join(re.sub(r'[()\[\]{}"^~]', " ", plain[:MAX_LENGTH]).split()[:MAX_WORDS])
        notes.append(warning("query-cut", count=MAX_WORDS))
    strange = [
        match[1] for match in _NAME.finditer(plain) if match[1] and not field_named(match[1])
    ]
    plain = _NAME.sub(_by_its_own_name, plain)
    if strange:
        notes.append(
            warning(
                "query-field", value=strange[0], fields=", ".join(field.name for field in FIELDS)
            )
        )
    try:
        found = _parser(schema).parse(plain, normalize=False)
    except (QueryParserError, ValueError, OverflowError):
        words = " ".join(re.findall(r"\w+", plain))
        found = _parser(schema).parse(words.lower(), normalize=False)
        notes.append(warning("query-syntax"))
    unread = [leaf.error for leaf in found.leaves() if getattr(leaf, "error", None)]
    notes += [warning("query-day", value=str(fault)[:60]) for fault in unread]
    if not notes and all(map(_is_nothing, found.leaves())):
        notes.append(warning("query-empty"))
    return found, tuple(notes)


def _by_its_own_name(match: re.Match[str]) -> str:
    """Return the name of a field as the schema has it; what names none as a word."""
    if not match[1]:
        return match[0]
    field = field_named(match[1])
    return f"{field}:" if field else f"{match[1]} "


def _depth(text: str) -> int:
    depth = deepest = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        deepest = max(deepest, depth)
    return deepest


def _parser(schema: Schema) -> qparser.QueryParser:
    return qparser.QueryParser(
        None,
        schema,
        plugins=[
            plugins.WhitespacePlugin(),
            plugins.PhrasePlugin(),
            plugins.FieldsPlugin(remove_unknown=True),
            plugins.WildcardPlugin(),
            plugins.RangePlugin(),
            plugins.GroupPlugin(),
            plugins.OperatorsPlugin(AndNot=None, AndMaybe=None, Require=None),
            plugins.BoostPlugin(),
            plugins.EveryPlugin(),
            plugins.MultifieldPlugin(list(WEIGHTS), WEIGHTS, group=_AnyFieldGroup),
        ],
        group=_WordsGroup,
    )


class ImplicitAnd(query.Or):  # type: ignore[misc] # Whoosh is untyped
    """Implicit-AND group: words without an operator between them."""


class _WordsGroup(qparser.OrGroup):  # type: ignore[misc] # Whoosh is untyped
    qclass = ImplicitAnd


class AnyField(query.Or):  # type: ignore[misc] # Whoosh is untyped
    """One word in any of the text fields, as opposed to one of several words."""


class _AnyFieldGroup(qparser.OrGroup):  # type: ignore[misc] # Whoosh is untyped
    qclass = AnyField


class QueryExpander:
    """Expands words to all their forms in the index, and to those of their synonyms.

    `words`: family → words. `synonyms`: lists of words or phrases that mean the same.
    """

    def __init__(
        self,
        reader: IndexReader,
        words: Mapping[str, list[str]],
        synonyms: Iterable[Sequence[str]] = (),
        *,
        asks_all: bool = False,
    ) -> None:
        """Take forms from `words` and their frequencies from `reader`.

        With `asks_all` words without an operator between them must all be there, each in any of its
        forms; else an article that lacks some of them is found too, with a lower score.
        """
        self._asks_all = asks_all
        self._reader = reader
        self._words = words
        self._synonyms = _by_words(synonyms)
        self._longest = max(map(len, self._synonyms), default=0)
        self._forms: dict[str, tuple[tuple[str, float], ...]] = {}

    def expanded(self, asked: query.Query) -> query.Query:
        """Return `asked` with every word of a text field expanded; with the same structure."""
        if isinstance(asked, query.Or):
            return self._any(asked)
        if isinstance(asked, query.And):
            subs = _non_empty(map(self.expanded, asked.subqueries))
            return query.And(subs) if subs else query.NullQuery
        if isinstance(asked, query.Not):
            return query.Not(self.expanded(asked.query))
        if getattr(asked, "fieldname", None) in TEXT_FIELDS:
            return self._of_text(asked)
        if isinstance(asked, query.Phrase):  # status:"removed": a value, with quotation marks
            return query.Term(asked.fieldname, " ".join(asked.words), asked.boost)
        return asked

    def _of_text(self, asked: query.Query) -> query.Query:
        if isinstance(asked, query.Term):
            return self._word(asked)
        if isinstance(asked, query.Phrase):
            return self._phrase(asked)
        return _pattern(asked) if isinstance(asked, query.Prefix | query.Wildcard) else asked

    def _any(self, asked: query.Or) -> query.Query:
        """Return any of the parts, less those under NOT; stop words are left out.

        To Whoosh «a NOT b» is «a, or anything without b», which is not what is meant. Parts without
        an OR between them are words, of which any will do, and filters, which must all match.
        """
        subs = _non_empty(asked.subqueries)
        unwanted = [self.expanded(sub.query) for sub in subs if isinstance(sub, query.Not)]
        wanted = [sub for sub in subs if not isinstance(sub, query.Not)]
        parts = [*self._text_part(asked, wanted), *self._filter_parts(asked, wanted)]
        if not parts and (wanted or not unwanted):
            return query.NullQuery
        rest = query.And(parts) if parts else query.Every()
        return query.AndNot(rest, ProximityQuery(unwanted)) if unwanted else rest

    def _text_part(self, asked: query.Or, wanted: Iterable[query.Query]) -> Iterator[query.Query]:
        """Yield what is asked of the text, as one query."""
        words = [
            sub for sub in wanted if not (isinstance(asked, ImplicitAnd) and _filter_field(sub))
        ]
        kept = [at for at, sub in enumerate(words) if not _is_stop_words(sub)] or range(len(words))
        others = self._said_otherwise(words, kept) if isinstance(asked, ImplicitAnd) else {}
        parts = [(self.expanded(words[at]), others.get(at, [])) for at in kept]
        parts = [ProximityQuery([part, *more]) if more else part for part, more in parts]
        if self._asks_all and isinstance(asked, ImplicitAnd) and parts:
            yield query.NullQuery if query.NullQuery in parts else query.And(parts)
        elif found := _non_empty(parts):
            share = 0.0 if isinstance(asked, AnyField) or len(found) == 1 else ALL_WORDS
            yield ProximityQuery(found, share=share, boost=asked.boost)

    def _filter_parts(
        self, asked: query.Or, wanted: Iterable[query.Query]
    ) -> Iterator[query.Query]:
        """Yield one query for each field that narrows the search."""
        fields: dict[str, list[query.Query]] = {}
        for sub in wanted:
            if isinstance(asked, ImplicitAnd) and (name := _filter_field(sub)):
                fields.setdefault(name, []).append(self.expanded(sub))
        yield from map(ProximityQuery, fields.values())

    def forms(self, word: str) -> tuple[tuple[str, float], ...]:
        """Return (form, weight) for `word` itself and its relatives in the index, itself first."""
        if word not in self._forms:
            found: dict[str, float] = {}
            for form, weight in chain(
                self._related_forms(word),
                self._forms_in_the_other_script(word),
                self._forms_of_synonyms(word),
            ):
                found.setdefault(form, weight)
            self._forms[word] = tuple(sorted(found.items(), key=lambda form: -form[1]))[:MAX_FORMS]
        return self._forms[word]

    def _forms_in_the_other_script(self, word: str) -> Iterator[tuple[str, float]]:
        for other in forms_in_the_other_script(word, self._words):
            if self._frequency(other):
                yield other, SAME_STEM

    def _forms_of_synonyms(self, word: str) -> Iterator[tuple[str, float]]:
        for other in self._synonyms_of(word):
            if len(other) == 1:
                for form, weight in self._related_forms(other[0]):
                    yield form, weight * SYNONYM

    def _synonyms_of(self, word: str) -> Sequence[tuple[str, ...]]:
        return self._synonyms.get(_without_articles([word]), ())

    def _said_otherwise(
        self, words: Sequence[query.Query], kept: Container[int]
    ) -> dict[int, list[query.Query]]:
        """Return place of a word → what means the same as a phrase of `words` in which it stands.

        An article that says it otherwise has every word of the phrase that is in `kept`: each
        counts for its share.
        """
        texts = list(map(_word_of, words))
        found: dict[int, list[query.Query]] = {}
        for first in range(len(texts)):
            for end in range(first + 2, min(first + self._longest, len(texts)) + 1):
                places = [at for at in range(first, end) if at in kept]
                for other in self._synonyms.get(_without_articles(texts[first:end]), ()):
                    for at in places:
                        share = SYNONYM / len(places)
                        found.setdefault(at, []).append(self._instead(words[at], other, share))
        return found

    def _instead(self, asked: query.Query, other: Sequence[str], weight: float) -> query.Query:
        """Return `other`, a word or a phrase, in the fields in which `asked` is looked for."""
        parts = [
            self._phrase(query.Phrase(leaf.fieldname, other, boost=leaf.boost))
            for leaf in asked.leaves()
        ]
        return ProximityQuery(_non_empty(parts), boost=weight)

    def _related_forms(self, word: str) -> Iterator[tuple[str, float]]:
        yield word, 1.0
        counts = {known: self._frequency(known) for known in self._words.get(family(word), ())}
        counts = {known: count for known, count in counts.items() if count}
        groups = groups_of({**counts, word: counts.get(word, 0) or 1})
        own = next(group for group in groups if word in group.words)
        related = {other for group in groups if group.stem in own.related for other in group.words}
        for others, weight in ((own.words, SAME_STEM), (related, RELATED_STEM)):
            for other in sorted(others, key=lambda form: (-counts.get(form, 0), form)):
                if other != word and other in counts:
                    yield other, weight
        languages = filter(None, map(stemmed_language, self._reader.field_terms("lang")))
        for other in dict.fromkeys(foreign_forms(word, own.stem, self._words, languages)):
            if other not in {*own.words, *related, word} and self._frequency(other):
                yield other, SAME_STEM

    def _frequency(self, word: str) -> int:
        return max(int(self._reader.doc_frequency(name, word)) for name in TEXT_FIELDS)

    def _word(self, asked: query.Term) -> query.Query:
        """Return the forms of one word as a single term: a rare form must not win by rarity."""
        name = asked.fieldname
        found = [
            (form, weight, count)
            for form, weight in self.forms(asked.text)
            if (count := self._reader.doc_frequency(name, form))
        ]
        phrases = [
            self._instead(asked, other, SYNONYM)
            for other in self._synonyms_of(asked.text)
            if len(other) > 1
        ]
        if not found:
            return ProximityQuery([asked, *phrases]) if phrases else asked
        combined = self._idf(sum(count for _, _, count in found))
        terms = [
            query.Term(
                name, form, boost=asked.boost * weight * max(combined, 0.1) / self._idf(count)
            )
            for form, weight, count in found
        ]
        return ProximityQuery([*terms, *phrases])

    def _idf(self, count: int) -> float:
        """Return the inverse document frequency of Whoosh's BM25F for `count` articles."""
        return log(max(self._reader.doc_count_all(), 1) / (count + 1)) + 1

    def _phrase(self, asked: query.Phrase) -> query.Query:
        name = asked.fieldname
        alternatives = [
            [query.Term(name, f) for f, _ in self.forms(word) if self._has_form(name, f)]
            for word in asked.words
        ]
        if not all(alternatives):
            return query.NullQuery
        if len(alternatives) == 1:
            return ProximityQuery(alternatives[0], boost=asked.boost)
        words = [terms[0] if len(terms) == 1 else query.Or(terms) for terms in alternatives]
        return spans.SpanNear2(words, slop=asked.slop)

    def _has_form(self, name: str, form: str) -> bool:
        return bool(self._reader.doc_frequency(name, form))


def _by_words(
    synonyms: Iterable[Sequence[str]],
) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """Return a word or phrase, less its articles → the terms of each with the same meaning."""
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for one in synonyms:
        phrases = [tuple(terms_of(text)) for text in one]
        for phrase in filter(None, phrases):
            others = (other for other in phrases if other and other != phrase)
            found.setdefault(_without_articles(phrase), []).extend(others)
    return found


def _without_articles(terms: Iterable[str]) -> tuple[str, ...]:
    return tuple(term.removeprefix("ال") for term in terms)


def _word_of(asked: query.Query) -> str:
    """Return the word that `asked` looks for, in whatever fields, "" if it is no single word."""
    texts = {getattr(leaf, "text", "") for leaf in asked.leaves() if isinstance(leaf, query.Term)}
    is_word = isinstance(asked, query.Term | AnyField)
    return texts.pop() if is_word and len(texts) == 1 else ""


def _pattern(asked: query.Prefix | query.Wildcard) -> query.Query:
    """Return `asked` folded; what begins with an Arabic letter may follow an article."""
    kind, name, text = type(asked), asked.fieldname, folded_pattern(asked.text)
    starts = ("", *ARTICLES) if is_arabic(text) else ("",)
    return ProximityQuery([kind(name, start + text, boost=asked.boost) for start in starts])


def folded_pattern(pattern: str) -> str:
    """Return `pattern` folded between its asterisks and question marks.

    >>> folded_pattern("الإستخ*ة")
    'الاستخ*ه'
    """
    parts = _WILD.split(pattern)
    last = len(parts) - 1
    return "".join(
        part
        if part in {"*", "?"}
        else fold(part)
        if at == last
        else fold(part + _GUARD)[: -len(_GUARD)]
        for at, part in enumerate(parts)
    )


def matched_words(found: query.Query, reader: IndexReader) -> frozenset[str]:
    """Return the folded words that match, to be marked in an article's text."""
    return frozenset(
        text.decode("utf-8")
        for leaf in _positive_leaves(found)
        for name, text in leaf.existing_terms(reader, phrases=True, expand=True)
        if name in TEXT_FIELDS
    )


def _positive_leaves(found: query.Query) -> Iterable[query.Query]:
    """Return the leaves of `found` that are not under a NOT."""
    if isinstance(found, query.Not):
        return ()
    if isinstance(found, query.AndNot):
        return _positive_leaves(found.a)
    if found.is_leaf():
        return (found,)
    return [leaf for child in found.children() for leaf in _positive_leaves(child)]


def _is_stop_words(found: query.Query) -> bool:
    """Whether `found` consists of stop words, in any field."""
    leaves = list(found.leaves())
    return bool(leaves) and all(
        isinstance(leaf, query.Term) and leaf.text in STOP_WORDS for leaf in leaves
    )


def _filter_field(asked: query.Query) -> str:
    """Return the field that `asked` filters by, "" if it is about the text itself."""
    names = {getattr(leaf, "fieldname", None) for leaf in asked.leaves()}
    name = names.pop() if len(names) == 1 else None
    return name if name in FILTERS else ""


def _non_empty(queries: Iterable[query.Query]) -> list[query.Query]:
    return [each for each in queries if not _is_nothing(each)]


def _is_nothing(asked: query.Query) -> bool:
    """Whether `asked` holds no word; Whoosh's empty query is also an unreadable day."""
    if isinstance(asked, query.Phrase):
        return not any(asked.words)
    return isinstance(asked, type(query.NullQuery))
