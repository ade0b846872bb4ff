from warraq.base.problems import worded
from warraq.intake.copies import Copies, Copy, containment, runs, told

TEXT = " ".join(f"كلمة{i}" for i in range(200))
FEW = "خبر قصير من خمس كلمات فقط"
OTHER = " ".join(f"لفظ{i}" for i in range(200))


def _seen(**bodies: str) -> Copies:
    copies = Copies(bodies.__getitem__)
    for article_id, body in bodies.items():
        copies.add(article_id, runs(body))
    return copies


def test_an_exact_duplicate_is_found() -> None:
    found = _seen(a=OTHER, b=TEXT).find(runs(TEXT))
    assert found is not None
    assert (found.original, found.share) == ("b", 1.0)


def test_an_agency_text_inside_a_longer_one_is_a_copy() -> None:
    longer = f"{OTHER} {TEXT}"
    found = _seen(b=TEXT).find(runs(longer))
    assert found is not None
    assert found.original == "b"


def test_half_of_the_shorter_text_is_the_border() -> None:
    words = TEXT.split()
    assert _seen(b=TEXT).find(runs(" ".join([*words[:120], *OTHER.split()[:80]]))) is not None
    assert _seen(b=TEXT).find(runs(" ".join([*words[:60], *OTHER.split()[:140]]))) is None


def test_texts_that_share_a_paragraph_only_are_two_articles() -> None:
    assert _seen(a=OTHER).find(runs(TEXT)) is None


def test_spelling_marks_make_no_difference() -> None:
    assert containment(runs("أعلنت الوزارةُ في بيانٍ لها"), runs("اعلنت الوزاره في بيان لها")) == 1.0


def test_a_few_words_are_never_a_copy() -> None:
    assert _seen(a=FEW).find(runs(FEW)) is None


def test_a_copy_is_said_and_no_error() -> None:
    problem = told(Copy("b", 0.734), seed="seeds/a.txt", original="content/articles/b.md")
    assert (problem.severity, problem.path) == ("warning", "seeds/a.txt")
    assert worded(problem)[0].startswith("73 %")
