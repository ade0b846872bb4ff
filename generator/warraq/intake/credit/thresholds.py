"""The numbers by which credit rules decide, each with its unit.

They were set by hand on the open cases of tests/cases/import until none was misread, and then held
against the cases that no rule was made on (ADR 0022; `benchmarks/quality.py` shows what another
value does). A name says its unit: chars are code points, lines are lines with words in them. `min_`
is the least that counts, `max_` the most.
"""

import msgspec


class CreditThresholds(msgspec.Struct, frozen=True):
    """What is counted in names and in lines that name somebody."""

    max_paragraph_chars: int = 20_000  # read of one: a longer one is no prose, and slow

    # Bylines and datelines.
    max_byline_chars: int = 200  # longer lines are prose
    max_byline_words: int = 12
    max_opening_outlet_words: int = 3  # before the colon or dash that opens a text
    max_unexplained_name_words: int = 4  # of the one part of a byline that no list has
    max_authors: int = 3  # of one byline; more names are a list of something else
    min_letterhead_title_words: int = 5  # of a headline below the name of who issued it
    max_dateline_chars: int = 90  # into the first paragraph; the longest of agencies have some 70
    max_dateline_parts: int = 4
    min_dateline_chars: int = 3

    # Lines that name sources.
    max_disclaimer_words: int = 110  # the longest seen has 96
    min_disclaimer_chars: int = 30
    min_disclaimer_cues: int = 2  # phrases that copies say of themselves
    sure_disclaimer_cues: int = 3  # make a disclaimer that names nobody
    max_credit_line_words: int = 14
    max_credit_sentence_words: int = 7  # the same, where it ends in a full stop
    max_outlet_name_words: int = 7
    max_listed_source_words: int = 5  # on the line below «المصدر» (source)

    # Where a page names its outlet.
    top_lines: int = 5  # among which a page's own address is found
    max_page_label_words: int = 4  # of a menu's entry, a broadcaster's name, a byline
    max_comment_label_words: int = 6  # of a line about comments that no reader wrote
    max_owner_words: int = 5  # of the name in a notice of rights
    max_looked_up_words: int = 6  # of an outlet's name looked for within a line
    min_unambiguous_letters: int = 4  # of one word that is an outlet's name within a line
    max_repeated_name_words: int = 4  # of a name that the page repeats
    max_repeated_label_words: int = 5  # of the line that repeats it with a word of kind
    max_stamp_name_words: int = 3  # of a name next to the time stamp
    max_stamp_distance: int = 2  # lines between the two

    # Names that two places of a page agree on (corroboration).
    max_corroborated_words: int = 3
    min_corroborated_letters: int = 4
    max_naming_line_words: int = 8
    opening_chars: int = 80  # of the first paragraph, in which a dateline may name the outlet

    # The foot of a page.
    min_repeated_title_words: int = 5  # from which a line like the headline is no subheading
    max_foot_label_words: int = 3  # above a day, and no headline
    max_foot_byline_words: int = 5
    max_signature_words: int = 4
    min_page_lines: int = 4  # of a page at whose end another report may begin


CREDIT = CreditThresholds()
