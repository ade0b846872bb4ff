from warraq.intake.copies import Copy, sample
from warraq.pipeline.copies import Copies

TEXT = " ".join(f"كلمة{i}" for i in range(200))
FEW = "خبر قصير من خمس كلمات فقط"
OTHER = " ".join(f"لفظ{i}" for i in range(200))


def _seen(**bodies: str) -> Copies:
    copies = Copies(bodies.__getitem__)
    for article_id, body in bodies.items():
        copies.add(article_id, sample(body))
    return copies


def _find(body: str, seen: Copies) -> Copy | None:
    return seen.find(sample(body), body)


def test_an_exact_duplicate_is_found() -> None:
    found = _find(TEXT, _seen(a=OTHER, b=TEXT))
    assert found is not None
    assert (found.original, found.share) == ("b", 1.0)


def test_an_agency_text_inside_a_longer_one_is_a_copy() -> None:
    longer = f"{OTHER} {TEXT}"
    found = _find(longer, _seen(b=TEXT))
    assert found is not None
    assert found.original == "b"


def test_half_of_the_shorter_text_is_the_border() -> None:
    words = TEXT.split()
    assert _find(" ".join([*words[:120], *OTHER.split()[:80]]), _seen(b=TEXT)) is not None
    assert _find(" ".join([*words[:60], *OTHER.split()[:140]]), _seen(b=TEXT)) is None


def test_texts_that_share_a_paragraph_only_are_two_articles() -> None:
    assert _find(TEXT, _seen(a=OTHER)) is None


def test_a_few_words_are_never_a_copy() -> None:
    assert _find(FEW, _seen(a=FEW)) is None
