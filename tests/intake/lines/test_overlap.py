from warraq.intake.lines.overlap import overlap_with, paragraph_stems

PROSE = "قالت البلدية في بيان لها إن أعمال الصيانة انتهت قبل موعدها بأسبوع كامل."


def test_a_headline_of_words_in_the_article_overlaps_with_it() -> None:
    article = paragraph_stems(("سوق السمك", PROSE))
    assert overlap_with("أعمال الصيانة", article) == 1.0  # maintenance works
    assert overlap_with("سوق السمك", article) == 0.0  # the fish market, which no paragraph has


def test_a_text_of_short_words_overlaps_with_nothing() -> None:
    assert overlap_with("من هو", frozenset(("من", "هو"))) == 0.0  # who is he
