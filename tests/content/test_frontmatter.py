from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from warraq.base.problems import WarraqError
from warraq.base.yaml_output import yaml_text
from warraq.content.frontmatter import article_text, list_of, parse_article, with_field
from warraq.model import Article, Credit, DateInfo, Evidence, Flag, Moment, Provenance, Rejected

FULL = Article(
    id="000012345678",
    title="رقم: 12:30 – «لا» # ليس تعليقًا",
    path="content/articles/00/000012345678.md",
    body="فقرة أولى.\n\nفقرة ثانية.\n",
    title_status="cleaned",
    date=Moment(date(2025, 10, 12), "18:00:00+03:00"),
    date_info=DateInfo(status="exact", evidence=(Evidence("اليوم الأحد", "يوم النشر"),)),
    topics=("no", "2025-10-12"),
    source=Credit("وكالة: «مثال»", basis="disclaimer"),
    via=(Credit("ناقل"),),
    flags=(Flag("joined", "كلمةمتصلة"),),
    provenance=Provenance("seeds/a: b.txt", "0" * 64),
    rejected=Rejected(people=("someone",)),
)


def test_what_is_written_reads_back_the_same() -> None:
    article, problems = parse_article(article_text(FULL), FULL.path)

    assert problems == []
    assert article == FULL


LINE = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"], exclude_characters="\ufeff"),
    min_size=1,
).filter(lambda s: not any(0x2028 <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in s))


@given(title=LINE, topic=LINE, name=LINE)
def test_any_words_survive_the_front_matter(title: str, topic: str, name: str) -> None:
    article = Article(id="abcdef", title=title, topics=(topic,), source=Credit(name))

    back, problems = parse_article(article_text(article), "")

    assert problems == []
    assert back is not None
    assert (back.title, back.topics, back.source) == (title, (topic,), Credit(name))


@pytest.mark.parametrize(
    ("head", "line", "code"),
    [
        ("id: abcdef\ntitle: x\ndate: 2025-13-12", 4, "date-invalid"),
        ("id: abcdef\ntitle: x\ndate: 2025-10-12T18:00", 4, "date-offset"),
        ("id: ../../x\ntitle: x", 2, "field-invalid"),
        ("id: abcdef\ntitle: [x", 3, "yaml-broken"),
        ("id: abcdef\nid: abcdeg\ntitle: x", 3, "yaml-duplicate"),
        ("id: abcdef\ntitle: &a x\nsection: *a", 3, "yaml-alias"),
        ("id: abcdef\ntitle: !!python/name:os.system x", 3, "yaml-tag"),
        ("id: abcdef", 1, "field-missing"),
        ("id: abcdef\ntitle: x\nimage: {src: ../../etc/passwd}", 4, "field-invalid"),
        ("id: abcdef\ntitle: x\naliases: [/a/../../b]", 4, "old-address"),
        ("id: abcdef\ntitle: x\nsource: {name: a, url: 'javascript:alert(1)'}", 4, "field-invalid"),
        ("id: abcdef\ntitle: x\ntitel_status: cleaned", 4, "key-unknown-near"),
        ("- a\n- b", 2, "yaml-not-mapping"),
        ("a: " + "[" * 100 + "]" * 100, 2, "yaml-too-large"),
    ],
)
def test_a_fault_names_its_line(head: str, line: int, code: str) -> None:
    _, problems = parse_article(f"---\n{head}\n---\n\nنص\n", "content/articles/ab/abcdef.md")

    assert (line, code) in [(p.line, p.code) for p in problems]


@pytest.mark.parametrize("text", ["", "نص بلا مقدمة", "---\nid: abcdef\n"])
def test_missing_fences_are_said(text: str) -> None:
    article, problems = parse_article(text, "x.md")

    assert article is None
    assert problems[0].code in {"frontmatter-missing", "frontmatter-open"}


def test_words_that_yaml_would_convert_stay_words() -> None:
    text = "---\nid: abcdef\ntitle: no\nsection: 12:30\ntags: [yes, ٥]\n---\n"

    article, problems = parse_article(text, "")

    assert problems == []
    assert article is not None
    assert (article.title, article.section, article.topics) == ("no", "12:30", ("yes", "٥"))


_SCALARS = st.one_of(
    st.sampled_from(("no", "~", "2025-10-12", "1e5", "<<", "=", "- x", "a: b", "a #b", "---", "")),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.booleans(),
    st.integers(),
    st.none(),
)


@given(
    st.dictionaries(
        st.text(max_size=9),
        st.recursive(
            _SCALARS,
            lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=9), inner),
            max_leaves=8,
        ),
        max_size=4,
    )
)
def test_a_head_is_worded_as_the_library_words_it(values: dict[str, object]) -> None:
    class Dumper(yaml.CSafeDumper):
        def ignore_aliases(self, _data: object) -> bool:
            return True

    dumped = yaml.dump(values, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)
    assert yaml_text(values) == dumped


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", "عنوان: آخر # جديد"),
        ("date", "2024-05-01"),
        ("topics", ["أ", "ب: ج"]),
        ("not", {"people": ["someone-else"]}),
        ("rights", {"display": "none"}),
        ("source", None),
        ("date_info", None),
    ],
)
def test_a_field_that_is_set_reads_as_if_it_were_written(key: str, value: object) -> None:
    changed = with_field(FULL, key, value)

    assert parse_article(article_text(changed), FULL.path) == (changed, [])
    assert changed != FULL


def test_a_value_that_does_not_fit_is_refused_as_in_a_file() -> None:
    with pytest.raises(WarraqError) as refused:
        with_field(FULL, "date", "2024-13-01")

    assert [(p.code, p.path) for p in refused.value.problems] == [("date-invalid", FULL.path)]


@pytest.mark.parametrize(
    ("written", "names"),
    [("[أ, '', ب]", ["أ", "ب"]), ("أ", ["أ"]), ("{a: b}", []), ("''", []), ("\n- أ\n- [ب]", ["أ"])],
)
def test_the_names_in_a_list_are_read_as_they_are(written: str, names: list[str]) -> None:
    text = f'---\nid: "abc123"\ntags: {written}\n---\n'

    assert (list_of(text, "tags", "a.md"), list_of(text, "topics", "a.md")) == (names, [])


def test_a_topic_in_several_lists_is_one_topic() -> None:
    text = '---\nid: "abc123"\ntitle: أ\ntopics: [أ]\ntags: [ب, أ]\ncategories: [ب, ج]\n---\n'
    article, problems = parse_article(text, "a.md")

    assert (article and article.topics, problems) == (("أ", "ب", "ج"), [])
