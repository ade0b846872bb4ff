"""Every example of docs/searching.ar.md, asked of the readers' search and of the editors'."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.search.editors.conftest import document, ids
from tests.search.test_engine import ask

from warraq.search.authority_names import SpelledNames
from warraq.search.editors import ContentFile, EditorDocument, Library
from warraq.search.editors.finding import search
from warraq.search.index import index_files
from warraq.search.records import FACETS, SearchDocument, to_record

ROOT = Path(__file__).parents[2]
TODAY = date(2025, 10, 15)
NAMES = {
    "outlet": {"sana": SpelledNames("سانا")},
    "person": {"qasra": SpelledNames("مرهف أبو قصرة")},
    "place": {"halab": SpelledNames("حلب")},
    "topic": {"wheat": SpelledNames("القمح")},
    "organization": {"unesco": SpelledNames("اليونسكو")},
    "story": {"talks": SpelledNames("محادثات أنقرة")},
}


class Article(NamedTuple):
    """An article of the archive. `names` are values of facets, by key."""

    key: str
    day: str
    title: str
    names: tuple[str, ...] = ()

    def of_readers(self) -> SearchDocument:
        facets = {
            kind: tuple(key for key in self.names if key in NAMES.get(kind, {})) for kind in FACETS
        }
        return SearchDocument(
            self.key, f"/n/{self.key}/", self.title, "نص.", self.day, "النهار", facets
        )

    def of_editors(self) -> EditorDocument:
        values: dict[str, tuple[str, ...]] = {
            kind: (key, name.label)
            for kind, keys in NAMES.items()
            for key, name in keys.items()
            if key in self.names
        }
        return document(
            self.key, title=self.title, body="نص.", date=self.day, year=self.day[:4], **values
        )


ARTICLES = [
    *(Article(f"d{day}", day, f"خبر {number}") for number, day in enumerate(
        """
        2010-06-01 2011-04-02 2012-07-01 2015-12-31 2019-05-01 2019-08-15 2020-08-05 2023-03-30
        2024-03-20 2024-05-10 2024-07-16 2024-08-07 2024-09-15 2025-03-11 2025-05-20 2025-07-07
        2025-10-09 2025-10-14
        """.split(), 3000)),
    Article("meeting", "2021-01-01", "لقاء أنقرة", ("talks", "qasra")),
    Article("another", "2021-01-02", "لقاء مع وفد من أنقرة", ("unesco",)),
    Article("aleppo", "2021-01-03", "مدينة حلب", ("halab", "wheat", "sana")),
    Article("new", "2021-01-04", "حلب الجديدة"),
    Article("words", "2022-02-02", "رمضان قديروف في حرب تموز وهجمات 11 سبتمبر"),
    Article("street", "2022-02-03", "شارع 26 يوليو: 2000 شخص و2000 سيارة"),
    Article("decade", "2022-02-05", "مستشفى رمضان السابق منذ عام 95 في التسعينيات"),
    Article("number", "2022-02-04", "القرار 1973 عن سوريا قبل 2011 في روسيا اليوم 32/13/2025"),
]  # fmt: skip
# What an example finds: the days from one to another, inclusive, as far as they are given.
SPANS = {
    "2024-05..2024-05": (
        "`أيار 2024` `مايو ٢٠٢٤` `أيار/مايو 2024` `ماي 2024` `5/2024` `2024-05` "
        "`تاريخ:أيار 2024` `2024 مايو`"
    ),
    "2025-03-11..2025-03-11": (
        "`11/3/2025` `11.3.2025` `2025-03-11` `11 آذار 2025` `الحادي عشر من آذار 2025`"
    ),
    "2019..2019": "`2019` `عام 2019`",
    "2019-05..2019-05": "`منتصف أيار 2019`",
    "2011..2024": "`من 2011 إلى العام الماضي`",
    "2025-10-14..2025-10-15": "`من أمس إلى اليوم`",
    "2025-06..2025-08": "`الصيف الماضي`",
    "2025-03-01..2025-03-29": "`رمضان الماضي`",
    "2012..2015": "`2012-2015` `من 2012 إلى 2015`",
    "2011-03..2011-05": "`بين آذار وأيار 2011`",
    "2024-08-05..2024-08-10": "`5-10 آب 2024`",
    "2011..": "`منذ 2011`",
    "2012-06..2012-08": "`صيف 2012`",
    "2025-10-14..2025-10-14": "`أمس`",
    "2025-10-09..2025-10-09": "`الخميس الماضي`",
    "2025-10-04..2025-10-10": "`الأسبوع الماضي`",
    "2025-10..2025-10": "`هذا الشهر` `date:[2025-10 to 2025-11]`",
    "2024..2024": "`العام الماضي` `مطلع 2024` `نهاية العام الماضي`",
    "2025-05..2025-05": "`أيار الماضي`",
    "2024-03-11..2024-04-09": "`رمضان 1445` `رمضان 2024`",
    "2024-09-15..2024-09-15": "`12 ربيع الأول 1446`",
    "2024-07-07..2025-06-25": "`1446 هـ`",
    "2025-03..": "`من:2025-03`",
    "..2025-06": "`إلى:2025-06`",
    "2019..2024": "`السنة:2019..2024`",
}
FOUND = {
    **{
        example: {
            a.key
            for a in ARTICLES
            if first <= a.day and (not last or a.day <= last + "\uffff")
        }
        for span, examples in SPANS.items()
        for first, last in [span.split("..")]
        for example in re.findall("`([^`]+)`", examples)
    },
    **{
        example: {a.key for a in ARTICLES if re.search(pattern, a.day)}
        for example, pattern in {
            "آذار": "-03-",
            "تاريخ:آذار": "-03-",
            "٥ أغسطس": "-08-05",
            "رمضان": "2023-03-30|2024-03-20|2025-03-11",
            "10 محرم": "2024-07-16",
            "date:--10": "-10-",
        }.items()
    },
    '"لقاء أنقرة"': {"meeting"},
    "«لقاء أنقرة»": {"meeting"},
    "حلب -الجديدة": {"aleppo"},
    "المصدر:سانا": {"aleppo"},
    "الشخص:قصرة": {"meeting"},
    "المكان:حلب": {"aleppo"},
    "الموضوع:قمح": {"aleppo"},
    "المؤسسة:اليونسكو": {"another"},
    "القصة:…": {"meeting"},
}  # fmt: skip
WHOLE = {"القصة:…": 'القصة:"محادثات أنقرة"'}  # what stands for a text left out
FOR_READERS_ALONE = {"رمضان", "10 محرم"}
FOR_EDITORS_ALONE = {"date:[2025-10 to 2025-11]", "date:--10"}
NO_QUERIES = {"warraq search", "/-/search", "AND", "OR", "NOT", "*", "?", "status:draft", "path:…"}
WORDS = {
    "رمضان قديروف": "words",
    "حرب تموز": "words",
    "هجمات 11 سبتمبر": "words",
    "شارع 26 يوليو": "street",
    "2000 شخص": "street",
    "2000 سيارة": "street",
    "القرار 1973": "number",
    "سوريا قبل 2011": "number",
    "روسيا اليوم": "number",
    "32/13/2025": "number",
    "مستشفى رمضان السابق": "decade",
    "عام 95": "decade",
    "التسعينيات": "decade",
}


def test_every_example_is_asked() -> None:
    page = (ROOT / "docs/searching.ar.md").read_text("utf-8")
    asked, _, _ = page.partition("## ما تعرضه الصفحة")
    for_editors = page.partition("## للمحررين")[2]
    examples = {*re.findall("`([^`]+)`", asked + for_editors)}
    left = re.search("ويبقى كلمات.*", asked)
    assert left is not None
    assert {*re.findall("«([^»]+)»", left[0])} == {*WORDS}
    assert examples - NO_QUERIES == {*FOUND}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("documented")
    records = [to_record(one.of_readers()) for one in ARTICLES]
    for path, content in index_files(records, NAMES, ()):
        (root / "search" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "search" / path).write_bytes(content)
    return root


@pytest.fixture(scope="module")
def library() -> Library:
    documents: Mapping[str, EditorDocument] = {
        made.first("path"): made for made in (one.of_editors() for one in ARTICLES)
    }
    return Library([ContentFile(path, 1, 1) for path in documents], documents.__getitem__)


@pytest.mark.parametrize("example", sorted(FOUND.keys() - FOR_EDITORS_ALONE))
def test_readers_find_what_is_said(archive: Path, example: str) -> None:
    options = {"today": TODAY.isoformat(), "limit": 50}
    (answer,) = ask(archive, (WHOLE.get(example, example), options))["answers"]
    assert {result["id"] for result in answer["results"]} == FOUND[example]


@pytest.mark.parametrize("example", sorted(FOUND.keys() - FOR_READERS_ALONE))
def test_editors_find_what_is_said(library: Library, tmp_path: Path, example: str) -> None:
    query = WHOLE.get(example, example)
    answer = search(tmp_path, query, library=library, limit=50, today=TODAY)
    assert set(ids(answer)) == FOUND[example]
    assert answer.notes == ()


@pytest.mark.parametrize(("query", "first"), WORDS.items())
def test_what_may_be_no_date_finds_its_words(
    archive: Path, library: Library, tmp_path: Path, query: str, first: str
) -> None:
    (answer,) = ask(archive, (query, {"today": TODAY.isoformat()}))["answers"]
    assert answer["results"][0]["id"] == first
    hits = search(tmp_path, query, library=library, today=TODAY).hits
    assert hits[0].id == first
