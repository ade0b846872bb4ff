"""People that texts introduce, and who is worth a file."""

from warraq.intake.people import IntroducedPerson, introduced_people, proposed_people


def test_a_name_comes_with_its_office_and_without_ranks() -> None:
    # The irrigation minister Hani Suwaylim received the engineer Samir Adel yesterday.
    found = introduced_people(["استقبل وزير الري هاني سويلم، أمس، المهندس سمير عادل."])
    assert found == (IntroducedPerson("هاني سويلم", "وزير الري"), IntroducedPerson("سمير عادل"))


def test_a_name_is_proposed_once_enough_articles_introduce_it() -> None:
    person = IntroducedPerson("هاني سويلم", "وزير الري")
    found = {"a": [person], "b": [person, IntroducedPerson("سمير عادل")], "c": [person]}
    (proposed,) = proposed_people(found, least=3)
    assert (proposed.name, proposed.role, proposed.articles) == (
        "هاني سويلم", "وزير الري", ("a", "b", "c")
    )  # fmt: skip


def test_what_editors_know_to_be_no_name_is_not_proposed() -> None:
    found = {str(number): [IntroducedPerson("نائب الرئيس", "وزير")] for number in range(3)}

    assert proposed_people(found)
    assert proposed_people(found, not_names=["نائب الرئيس"]) == ()
