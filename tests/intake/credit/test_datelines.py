"""Place, outlet and day that open a first paragraph."""

import pytest

from warraq.intake.credit.datelines import dateline
from warraq.intake.credit.outlets import outlet_directory

DIRECTORY = outlet_directory()


@pytest.mark.parametrize(
    ("paragraph", "place", "outlet", "authors"),
    [
        ("دمشق - رويترز - قال مسؤول إن", "دمشق", "رويترز", ()),  # Damascus – Reuters
        ("القاهرة – سمر نجم: أعلنت الوزارة", "القاهرة", "", ("سمر نجم",)),
        ("إسطنبول/ سمر نجم/ الأناضول قال", "إسطنبول", "الأناضول", ("سمر نجم",)),
        ("سمر نجم (رويترز) - قال مسؤول", "", "رويترز", ("سمر نجم",)),
        ("كتبت سمر نجم: أعلنت الوزارة", "", "", ("سمر نجم",)),  # … wrote
    ],
)
def test_an_opening_names_place_outlet_and_writer(
    paragraph: str, place: str, outlet: str, authors: tuple[str, ...]
) -> None:
    found = dateline(paragraph, DIRECTORY)
    assert found is not None
    assert (found.place, found.outlet, found.authors) == (place, outlet, authors)


def test_a_day_in_a_dateline_is_kept() -> None:
    found = dateline("دمشق 23 أكتوبر 2024 (رويترز) - قال مسؤول إن", DIRECTORY)
    assert found is not None
    assert found.mention is not None
    assert found.mention.text == "23 أكتوبر 2024"


@pytest.mark.parametrize("paragraph", ["قال مسؤول - إن العمل مستمر", "أسعار: ارتفعت أمس", ""])
def test_prose_has_no_dateline(paragraph: str) -> None:
    assert dateline(paragraph, DIRECTORY) is None
