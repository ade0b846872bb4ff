from tests.intake.lines.pages import PROSE, rules_of


def test_a_name_under_an_office_belongs_to_the_masthead() -> None:
    # Editor in chief, then a person's name.
    assert rules_of("رئيس التحرير", "هالة القاسم", PROSE) == ["masthead", "masthead", ""]


def test_among_several_offices_every_short_line_is_the_masthead() -> None:
    # Party leader, name, chairman, name, editor in chief, name.
    found = rules_of("رئيس حزب", "نبيل شاهين", "رئيس مجلس الإدارة", "وائل", "رئيس التحرير", "هالة")
    assert found == ["masthead"] * 6


def test_an_outlet_in_the_masthead_stays_for_the_credits() -> None:
    # Mirror News, chairman, name, editor in chief, name.
    found = rules_of("مرآة نيوز", "رئيس مجلس الإدارة", "وائل عون", "رئيس التحرير", "هالة القاسم")
    assert found[0] == ""


def test_short_lines_in_a_row_are_a_menu_but_for_the_last() -> None:
    # Pages, full, a message, readers, site, visitors; then «Gaza in the rain».
    menu = ["الصفحات", "الكاملة", "رسالة", "القراء", "موقع", "الزوار"]
    assert rules_of(*menu, "غزة تحت المطر", PROSE)[:7] == ["menu"] * 6 + [""]


def test_bullets_above_all_are_other_articles_and_below_a_headline_its_summary() -> None:
    # First, second, third news; the headline says that the pumps are repaired.
    bullets = ["• أولى الأخبار", "• ثانية الأخبار", "• ثالثة الأخبار"]
    assert rules_of(*bullets, "انتهاء صيانة محطة الضخ", PROSE)[:3] == ["menu"] * 3
    assert rules_of("انتهاء صيانة محطة الضخ", *bullets, PROSE)[1:4] == ["", "", ""]


def test_latin_notices_above_an_arabic_text_are_boilerplate() -> None:
    notice = "The theme is not licensed yet, go to the options page"
    assert rules_of(notice, "انتهاء صيانة محطة الضخ", PROSE)[0] == "menu"
    assert rules_of(notice, "another line in English") == ["", ""]


def test_latin_captions_inside_an_arabic_text_go() -> None:
    assert rules_of(PROSE, "Workers mend the northern bridge, June 3", PROSE)[1] == "photo-credit"
    assert not rules_of(PROSE, "Real Madrid", PROSE)[1]


def test_a_days_programmes_and_their_hours_are_a_menu() -> None:
    # A morning programme, its hour, the programme again, its hour.
    hours = ["برنامج الصباح الباكر", "03:30 GMT", "برنامج الصباح الباكر", "06:00 GMT"]
    found = rules_of(*hours, "انتهاء صيانة الجسر", PROSE)
    assert found == ["menu", "clock", "menu", "clock", "", ""]


def test_a_label_that_comes_back_below_paragraphs_is_an_advertisement() -> None:
    # «Paid content»
    ad = "مادة مدفوعة"
    assert rules_of("عنوان الخبر هنا", PROSE, ad, PROSE, ad, PROSE)[2::2] == ["widget", "widget"]


def test_two_who_speak_in_turn_are_no_advertisement() -> None:
    # «The guest», «the host»
    talk = ["الضيفة", PROSE, "المذيع", PROSE, "الضيفة", PROSE, "المذيع", PROSE]
    assert set(rules_of("حوار في شؤون البلدية", PROSE, *talk)) == {""}


def test_names_and_minutes_below_the_article_are_readers_comments() -> None:
    # A follower, his minute, «a great article»; a neighbour, his minute.
    replies = ["متابع", "16-04-2019 09:12 AM", "مقال رائع", "ابن الحارة", "16-04-2019 11:40 AM"]
    assert rules_of("عنوان الخبر هنا", PROSE, PROSE, *replies)[3] == "comments"
    linked = rules_of("عنوان الخبر هنا", PROSE, "اقرأ أيضا", *replies)
    assert "comments" not in linked


def test_names_of_events_over_their_days_are_a_chronology() -> None:
    # The port opens, its day; a fire in the stores, its day. Last: «add a comment».
    events = ["افتتاح المرفأ", "12 مارس 2011", PROSE, "حريق المخازن", "3 مايو 2014", PROSE]
    assert "comments" not in rules_of("عنوان الخبر هنا", PROSE, PROSE, *events)
    assert "comments" in rules_of("عنوان الخبر هنا", PROSE, PROSE, *events, "أضف تعليقك")


def test_a_quotation_set_apart_that_repeats_the_text_is_pulled_out_of_it() -> None:
    # «The maintenance works have ended»; «we had not expected that»
    assert rules_of(PROSE, "> أعمال الصيانة انتهت", PROSE)[1] == "pull-quote"
    assert rules_of(PROSE, "> لم نكن نتوقع ذلك", PROSE)[1] == ""


def test_a_headline_that_begins_like_a_link_stays_when_the_article_has_its_words() -> None:
    # Watch: maintenance in the town. Watch: a bird returns to the castle.
    assert rules_of("شاهد.. أعمال الصيانة في البلدية", PROSE)[0] == ""
    assert rules_of("شاهد.. طائر يعود إلى القلعة", PROSE)[0] == "related"
