import pytest
from tests.intake.drafts import BODY, TITLE, drafted


def test_an_agencys_opening_names_its_writer() -> None:
    text = BODY.replace("أعلنت", "صيدا/ سليم كايا/ الأناضول أعلنت", 1)
    assert drafted(f"{TITLE}\n{text}").article.authors == ("سليم كايا",)


def test_a_headline_that_says_who_writes_names_the_writer() -> None:
    article = drafted(f"سمر نجم تكتب: عن جسر الطفولة\n{BODY}").article
    assert article.authors == ("سمر نجم",)


def test_a_headline_that_opens_with_a_place_is_no_byline() -> None:
    assert drafted(f"قطر: الجسور القديمة آمنة\n{BODY}").article.title == "قطر: الجسور القديمة آمنة"
    assert drafted(f"{TITLE}\nالفداء: سمر نجم\n{BODY}").article.source is not None


def test_a_writers_trade_and_handle_are_no_part_of_the_name() -> None:
    draft = drafted(f"{TITLE}\nسمر نجم صحافية @samar\n{BODY}")
    assert draft.article.authors == ("سمر نجم",)


@pytest.mark.parametrize("line", ["من -", "من ،، ", "(من )", "من \u0650"])
def test_a_lone_from_names_nobody(line: str) -> None:
    assert drafted(f"{TITLE}\n{line}\n{BODY}").article.authors == ()


@pytest.mark.parametrize("line", ["مراسل الجريدة – حلب", "حلب – مراسل الجريدة", "مراسل الجريدة"])
def test_a_papers_own_reporter_without_a_name_is_nobody(line: str) -> None:
    article = drafted(f"{TITLE}\n{line}\n{BODY}").article
    assert (article.source, article.authors) == (None, ())


def test_an_outlets_word_behind_a_given_name_makes_no_person() -> None:
    article = drafted(f"{TITLE}\nحلب – نبراس برس\n{BODY}").article
    assert article.authors == ()
    assert article.source is not None
    assert article.source.name == "نبراس برس"


def test_an_editors_office_is_no_part_of_his_name() -> None:
    assert drafted(f"{TITLE}\n{BODY}\nتحرير زوين طربيه").article.authors == ("زوين طربيه",)
