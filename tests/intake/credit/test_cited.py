"""Sources that a text relies on."""

import pytest

from warraq.intake.credit.cited import cited_in
from warraq.intake.credit.outlets import outlet_directory
from warraq.model import Cited

DIRECTORY = outlet_directory()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Anadolu Agency reported that the delegation arrived.
        ("وذكرت وكالة الأناضول، أن الوفد وصل.", Cited("وكالة الأناضول", "agency")),
        # The Ministry of Health announced that the hospital opened.
        ("أعلنت وزارة الصحة أن المستشفى فتح.", Cited("وزارة الصحة", "ministry")),
        # He said in a post on X that work goes on.
        ("وقال في منشور على منصة إكس إن العمل مستمر.", Cited("إكس", "post")),
    ],
)
def test_a_verb_of_reporting_names_the_source(text: str, expected: Cited) -> None:
    assert cited_in([text], DIRECTORY) == (expected,)


def test_a_source_counts_once_and_the_papers_own_site_never() -> None:
    once = "وذكرت وكالة الأناضول، أن الوفد وصل."
    assert len(cited_in([once, once], DIRECTORY)) == 1
    assert cited_in(["وقال لموقع الجريدة: سنعود."], DIRECTORY) == ()  # told the paper's site
