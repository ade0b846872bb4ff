"""One article as search knows it, and the compact record of its words.

The cache stores a record per article; an index is made from records alone.
"""

import sys
from array import array
from collections import defaultdict
from itertools import count, islice

import msgspec

from warraq.model import FACET_OF_KIND, Display, Standing
from warraq.search.analysis import lines_of
from warraq.search.cp1256 import encoded

FACETS = tuple(FACET_OF_KIND.values())  # what results are counted and filtered by
_STORY = FACETS.index("story")
LEAD_SHOWN = 140  # code points stored with the title in the document blocks, cut at a word
MAX_POSITIONS = 60_000  # words of one article that are indexed; a longer one is a book


class SearchDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """One article, rights already applied: what may not be indexed is left out.

    `text` is the plain body; all of it is searched, what is shown of it follows `display`. `day` is
    "2025-10-12", "2025-10", "2025", or "" if unknown.
    `source` is the name of the credited outlet. `facets` holds the keys of the article for each of
    FACETS that it has any of; an outlet without a key goes by its name. `copy_of` is the id of the
    article this one repeats. `standing` marks one that was retracted or corrected. `picture` is
    the address of its lead picture, relative to the site for the archive's own, "" for none. `lang`
    is a language whose words are stemmed (stemmers.py), "" for any other.
    """

    id: str
    url: str
    title: str
    text: str
    day: str = ""
    source: str = ""
    facets: dict[str, tuple[str, ...]] = {}
    copy_of: str = ""
    display: Display = "full"
    standing: Standing = ""
    picture: str = ""
    lang: str = ""


class StoredFields(msgspec.Struct, frozen=True, array_like=True):
    """What results show of an article; `keys` has those of each of FACETS."""

    id: str
    url: str
    title: str
    lead: str
    day: str
    source: str
    keys: tuple[tuple[str, ...], ...]
    copy_of: str
    display: Display
    standing: Standing
    picture: str
    lang: str

    @property
    def story(self) -> str:
        """The key of the story that it belongs to, if any."""
        return next(iter(self.keys[_STORY]), "")


class Record(StoredFields, frozen=True, array_like=True):
    """An article's words and its stored fields.

    `words` are the distinct words and spellings by first appearance, one a line: "term", or
    "term<TAB>surface" where the spelling differs; as bytes of one letter each (cp1256.encoded).
    `sequence` holds two bytes (little end first) per position of the title and then of the text:
    0 for a stop word, else 1 + the word's line.
    `title_words` is the number of positions of the title.
    """

    words: bytes
    sequence: bytes
    title_words: int

    @property
    def lines(self) -> list[bytes]:
        """`words`, one by one."""
        return self.words.split(b"\n") if self.words else []

    @property
    def length(self) -> int:
        """The number of positions."""
        return len(self.sequence) // 2

    @property
    def stored_fields(self) -> StoredFields:
        """This without its words."""
        return StoredFields(*(getattr(self, field) for field in StoredFields.__struct_fields__))


encode_record = msgspec.msgpack.Encoder().encode  # a record as bytes
decode_record = msgspec.msgpack.Decoder(Record).decode
decode_stored_fields = msgspec.msgpack.Decoder(
    StoredFields
).decode  # of an encoded record, without its words


def to_record(document: SearchDocument) -> Record:
    """Return the record of `document`. Pure: to be mapped over batches and cached."""
    title = lines_of(document.title)
    lines = (title + lines_of(document.text))[:MAX_POSITIONS]
    numbers = defaultdict(count(1).__next__, {"": 0})
    sequence = array("H", map(numbers.__getitem__, lines))
    if sys.byteorder == "big":
        sequence.byteswap()
    return Record(
        document.id,
        document.url,
        document.title,
        "" if document.display == "none" else lead(document.text),
        document.day,
        document.source,
        tuple(document.facets.get(facet, ()) for facet in FACETS),
        document.copy_of,
        document.display,
        document.standing,
        document.picture,
        document.lang,
        encoded("\n".join(islice(numbers, 1, None))),
        sequence.tobytes(),
        len(title),
    )


def lead(text: str) -> str:
    """Return the opening of `text` on one line, whole words, about LEAD_SHOWN code points.

    It ends in «…» where the text goes on.

    >>> lead("خبر  قصير")
    'خبر قصير'
    """
    opening = " ".join(text[: 2 * LEAD_SHOWN].split())
    if len(opening) <= LEAD_SHOWN:
        return opening
    cut = opening[: LEAD_SHOWN + 1].rpartition(" ")[0] or opening[:LEAD_SHOWN]
    return f"{cut} …"
