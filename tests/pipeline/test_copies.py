from warraq.intake.copies import runs
from warraq.pipeline.copies import Copies

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


def test_a_few_words_are_never_a_copy() -> None:
    assert _seen(a=FEW).find(runs(FEW)) is None
