"""What one part of a byline names."""

import pytest

from warraq.intake.credit.name_kinds import found_name, introduces, is_person, kind_of, two_people
from warraq.intake.credit.outlets import outlet_directory

DIRECTORY = outlet_directory()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("دمشق", "place"),  # Damascus
        ("رويترز", "outlet"),  # Reuters
        ("وكالات", "generic"),  # agencies
        ("سمر أحمد", "person"),
        ("Jane Doe", "person"),
        ("صوت الوادي", "unlisted"),  # Voice of the Valley
        ("حارة 20", "unlisted"),  # Lane 20
        ("صحيفة الوادي", "unlisted"),  # al-Wadi newspaper
        ("رسالة إلى جريدة بعيدة", ""),  # a letter to a far paper
        ("شؤون محلية", ""),  # local affairs
    ],
)
def test_a_part_names_what_lists_or_its_words_say(text: str, kind: str) -> None:
    assert kind_of(text, DIRECTORY) == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الطيب أبو سن", True),  # kinship
        ("د. سليم الجنابي", True),  # honorific, given name
        ("رضوان الله عليهم", False),  # a blessing
        ("على الطريق الدولي", False),  # on the highway: the preposition folds like Ali
        ("سمر 24", False),
    ],
)
def test_a_person_has_a_given_name_or_a_word_of_kinship(text: str, *, expected: bool) -> None:
    assert is_person(text) is expected


def test_two_names_joined_by_and_are_two_people() -> None:
    assert two_people("سمر نجم ورامي القاسم") == ["سمر نجم", "رامي القاسم"]
    assert two_people("سمر نجم") == ["سمر نجم"]


def test_by_introduces_a_writer() -> None:
    assert introduces("بقلم: سمر نجم")  # by: …
    assert not introduces("دمشق: سمر نجم")


def test_a_name_is_found_without_what_surrounds_it() -> None:
    found = found_name("خاص رويترز", "byline", DIRECTORY)  # exclusive to Reuters
    assert found is not None
    assert found.name == "رويترز"
    assert found.outlet is not None
    assert found_name("", "byline", DIRECTORY) is None
