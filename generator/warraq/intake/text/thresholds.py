"""The numbers by which `intake.text` decides, each with its unit and its reason.

They were set as those of `intake.lines.thresholds`, which says how, and their names are read alike.
"""

import msgspec


class TextThresholds(msgspec.Struct, frozen=True):
    """What is counted in characters and words."""

    min_spaced_headlines: int = 4  # in one line with wide gaps; a table's row has fewer cells
    max_words_besides_headline: int = 6  # of a line that has the headline: a section, a day
    max_flags: int = 40  # of one article; an editor reads no more
    max_flagged_chars: int = 20_000  # of a paragraph; a longer one is no prose, and slow to read
    min_bare_hamzas: int = 4  # words without it, from which a text is flagged once for all


TEXT = TextThresholds()
