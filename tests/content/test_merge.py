import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.base.problems import WarraqError
from warraq.content.frontmatter import article_text, parse_article
from warraq.content.merge import Merged, merge, merge_paragraphs
from warraq.content.receipts import paragraph_hashes, with_hashes
from warraq.model import Article, Credit, Provenance, Receipt

ARTICLE = Article(
    id="abc123de",
    title="عنوان أول",
    body="فقرة أولى.\n\nفقرة ثانية.\n\nفقرة ثالثة.",
    source=Credit("مرآة الساحل", basis="byline"),
    dateline="صيدا",
    provenance=Provenance("seeds/a.txt", "0" * 64),
)
BASE = with_hashes(Receipt(ARTICLE.id, "seeds/a.txt", "0" * 64), ARTICLE)
TEXT = article_text(ARTICLE)


def _merged(text: str, **changes: object) -> Merged:
    return merge(BASE, text, msgspec.structs.replace(ARTICLE, **changes), path="a.md")


def _fields(text: str) -> Article:
    article, problems = parse_article(text, "a.md")
    assert article is not None
    assert not problems
    return article


def test_nothing_new_changes_no_byte_of_an_edited_file() -> None:
    text = TEXT.replace("عنوان أول", "عنوان المحرر   # رأي").replace("ثانية", "ثانية معدلة")
    assert _merged(text).text == text


def test_an_untouched_file_takes_everything_new() -> None:
    found = _merged(TEXT, title="عنوان جديد", body="فقرة أولى.\n\nفقرة أخرى.")
    assert found.conflicts == {}
    assert _fields(found.text).title == "عنوان جديد"
    assert _fields(found.text).body.strip() == "فقرة أولى.\n\nفقرة أخرى."


def test_an_edit_survives_and_the_rest_is_taken() -> None:
    text = TEXT.replace("title: عنوان أول", "title: عنوان المحرر")
    found = _merged(text, dateline="صور")
    assert (_fields(found.text).title, _fields(found.text).dateline) == ("عنوان المحرر", "صور")
    assert found.conflicts == {}


def test_a_conflict_keeps_the_editors_text_and_records_the_other() -> None:
    text = TEXT.replace("title: عنوان أول", "title: عنوان المحرر")
    found = _merged(text, title="عنوان المستورد")
    assert found.text == text
    assert found.conflicts == {"title": '"عنوان المستورد"'}


def test_paragraphs_merge_one_by_one() -> None:
    text = TEXT.replace("فقرة أولى.", "فقرة أولى بقلم المحرر.")
    found = _merged(text, body="فقرة أولى.\n\nفقرة ثانية.\n\nفقرة ثالثة جديدة.")
    assert _fields(found.text).body.strip().split("\n\n") == [
        "فقرة أولى بقلم المحرر.",
        "فقرة ثانية.",
        "فقرة ثالثة جديدة.",
    ]


def test_a_paragraph_that_both_changed_stays_the_editors() -> None:
    text = TEXT.replace("فقرة ثانية.", "فقرة ثانية للمحرر.")
    found = _merged(text, body="فقرة أولى.\n\nفقرة ثانية للآلة.\n\nفقرة ثالثة.")
    assert found.text == text
    assert found.conflicts == {"body": "فقرة ثانية للآلة."}


def test_a_paragraph_an_editor_deleted_stays_deleted() -> None:
    text = TEXT.replace("فقرة ثانية.\n\n", "")
    found = _merged(text, title="آخر")
    assert "ثانية" not in found.text


def test_comments_order_quoting_and_unknown_keys_survive_a_splice() -> None:
    text = (
        '---\n# أعلى\nmine: [1, 2]\ndateline: "صيدا" # مدينة\n\n# قبل العنوان\ntitle: عنوان أول\n'
        'id: "abc123de"\nsource: {name: مرآة الساحل, basis: byline}\nprovenance:\n'
        f"  seed: seeds/a.txt\n  sha256: '{'0' * 64}'\n---\n\nنص\n"
    )
    found = _merged(text, dateline="صور", source=Credit("بوابة الجبل"), authors=("سمر نجم",))
    assert found.text == (
        "---\n# أعلى\nmine: [1, 2]\ndateline: صور # مدينة\n\n# قبل العنوان\ntitle: عنوان أول\n"
        'id: "abc123de"\nauthors:\n- سمر نجم\nsource:\n  name: بوابة الجبل\nprovenance:\n'
        f"  seed: seeds/a.txt\n  sha256: '{'0' * 64}'\n---\n\nنص\n"
    )


def test_line_ends_of_an_editors_file_stay() -> None:
    found = _merged(TEXT.replace("\n", "\r\n"), dateline="صور")
    assert found.text == TEXT.replace("صيدا", "صور").replace("\n", "\r\n")


def test_a_field_the_import_gives_up_goes() -> None:
    found = _merged(TEXT, dateline="")
    assert "dateline" not in found.text
    assert _fields(found.text).source == ARTICLE.source


def test_a_broken_file_is_said_and_left() -> None:
    with pytest.raises(WarraqError) as fault:
        _merged(TEXT.replace("title: عنوان أول", "title: [عنوان"))
    assert fault.value.problems[0].code == "yaml-broken"


_bodies = st.lists(st.sampled_from("أبتثجحخ"), max_size=7).map("\n\n".join)


@given(_bodies, _bodies)
def test_merging_what_is_there_changes_nothing(base: str, side: str) -> None:
    assert merge_paragraphs(paragraph_hashes(base), side, side) == (side, "")


@given(_bodies, _bodies)
def test_an_untouched_side_never_wins_over_an_edited_one(base: str, edited: str) -> None:
    assert merge_paragraphs(paragraph_hashes(base), edited, base) == (edited, "")


@given(_bodies, _bodies)
def test_an_untouched_body_becomes_the_new_one(base: str, new: str) -> None:
    assert merge_paragraphs(paragraph_hashes(base), base, new)[0] == new


@given(_bodies, _bodies, _bodies)
def test_no_paragraph_of_an_editor_is_ever_lost(base: str, edited: str, new: str) -> None:
    merged, _ = merge_paragraphs(paragraph_hashes(base), edited, new)
    added = set(edited.split("\n\n")) - set(base.split("\n\n"))
    assert added <= set(merged.split("\n\n"))
