from tests.intake.drafts import BODY, TITLE, drafted


def test_a_last_line_of_two_unknown_words_signs_a_text_that_has_ended() -> None:
    article = drafted(f"{TITLE}\n{BODY}\nرشال الغوطاني").article
    assert article.authors == ("رشال الغوطاني",)
    assert "الغوطاني" not in article.body


def test_a_column_at_the_foot_with_writer_headline_and_day_dates_nothing() -> None:
    foot = "بقلم: سمر نجم\nعن مقاعد الحديقة القديمة\n09 أغسطس 2023"
    article = drafted(f"{TITLE}\n{BODY}\n{BODY.replace('الجسر', 'النفق')}\n{foot}").article
    assert article.date is None


def test_a_writer_signs_a_single_paragraph() -> None:
    text = BODY.replace("\n", " ")
    article = drafted(f"{TITLE}\nنشر في: 3/5/2019\n{text}\nسمر نجم").article
    assert (article.authors, article.body) == (("سمر نجم",), text)
