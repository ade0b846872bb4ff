"""The numbers by which date rules decide, each with its unit.

They were set by hand on the open cases of tests/cases (dates*.yaml, import) until no day was wrong,
and then held against the cases that no rule was made on; a missing day was preferred to a wrong
one. A name says its unit: chars are code points, lines are lines with words in them, days are
calendar days. `min_` is the least that counts, `max_` the most.
"""

import msgspec


class DateThresholds(msgspec.Struct, frozen=True):
    """What is counted in dates and in lines that give one."""

    # Days that count as the same, or as near.
    max_zone_days: int = 1  # between two time zones, or between a text and its page
    max_moon_sighting_days: int = 2  # between a Hijri day and its computed Umm al-Qura one
    max_yearless_days: int = 90  # between a day without its year and its anchor
    collection_days: int = 7  # before a text was collected, in which it was published
    min_year: int = 1800  # of a newspaper; Hijri years are some 500 lower
    hijri_year_offset: int = 500
    max_shift_days: int = 2  # «أول أمس» (the day before yesterday) still names its weekday

    # Where a text gives the day it was written on.
    opening_paragraphs: int = 2
    max_hour_lines: int = 2  # between the line with the day and the one with the hour
    max_evidence_phrases: int = 20  # kept in the front matter

    # Lines.
    max_phrase_chars: int = 20_000  # a longer line is no prose, and no day in it worth the time
    max_value_chars: int = 200  # read of a field or meta tag
    max_stamp_chars: int = 220  # of a line with time stamps
    max_stamp_words: int = 7  # of its own in such a line, besides days and labels
    max_posted_words: int = 7  # from «نشره» (posted by) to the day
    min_own_words: int = 2  # from which a line with a day says something itself
    min_caption_words: int = 3  # before a comma and a day, from which they describe a picture
    max_label_words: int = 4  # of a section's name between a time stamp and the headline
    max_edition_chars: int = 90  # of a line that names an issue
    max_paper_words: int = 5  # of an outlet's name next to its issue


DATES = DateThresholds()
