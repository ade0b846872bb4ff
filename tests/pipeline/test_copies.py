from contextlib import closing

from warraq.intake.copies import Copy, sample
from warraq.pipeline.copies import Copies

TEXT = " ".join(f"كلمة{i}" for i in range(200))
FEW = "خبر قصير من خمس كلمات فقط"
OTHER = " ".join(f"لفظ{i}" for i in range(200))


def _find(body: str, **bodies: str) -> Copy | None:
    with closing(Copies(bodies.__getitem__)) as seen:
        for article_id, other in bodies.items():
            seen.add(article_id, sample(other))
        return seen.find(sample(body), body)


def test_an_exact_duplicate_is_found() -> None:
    found = _find(TEXT, a=OTHER, b=TEXT)
    assert found is not None
    assert (found.original, found.share) == ("b", 1.0)


def test_a_text_with_a_little_of_ones_own_is_a_copy_and_one_with_more_may_be() -> None:
    words = OTHER.split()
    shares = [
        (found.original, found.sure) if found else None
        for found in (_find(" ".join([*words[:own], TEXT]), b=TEXT) for own in (40, 120, 200))
    ]
    assert shares == [("b", True), ("b", False), None]


def test_a_brief_inside_a_long_report_is_no_copy_whichever_came_first() -> None:
    report = f"{OTHER} {OTHER.replace('لفظ', 'قول')} {TEXT}"
    assert _find(report, a=TEXT) is None
    assert _find(TEXT, a=report) is None


def test_the_same_text_is_found_among_forms_filled_in_otherwise() -> None:
    def rates(day: int) -> str:
        return " ".join(f"{TEXT[at * 90 : at * 90 + 80]} {day}{at}00" for at in range(15))

    days = {f"d{day}": rates(day) for day in range(1, 4)}
    assert _find(rates(4), **days) is None
    assert _find(rates(2), **days) == Copy("d2", 1.0)


def test_texts_that_share_a_paragraph_only_are_two_articles() -> None:
    assert _find(TEXT, a=OTHER) is None


def test_a_few_words_are_never_a_copy() -> None:
    assert _find(FEW, a=FEW) is None
