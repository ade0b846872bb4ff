"""Fields that name writers."""

import pytest

from warraq.intake.credit.outlets import outlet_directory
from warraq.intake.credit.writers import Writers, is_login, writers_of

DIRECTORY = outlet_directory()


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("سمر نجم", Writers(("سمر نجم",))),
        ("بقلم: سمر نجم", Writers(("سمر نجم",))),  # by: …
        ("سمر نجم ورامي القاسم", Writers(("سمر نجم", "رامي القاسم"))),  # … and …
        ("سمر نجم (رويترز)", Writers(("سمر نجم",), "", ("رويترز",))),
        ("دمشق - رويترز", Writers((), "دمشق", ("رويترز",))),  # Damascus - Reuters
        ("سمر نجم <samar@paper.example>", Writers(("سمر نجم",))),
        ("هيئة التحرير", Writers()),  # the editors
        ("", Writers()),
    ],
)
def test_a_field_names_writers_place_and_agencies(field: str, expected: Writers) -> None:
    assert writers_of([field], DIRECTORY) == expected


def test_an_account_is_no_name() -> None:
    assert is_login("s.najm")
    assert not is_login("سمر نجم")
