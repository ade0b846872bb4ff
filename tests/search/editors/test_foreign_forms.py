"""Foreign words in an editor's query."""

import pytest
from tests.search.editors.conftest import Find, Shelf, document, ids

TEXTS = {
    "jets": "سقطت مقاتلة إف-16 قرب القاعدة",
    "talks": "The negotiations with Zuckerberg go on",
    "speech": "قال جوتيريش للصحفيين",
    "capital": "زار الوفد القاهرة ثم طهران",
}


def test_a_synonym_that_is_not_there_is_sought_in_no_other_script(shelf: Shelf, find: Find) -> None:
    """It is what an editor listed, and no misread name: every word of the index would be asked."""
    shelf.synonyms = (("حاضرة", "Tehran"),)
    for key, body in TEXTS.items():
        shelf.put(document(key, title="خبر", body=body))
    assert ids(find("حاضرة")) == []
    assert ids(find("Tehran")) == ["capital"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("F-16", ["jets"]),
        ("F16", ["jets"]),
        ("إف 16", ["jets"]),
        ("F-15", []),
        ("negotiation", ["talks"]),
        ("negotiating", ["talks"]),
        ("غوتيريش", ["speech"]),
        ("Guterres", ["speech"]),
        ("Tehran", ["capital"]),
        ("زوكربيرغ", ["talks"]),
        ("Madrid", []),
    ],
)
def test_foreign_words_are_found_in_their_other_spellings(
    shelf: Shelf, find: Find, query: str, found: list[str]
) -> None:
    for key, body in TEXTS.items():
        shelf.put(document(key, title="خبر", body=body, lang="en" if body.isascii() else "ar"))
    assert ids(find(query)) == found
