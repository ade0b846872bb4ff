"""The sizes by which credit rules decide, each with its unit.

They were raised or lowered on the open cases of tests/cases/import until none was misread, and
then held against the cases that no rule was made on (ADR 0022, tests/intake/test_quality.py).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CreditThresholds:
    """Limits of lines and names: `most_…` is the largest that passes, `least_…` the smallest."""

    most_paragraph: int = 20_000  # code points read of one; a longer one is no prose, and slow
    # bylines and datelines
    most_byline: int = 200  # code points; longer lines are prose
    most_byline_words: int = 12
    most_unlisted_name: int = 4  # words of the one part of a byline that no list explains
    least_letterhead_title: int = 5  # words of a headline below the name of who issued it
    most_dateline: int = 90  # code points into the first paragraph; agencies' longest have some 70
    most_dateline_parts: int = 4
    # lines that name sources
    most_disclaimer: int = 110  # words; the longest seen has 96
    least_disclaimer: int = 30  # code points
    most_credit_line: int = 14  # words
    most_credit_sentence: int = 7  # words of a credit line that ends in a full stop
    most_outlet_name: int = 7  # words
    most_listed_source: int = 5  # words of a name on the line below «المصدر» (source)
    # the page
    address_lines: int = 5  # lines with words from the top among which a page's own address stands
    most_section_label: int = 4  # words of a short line: a section, a broadcaster, a byline
    most_comment_label: int = 6  # words of a line about comments that is not a reader's
    most_own_name: int = 5  # words of the name in a notice of rights
    most_spelling: int = 6  # words of an outlet's name looked up within a line
    least_certain_name: int = 4  # letters; a shorter name means an outlet only when it is alone
    stamp_distance: int = 2  # lines between a paper's name and the day next to it
    # the foot of a page
    most_foot_label: int = 3  # words above a day that are no headline
    most_foot_name: int = 4  # words of a signature below the text
    most_foot_byline: int = 5  # words
    least_page_lines: int = 4  # of a page at whose end another report may begin
    least_repeated_title: int = 5  # words of a headline from which a line like it is no subheading


CREDIT = CreditThresholds()
