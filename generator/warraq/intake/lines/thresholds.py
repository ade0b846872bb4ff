"""The numbers by which the rules of `intake.lines` decide, each with its unit and its reason.

All were set by hand against the labelled pages (tests/cases/import), whose articles must come out
whole, and the texts of tests/cases/negative, of which nothing may go; `benchmarks/quality.py` shows
what another value does. A name says its unit: chars are code points, lines are lines with words in
them, a share is a fraction from 0 to 1. `min_` is the least that counts, `max_` the most.
"""

import msgspec


class LineThresholds(msgspec.Struct, frozen=True):
    """What is counted in a line, and among the lines of a page."""

    # What a line is by itself (line_features).
    prose_words: int = 18  # a paragraph, however it ends: no headline of the samples has as many
    stopped_prose_words: int = 6  # a paragraph if it ends as sentences do; shorter ones are slogans
    sentence_words: int = 4  # a sentence if it ends in a full stop, which headlines do not have
    paragraph_words: int = 25  # never boilerplate by its shape: long headlines lie below
    max_related_headline_words: int = 22  # a headline in a list of other articles
    min_continuation_words: int = 6  # «وأضاف …» (and he added); shorter lines may be headlines
    max_greeting_words: int = 5  # «عزيزي القارئ» (dear reader)
    min_compared_letters: int = 4  # of a word that is compared; shorter ones are in any text

    # A page of many articles' headlines (line_features.is_digest).
    min_digest_lines: int = 5
    min_digest_line_words: int = 5  # on average; lists and poems have fewer
    max_digest_continuation_share: float = 0.1  # of lines that go on from another
    max_digest_repetition: float = 0.15  # of words said twice; one article repeats its subject
    max_named_digest_repetition: float = 0.5  # the same where the headline says «موجز» (digest)

    # Whole lines and their phrases (boilerplate).
    max_boilerplate_chars: int = 2_000  # a longer line is text; bounds the time of all rules
    max_pattern_chars: int = 160  # no pattern fits more; bounds the time of the patterns
    default_start_words: int = 12  # of a line that begins with a rule's `starts`
    max_button_row_words: int = 15  # of nothing but a rule's `vocabulary`
    max_joined_sections_words: int = 5  # two names of sections whose links were adjacent
    min_section_letters: int = 3  # of one of two such names
    max_punctuated_label_words: int = 3  # «لا تعليق.» (no comment): an answer as well as a button
    min_glossary_entry_words: int = 4  # behind a word that is explained

    # A row of section names, or of one name again and again (boilerplate).
    min_menu_words: int = 7
    max_menu_words: int = 60
    min_menu_sections: int = 5  # known names of sections
    min_menu_section_share: float = 0.5  # of the words that are in such names
    max_repeated_name_words: int = 24
    min_repeated_name_words: int = 6  # different ones
    max_repeated_name_variety: float = 0.75  # share of different words
    min_repeated_name_times: int = 3  # that two words are next to each other
    min_barred_links: int = 4  # with « | » between them; three may be a headline's parts
    max_barred_link_words: int = 5
    min_counter_row_parts: int = 2  # «منذ ساعتين - 31 قراءة» (two hours ago, 31 views)
    max_counter_row_parts: int = 6
    max_counter_row_part_words: int = 5

    # Mastheads, menus, comments (context_rules).
    max_top_lines: int = 40  # in which a masthead, a menu or another's headline may be
    max_schedule_lines: int = 120  # in which a broadcaster's day may be: programmes and hours
    max_name_words: int = 5  # a person's name or a label
    max_menu_item_words: int = 3  # a poem's lines are longer
    min_menu_items: int = 6  # in a row
    min_masthead_headline_words: int = 4  # under an office whose holder the page does not name
    min_own_headline_share: float = 0.5  # of a headline's words that are in its article
    min_latin_notice_words: int = 3  # above an Arabic text
    min_latin_caption_words: int = 5  # inside it; a shorter line may be a name
    min_bulleted_headlines: int = 3  # above all else
    min_replies: int = 2  # names with a minute below them, for a list of comments
    max_card_label_words: int = 2  # the section that frames a headline above and below
    max_pull_quote_words: int = 25

    # Captions of pictures (captions).
    caption_subject_words: int = 2  # «جزيرة أرواد» (Arwad island): what a picture shows
    max_caption_words: int = 24
    min_signed_caption_words: int = 3
    min_credited_caption_words: int = 2
    min_doubled_words: int = 3  # said twice in a line
    max_maker_words: int = 5  # behind a caption
    min_near_doubled_words: int = 5  # said twice, not quite the same
    min_near_doubled_share: float = 0.85  # of words that come again then
    min_repeated_caption_words: int = 3  # on two lines, below the first paragraph
    min_near_repeated_words: int = 8  # on two lines, not quite the same
    min_near_repeated_share: float = 0.8
    min_headline_words: int = 4  # of what is above a caption and may be the headline itself
    min_headline_share: float = 0.1  # of words in the article, counted for any such line
    rival_headline_share: float = 0.5  # of the best line so far, for another to be the headline

    # Headlines of other articles (tickers).
    min_shared_line_headlines: int = 4  # in one line of the seed
    min_ticker_site_names: int = 3  # times that the site's name is between headlines
    min_article_words: int = 50  # different ones, for an article to say what it is not about
    max_led_ticker_overlap: float = 0.15  # share of a ticker's words in the article below it
    max_ticker_overlap: float = 0.25  # the same with a headline between the two
    better_headline_ratio: float = 1.2  # of the next line's overlap to the ticker's
    min_headline_run_words: int = 25  # headlines run together, with a headline below
    min_led_headline_run_words: int = 35  # the same with a paragraph below
    words_per_binding_word: int = 40  # «أن», «التي» (that, which): rarer in headlines than this
    max_headline_run_commas: int = 1
    min_teasers: int = 2  # above the article, in a row, cut off by «…»
    min_teaser_words: int = 9  # half a paragraph
    max_stray_overlap: float = 0.4  # share of a stray headline's words in the article
    max_masthead_teaser_overlap: float = 0.2  # of one teaser over a masthead
    min_stray_headlines: int = 4  # between two paragraphs
    min_stray_words: int = 3  # on average; prices have fewer
    min_stacked_headlines: int = 6  # above an article
    min_stacked_headline_words: int = 5
    min_stacked_article_words: int = 30  # different ones in that article
    max_stacked_overlap: float = 0.25

    # A text by itself, without a page around it (standalone, page_frames).
    edge_lines: int = 2  # at either end, where a page's small words are
    min_small_lines: int = 3  # sections and widgets from which a text is a page's
    min_list_lines: int = 3  # short lines, for a text to be no report
    min_list_share: float = 0.4  # of short lines among all
    min_framed_list_share: float = 0.6  # the same where a page frames the text
    min_repeated_line_words: int = 3  # of a line that comes twice, as headlines and captions do
    max_list_line_words: int = 12  # a line of a list, a poem, a play
    min_report_paragraphs: int = 2  # above and below them may be the page's own lists
    max_frame_top_lines: int = 12  # in which the headline of a framed text is
    max_stamp_lines: int = 3  # below it, in which the time stamp is
    min_framed_lines: int = 3

    # Taking lines out (strip_boilerplate).
    min_body_words: int = 20  # above a comment form or a list, for it to end the body
    max_rest_words: int = 60  # of paragraphs below the end, always allowed
    max_rest_ratio: float = 1.5  # of those words to the words above the end
    max_listed_headlines: int = 12  # under one label in the middle of a body
    max_subheading_words: int = 3  # the last line under a label, when a paragraph follows
    max_tag_words: int = 6
    min_photo_caption_words: int = 4  # above a picture's credit
    max_photo_caption_words: int = 14
    teaser_lines_before: int = 2  # looked at above a section's name between paragraphs
    teaser_lines_after: int = 7
    min_teaser_headline_words: int = 3
    spaced_share: float = 0.6  # of gaps between lines, from which an empty line parts nothing
    min_foot_teaser_lines: int = 5  # at the foot, of which the last two may be a teaser
    min_foot_headline_words: int = 4
    max_foot_headline_words: int = 14
    max_foot_label_words: int = 3
    min_foot_labels: int = 2  # in a row, without anything else that cuts
    min_unlabelled_headlines: int = 3  # at the foot, without a label above them
    min_unlabelled_headline_words: int = 5  # of the shortest; names and results are shorter
    mean_unlabelled_headline_words: int = 6
    min_finished_paragraphs: int = 2  # of an account that has come to its end
    min_finished_share: float = 0.8  # of its paragraphs that end as sentences do
    max_listed_share: float = 0.5  # of its lines that are no paragraphs
    max_tag_line_words: int = 8  # words of the article in a row, without a mark
    min_uncut_tag_line_words: int = 4  # the same where nothing below was taken out
    min_tag_overlap: float = 0.75  # of those words in the article
    min_uncut_tag_overlap: float = 0.8

    # Lines cut and joined (line_breaks).
    max_words_around_links: int = 5  # of a line that is nothing but links: buttons
    max_link_words: int = 4  # of a name on a line of its own, which was a link in a sentence
    max_continued_link_words: int = 3  # the same behind «و…» (and …)
    min_broken_sentences: int = 2  # from which a page's links are taken to break sentences
    min_wrapped_breaks: int = 3  # between lines of a block
    max_wrapped_chars: int = 120  # of a line in a wrapped text
    min_wrapped_chars: int = 35  # of its lines, in the median
    min_wrapped_share: float = 0.6  # of lines that break in mid-sentence
    min_full_line: float = 0.7  # of the median's length, of a line that is full
    min_full_share: float = 0.8  # of the broken lines that are full
    max_list_share: float = 0.5  # of lines with bullets; where more have one it is a list
    short_line: float = 0.75  # of the longest line's length: a paragraph may end above that

    # What is said in turn (dialogue).
    min_sentence_share: float = 0.8  # of lines that end as sentences do
    mark_chars: int = 20  # at the end of a line, in which a sentence's mark is
    called_chars: int = 60  # at either end of a line, in which somebody is called

    # A page that speaks to its readers or of itself (reader_requests, strip_boilerplate).
    max_request_words: int = 16
    min_trade_words: int = 2  # «كاتب وباحث في شؤون المدن» (writer and student of cities)
    max_trade_words: int = 9
    max_self_portrait_words: int = 40  # an outlet presents itself
    max_slogan_words: int = 9
    max_article_notice_words: int = 14  # «نُشر المقال في النسخة الورقية» (printed in our paper)


LINES = LineThresholds()
