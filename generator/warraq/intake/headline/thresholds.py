"""The numbers by which the rules of `intake.headline` decide, each with its unit and its reason.

They were set as those of `intake.lines.thresholds`, which says how, and their names are read alike.
"""

import msgspec


class HeadlineThresholds(msgspec.Struct, frozen=True):
    """What is counted in the head of a page and in its headline."""

    # Which lines say who or when (line_roles).
    max_stamp_rest_words: int = 4  # next to a time stamp: a section's name, a writer
    max_stamp_name_words: int = 4  # of an outlet on no list next to a time stamp
    standalone_dayless_lines: int = 2  # at the top of a bare text, in which «March 2019» may be
    max_masthead_lines: int = 6  # above the headline; a name further up belongs to the page's menu
    max_standfirst_gap_lines: int = 8  # between a standfirst and the first paragraph

    # Where the head ends (page_head).
    min_report_words: int = 8  # of a sentence that may be a whole report, not its headline
    min_dateline_words: int = 8  # of a line that opens the article with a dateline
    repeated_lines_before: int = 6  # looked at for the headline inside such a line
    repeated_lines_after: int = 11
    min_repeated_words: int = 4  # of that headline
    min_menu_lines: int = 2  # boilerplate above a line, from which headlines there may be others'
    max_site_title_words: int = 4  # «أخبار اليوم - اليمن» (Today's News - Yemen): no headline

    # Lines of the head that go (strip_head).
    max_trifle_words: int = 3  # a section's name, a keyword
    max_signed_caption_words: int = 20  # that ends in its maker in brackets
    max_head_label_words: int = 8  # a caption among lines that say who or when
    max_picture_name_words: int = 5  # between the headline and the writer
    min_keyword_lines: int = 2  # of a word or three, below the headline and a day or name
    min_summary_lines: int = 3  # below the headline: they sum the article up and stay
    trailing_lines: int = 3  # of which one says who or when, for the head of a poem to go on

    # Which line is the headline (selection).
    max_headline_words: int = 34
    max_words_above: int = 12  # above a headline without a menu among them
    max_compared_lines: int = 200  # above the first paragraph; a page with more is a list
    lead_lines: int = 40  # from the first paragraph on, whose words are compared
    min_listed_lines: int = 4  # above a paragraph, of which the first is the headline
    min_path_steps: int = 2  # «الرئيسية > أخبار > محلية» (home > news > local)
    max_section_words: int = 3
    max_issue_strip_words: int = 16  # a newspaper's number and year
    min_broken_words: int = 12  # of a line that may be a piece of a broken paragraph
    min_candidate_words: int = 2
    full_headline_words: int = 5  # words of its own that make a candidate count in full
    folded_word_weight: float = 0.8  # of a word that is a particle
    length_weight: float = 0.5  # of a candidate's length, next to its overlap with the article
    first_line_bonus: float = 0.15
    min_summed_up_words: int = 6  # of a headline over a standfirst
    min_standfirst_words: int = 14
    standfirst_ratio: float = 1.5  # of a standfirst's words to the headline's
    outstanding_rivals: int = 4  # candidates above, of which the article says nothing
    outstanding_overlap: float = 0.4  # of a headline's words in the article
    outstanding_ratio: float = 0.5  # of the rivals' overlap to it
    strange_overlap: float = 0.2  # share of a headline's words in another's article, at most
    own_overlap: float = 0.5  # in its own article, at least

    # A headline that is there twice, once with more words (selection).
    min_twice_words: int = 3
    max_extra_words: int = 6  # a section, a site's name, a day
    min_inner_words: int = 5  # of a headline with words before and behind it

    # What is taken off a headline: a section before it, a site's name behind it (selection).
    min_cut_headline_words: int = 3  # that are left
    min_cut_section_headline_words: int = 4  # that are left behind «أخبار … :» (news of … :)
    max_site_words: int = 5
    max_barred_site_words: int = 4  # of an unlisted name behind a bar
    compared_headline_chars: int = 60  # of a headline that a page's title may cut

    # A headline made of the first paragraph (selection).
    max_made_words: int = 14
    made_words: int = 12  # where there is no pause to cut at
    min_pause_words: int = 5  # before a comma at which a long sentence is cut
    min_comma_words: int = 4  # before a comma at which a short one is
    max_made_chars: int = 160

    # A first line that is the first paragraph already (selection.is_opening_paragraph).
    min_opening_words: int = 26  # of a paragraph
    min_stopped_opening_words: int = 15  # with a full stop
    min_colon_opening_words: int = 8  # with a colon: «… وتؤكد ما يلي:» (… and stresses:)


HEADLINE = HeadlineThresholds()
