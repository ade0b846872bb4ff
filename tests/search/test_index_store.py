"""The index kept in rows: after any edits its files are those of an index made anew."""

from collections.abc import Iterable, Iterator, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.memory import on_rows

from warraq.search import shares
from warraq.search.authority_names import AllNames, SpelledNames, Synonyms
from warraq.search.index import index_files
from warraq.search.index_store import IndexStore
from warraq.search.records import FACETS, SearchDocument, encode_record, to_record


@pytest.fixture(autouse=True, scope="module")
def _several_shares() -> Iterator[None]:
    """Divide whole indexes as if they were large."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shares, "SHARE", 40)
        yield


BASES = (
    *("وزير", "وزراء", "لقاء", "زلزال", "حكومة", "مدينة", "قمح", "نفط", "اتفاق"),
    *("حدود", "قانون", "مدرسة", "جامعة", "بيان", "1", "12"),
)
WORDS = [*BASES, *("ال" + word for word in BASES), *("و" + word for word in BASES), "أحمد", "احمد"]
NAMES: tuple[AllNames, ...] = (
    {},
    {
        "outlet": {"o1": SpelledNames("النهار")},
        "person": {"p1": SpelledNames("إبراهيم قالن", ("إبراهيم كالين",))},
    },
    {
        "outlet": {
            "o1": SpelledNames("النهار الجديد"),
            "o2": SpelledNames("الفجر", ("Al Fajr",), ("fajr",)),
        }
    },
)
SYNONYMS = ((), (("حلب", "الشهباء"),), (("حلب", "الشهباء", "مدينة القمح"),))


def drawing(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same again each time


def article(ident: int, draw: Random) -> SearchDocument:
    return SearchDocument(
        id=f"{ident:06x}",
        url=f"/n/{ident:06x}/",
        title=" ".join(draw.choices(WORDS, k=3)),
        text=" ".join(draw.choices(WORDS, k=draw.randint(0, 70))),
        day=draw.choice(("2025-10-12", "2025-10-13", "2024", "")),
        source=draw.choice(("النهار", "الفجر")),
        facets={
            "outlet": draw.choice(((), ("o1",), ("o2",))),
            "topic": tuple(draw.sample(("t1", "t2", "t3"), draw.randint(0, 2))),
            "person": draw.choice(((), ("p1",))),
            "organization": draw.choice(((), ("g1",))),
            "story": draw.choice(((), (), ("s1",))),
        },
        copy_of=draw.choice(("", "", f"{draw.randrange(40):06x}")),
    )


class Site:
    """The folder a store's files go to."""

    def __init__(self) -> None:
        self.store = on_rows(IndexStore)
        self.files: dict[str, bytes] = {}
        self.wanted: dict[str, SearchDocument] = {}

    def edit(
        self,
        put: Iterable[SearchDocument],
        drop: Iterable[str] = (),
        names: AllNames = NAMES[0],
        synonyms: Synonyms = (),
    ) -> Sequence[str]:
        """Apply an edit; return the paths written."""
        put, drop = list(put), list(drop)
        self.store.put(encode_record(to_record(document)) for document in put)
        self.store.drop(drop)
        self.wanted |= {document.id: document for document in put}
        for ident in drop:
            self.wanted.pop(ident, None)
        written = []
        for path, content in self.store.files(names, synonyms):
            if content is None:
                del self.files[path]
            else:
                self.files[path] = content
                written.append(path)
        return written

    def anew(self, names: AllNames = NAMES[0], synonyms: Synonyms = ()) -> dict[str, bytes]:
        return dict(index_files(map(to_record, self.wanted.values()), names, synonyms))


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.lists(st.integers(0, 7), max_size=8))
def test_files_after_any_edits_are_those_of_an_index_made_anew(seed: int, edits: list[int]) -> None:
    draw, site = drawing(seed), Site()
    site.edit(article(number, draw) for number in range(40))
    assert site.files == site.anew()
    for number in edits:
        names = NAMES[number % 3]
        ident = draw.randrange(50)
        old = site.wanted.get(f"{ident:06x}", article(ident, draw))
        put = {
            0: [article(ident, draw)],
            1: [replace(old, text=old.text + " زيتون")],
            2: [replace(old, day="2025-10-13")],
            3: [article(100 + ident, draw), article(200 + ident, draw)],
            4: [replace(old, source="وكالة", title=old.title.replace("و", ""))],
        }.get(number, [])
        synonyms = draw.choice(SYNONYMS)
        site.edit(put, [f"{ident:06x}"] if number >= 5 else [], names, synonyms)
        assert site.files == site.anew(names, synonyms)


def test_frequent_words_pass_to_shards_of_their_own_and_back() -> None:
    draw, site = drawing(3), Site()
    many = [
        replace(article(n, draw), text="القمح والنفط في الحدود", copy_of="") for n in range(820)
    ]
    site.edit(many)
    for number in range(0, 60, 6):
        site.edit([replace(a, text="بيان") for a in many[number : number + 6]])
        assert site.files == site.anew()
    site.edit(many[:30])
    assert site.files == site.anew()


def test_an_edit_writes_the_shards_of_its_words_and_no_others() -> None:
    draw, site = drawing(5), Site()
    many = [article(number, draw) for number in range(400)]
    site.edit(many)
    at = next(a for a in many if "قمح" in a.text.split() and len(a.text.split()) > 60)
    before, _, after = at.text.rpartition(" قمح")
    written = site.edit([replace(at, text=f"{before} شعير{after}")])
    kinds = [path.partition("/")[0] for path in written]
    assert kinds.count("t") <= 3
    assert kinds[-1] == "root.json"
    assert not {*FACETS} & set(kinds)


@pytest.mark.slow
def test_blocks_of_a_large_archive_change_their_name_together() -> None:
    draw, site = drawing(9), Site()
    short = (replace(article(number, draw), text="خبر", copy_of="") for number in range(2_001))
    site.edit(short)
    assert site.files == site.anew()
    written = site.edit([replace(site.wanted["000007"], source="البرق")])
    assert site.files == site.anew()
    blocks = [int(path[2:].partition("-")[0]) for path in written if path.startswith("d/")]
    names = {path.partition("-")[2] for path in written if path.startswith("d/")}
    assert len(names) == 1
    assert blocks == list(range(blocks[0], blocks[0] + 8))


def test_a_name_or_synonym_more_writes_the_shards_of_its_first_words() -> None:
    draw, site = drawing(4), Site()
    site.edit(article(number, draw) for number in range(400))
    names = {**NAMES[0], "place": {"x": SpelledNames("قمح")}}
    paths = site.edit((), names=names, synonyms=(("بيان", "نبأ"),))
    assert site.files == site.anew(names, (("بيان", "نبأ"),))
    kinds = [path.partition("/")[0] for path in paths]
    assert set(kinds) == {"t", "c", "root.json"}
    assert kinds.count("t") <= 4


def test_a_topic_without_a_file_is_a_name_as_long_as_articles_have_it() -> None:
    draw, site = drawing(4), Site()
    site.edit(article(number, draw) for number in range(60))
    old = site.wanted["000007"]
    for topics in (("شطرنج",), (), ("كأس العالم", "كأس  العالم"), ("كأس العالم", "t1"), ("t1",)):
        site.edit([replace(old, facets={**old.facets, "topic": topics})])
        assert site.files == site.anew()


def test_the_same_again_writes_the_root_alone() -> None:
    draw, site = drawing(6), Site()
    many = [article(number, draw) for number in range(60)]
    site.edit(many)
    assert site.edit(many) == ["root.json"]


def test_what_is_lost_is_given_again() -> None:
    draw, site = drawing(7), Site()
    site.edit(article(number, draw) for number in range(30))
    missing = set(site.files)
    assert dict(site.store.files({}, missing=missing)) == site.files


def test_put_and_dropped_before_the_files_are_made_is_as_if_never_put() -> None:
    draw, site = drawing(8), Site()
    site.edit(article(number, draw) for number in range(60))
    assert site.edit([article(99, draw)], ["000063"]) == ["root.json"]
