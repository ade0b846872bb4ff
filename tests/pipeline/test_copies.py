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


def test_an_agency_text_inside_a_longer_one_is_a_copy() -> None:
    longer = f"{OTHER} {TEXT}"
    found = _find(longer, b=TEXT)
    assert found is not None
    assert found.original == "b"


def test_half_of_the_shorter_text_is_the_border() -> None:
    words = TEXT.split()
    assert _find(" ".join([*words[:120], *OTHER.split()[:80]]), b=TEXT) is not None
    assert _find(" ".join([*words[:60], *OTHER.split()[:140]]), b=TEXT) is None


def test_texts_that_share_a_paragraph_only_are_two_articles() -> None:
    assert _find(TEXT, a=OTHER) is None


def test_a_few_words_are_never_a_copy() -> None:
    assert _find(FEW, a=FEW) is None
