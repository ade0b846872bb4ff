"""Credit lines, and which names become source and via."""

import pytest

from warraq.intake.credit.credit_rules import CreditNames, assign_credits, bare_name, credit_line
from warraq.intake.credit.names import NameFound
from warraq.intake.credit.outlets import outlet_directory

DIRECTORY = outlet_directory()
SITE, OTHER = NameFound("النهر", "meta"), NameFound("الوادي", "credit-line")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("المصدر: مرصد الجبل", ("مرصد الجبل",)),  # source: …
        ("المصدر: مرصد الجبل + وكالات", ("مرصد الجبل", "وكالات")),
        ("نقلا عن مرصد الجبل", ("مرصد الجبل",)),  # quoted from …
        ("المصدر الرئيس للقلق هو الضجيج", ()),  # the main source of worry is noise
    ],
)
def test_a_credit_line_names_its_sources(line: str, names: tuple[str, ...]) -> None:
    assert credit_line(line) == names


def test_a_name_loses_the_word_for_site_and_its_marks() -> None:
    assert bare_name("موقع «الوادي».") == "الوادي"


def test_a_disclaimers_origin_is_the_source_and_its_carrier_via() -> None:
    origin, carrier = NameFound("المنبع", "disclaimer"), NameFound("الناقل", "disclaimer")
    source, via, rest = assign_credits(CreditNames(SITE, origin, carrier, (OTHER,)), DIRECTORY)
    assert source is not None
    assert (source.name, [c.name for c in via], rest) == ("المنبع", ["الناقل"], (OTHER,))


def test_the_pages_own_outlet_is_the_source_unless_it_copies() -> None:
    names = CreditNames(SITE, None, None, (OTHER,))
    own, via, rest = assign_credits(names, DIRECTORY)
    assert own is not None
    assert (own.name, via, rest) == ("النهر", (), (OTHER,))
    source, (carrier,), rest = assign_credits(names, DIRECTORY, copied=True)
    assert source is not None
    assert (source.name, carrier.name, rest) == ("الوادي", "النهر", ())


def test_without_names_there_is_no_credit() -> None:
    assert assign_credits(CreditNames(None, None, None, ()), DIRECTORY) == (None, (), ())
