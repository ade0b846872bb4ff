"""Front matter to a form and back: nothing changes on the way, and every input has its words."""

from pathlib import Path

import pytest

from warraq.content.frontmatter import parse_article
from warraq.desk.article_form import ARTICLE_FORM
from warraq.desk.face_fields import sent_values
from warraq.desk.form_fields import filled_in, numbers, values_of
from warraq.desk.page_templates import words
from warraq.model import Article, Removal
from warraq.model.article import DateInfo, Evidence

ROOT = Path(__file__).parents[2]
FILES = sorted(
    file
    for folder in ("content/articles", "tests/sites/sample/content/articles")
    for file in (ROOT / folder).rglob("*.md")
)


def test_a_form_that_is_sent_as_it_was_opened_changes_nothing() -> None:
    assert len(FILES) > 10
    for file in FILES:
        article, _ = parse_article(file.read_text("utf-8"), file.name)
        assert article is not None
        values = values_of(ARTICLE_FORM, article)
        assert filled_in(ARTICLE_FORM, article, values, article.body) == (article, [])


def test_a_choice_that_must_be_made_shows_what_holds_of_the_article() -> None:
    shown = values_of(ARTICLE_FORM, Article("a1b2c3", "عنوان"))
    for field in ARTICLE_FORM.fields:
        for one in field.inputs:
            if one.options and "" not in one.options:
                name = f"{field.key}.{one.name}" if field.kind == "map" else field.key
                assert shown.get(name) in one.options, name


def test_an_emptied_input_takes_the_value_away_and_keeps_what_is_not_shown() -> None:
    known = DateInfo("inferred", "x", evidence=(Evidence("اليوم"),))
    article = Article("a1b2c3", "عنوان", section="أ", topics=("أ", "ب"), date_info=known)

    found, problems = filled_in(ARTICLE_FORM, article, {"title": "عنوان", "topics.1": "ب"}, "")

    assert problems == []
    assert (found.section, found.topics) == ("", ("ب",))
    assert found.date_info.evidence == (Evidence("اليوم"),)


def test_a_removal_and_its_state_go_together() -> None:
    article = Article("a1b2c3", "عنوان")
    values = {"title": "عنوان", "removed.date": "2025-01-02", "removed.reason": "طلب"}

    removed, _ = filled_in(ARTICLE_FORM, article, values, "")
    back, _ = filled_in(ARTICLE_FORM, removed, {"title": "عنوان"}, "")

    assert (removed.status, isinstance(removed.removed, Removal)) == ("removed", True)
    assert (back.status, back.removed) == ("live", None)


@pytest.mark.parametrize("name", ["title.0", "via.x.name", "topics.x", "topics.0.0", "rights"])
def test_a_name_that_no_form_has_breaks_nothing(name: str) -> None:
    filled_in(ARTICLE_FORM, Article("a1b2c3", "عنوان"), {"title": "عنوان", name: "x"}, "")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_input_and_option_has_its_words(language: str) -> None:
    known = words("ar" if language == "ar" else "en")
    sections = (f"section.{section}" for section in ARTICLE_FORM.sections)
    lacking = [section for section in sections if section not in known]
    for field in ARTICLE_FORM.fields:
        lacking += [] if field.key in known else [field.key]
        for one in field.inputs:
            names = (f"{field.key}.{one.name}", one.name, f"{field.key}=one")
            lacking += [] if known.keys() & set(names) else [names[0]]
            options = (f"{one.name}={option}" for option in one.options if option)
            lacking += [option for option in options if option not in known]

    assert lacking == []
    assert known.keys() == words("en").keys()


def test_a_row_whose_number_cannot_be_read_is_refused() -> None:
    article = Article("a1b2c3", "عنوان", topics=("سوريا",))
    number = "9" * 5000

    found, problems = filled_in(ARTICLE_FORM, article, {f"topics.{number}": "حلب"}, "")

    assert (found.topics, len(problems) > 0) == (("سوريا",), True)
    assert list(numbers({f"topics.{number}": "حلب", "topics.3": "حمص"}, "topics")) == [3, 4, 5]
    assert not sent_values({f"font_files.{number}": "/a.woff2"})
