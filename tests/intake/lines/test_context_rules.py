from warraq.intake.lines.context_rules import classify_lines
from warraq.intake.state import Line

PROSE = "قالت البلدية في بيان لها إن أعمال الصيانة انتهت قبل موعدها بأسبوع كامل."


def _rules(*texts: str) -> list[str]:
    lines = [Line(text, n, n) for n, text in enumerate(texts, start=1)]
    return [match.rule if match else "" for match in classify_lines(lines, {})]


def test_a_name_under_an_office_belongs_to_the_masthead() -> None:
    assert _rules("رئيس التحرير", "هالة القاسم", PROSE) == ["masthead", "masthead", ""]


def test_among_several_offices_every_short_line_is_the_masthead() -> None:
    found = _rules("رئيس حزب", "نبيل شاهين", "رئيس مجلس الإدارة", "وائل", "رئيس التحرير", "هالة")
    assert found == ["masthead"] * 6


def test_an_outlet_in_the_masthead_stays_for_the_credits() -> None:
    found = _rules("مرآة نيوز", "رئيس مجلس الإدارة", "وائل عون", "رئيس التحرير", "هالة القاسم")
    assert found[0] == ""


def test_short_lines_in_a_row_are_a_menu_but_for_the_last() -> None:
    menu = ["الصفحات", "الكاملة", "رسالة", "القراء", "موقع", "الزوار"]
    assert _rules(*menu, "غزة تحت المطر", PROSE)[:7] == ["menu"] * 6 + [""]


def test_a_line_that_stands_twice_is_a_caption_but_for_the_headline() -> None:
    title, caption = "انتهاء صيانة محطة الضخ في البلدة", "مضخات جديدة في المحطة"
    assert _rules(title, title, PROSE) == ["", "", ""]
    assert _rules(title, caption, caption, PROSE) == ["", "photo-credit", "photo-credit", ""]


def test_a_writer_who_stands_twice_is_no_caption() -> None:
    writer = "طرابلس: رامي الحداد"
    assert _rules("انتهاء صيانة محطة الضخ في البلدة", writer, writer, PROSE) == ["", "", "", ""]


def test_bullets_above_all_are_other_articles_and_below_a_headline_its_summary() -> None:
    bullets = ["• أولى الأخبار", "• ثانية الأخبار", "• ثالثة الأخبار"]
    assert _rules(*bullets, "انتهاء صيانة محطة الضخ", PROSE)[:3] == ["menu"] * 3
    assert _rules("انتهاء صيانة محطة الضخ", *bullets, PROSE)[1:4] == ["", "", ""]


def test_latin_notices_above_an_arabic_text_are_furniture() -> None:
    notice = "The theme is not licensed yet, go to the options page"
    assert _rules(notice, "انتهاء صيانة محطة الضخ", PROSE)[0] == "menu"
    assert _rules(notice, "another line in English") == ["", ""]


def test_headlines_run_together_above_the_article_are_a_ticker() -> None:
    ticker = (
        "افتتاح سوق السمك في المرفأ القديم فريق الشباب يفوز بكأس الناشئين وظائف في شركة الكهرباء "
        "تأجيل رحلات العبارة بسبب الضباب معرض للخط العربي في المكتبة انخفاض أسعار البطاطا محليا "
        "مدرب المنتخب يستقيل بعد الخسارة افتتاح دار للأيتام"
    )
    lead = "قالت البلدية إن أعمال الصيانة انتهت، وإن الجسر سيفتح غدا أمام السيارات الصغيرة."
    told = [
        "وأضافت أن الورشة بدلت الحواجز القديمة ودهنت الأعمدة ورفعت الإنارة إلى طرفي الممر الجانبي.",
        "ويعبر الجسر كل يوم نحو ألفي مركبة بينها شاحنات تنقل الحجارة من المقالع إلى محطة القطار.",
        "وكان فيضان الشتاء قد جرف جزءا من الرصيف فاضطر الأهالي إلى سلوك طريق الوادي الطويل الوعر.",
    ]
    assert _rules(ticker, lead, *told) == ["ticker", "", "", "", ""]
    assert _rules(lead, *told)[0] == ""
    assert _rules(ticker, lead, PROSE)[0] == ""  # too little is told to say what it is not about


def test_paragraphs_cut_off_in_a_row_above_the_article_are_teasers() -> None:
    teasers = ["افتتح الوزير أمس معرض الخط العربي في المكتبة الوطنية بحضور عدد من...",
               "أجلت إدارة المرفأ رحلات العبارة إلى الجزيرة بسبب الضباب الذي..."]  # fmt: skip
    assert _rules(*teasers, PROSE, PROSE) == ["teaser", "teaser", "", ""]
    assert _rules(teasers[0], PROSE, PROSE) == ["", "", ""]


def test_a_sites_name_between_headlines_makes_them_a_ticker() -> None:
    told = (
        "انتهاء صيانة الجسر صباح اليوم mirror وصول الحافلات إلى البلدية mirror أعمال جديدة mirror"
    )
    assert _rules(f"{told} {told}", "انتهاء صيانة الجسر", PROSE)[0] == "ticker"


def test_a_line_that_says_the_same_twice_is_a_caption() -> None:
    caption = "عمال البلدية يصلحون الجسر الشمالي أمس صورة: سمر"
    assert _rules("انتهاء صيانة الجسر", f"{caption} {caption}", PROSE)[1] == "photo-credit"
    signed = "عامل - أرشيفية عامل - أرشيفية عامل - أرشيفية عامل - أرشيفية تصوير : سمر"
    assert _rules("انتهاء صيانة الجسر", signed, PROSE)[1] == "photo-credit"


def test_a_line_with_an_agency_in_brackets_is_a_caption_unless_it_ends_before() -> None:
    title = "انتهاء صيانة الجسر في البلدة"
    assert _rules(title, PROSE, "عمال يصلحون الجسر الشمالي في البلدة (رويترز)", PROSE)[2]
    assert _rules(title, PROSE, "جسر صيدا الشمالي / رويترز", PROSE)[2] == "photo-credit"
    assert not _rules(title, "صيدا / سمر نجم / الأناضول", PROSE, PROSE)[1]
    assert not _rules(title, PROSE, "وأصلح العمال الجسر الشمالي في البلدة. (رويترز)", PROSE)[2]


def test_latin_captions_inside_an_arabic_text_go() -> None:
    assert _rules(PROSE, "Workers mend the northern bridge, June 3", PROSE)[1] == "photo-credit"
    assert not _rules(PROSE, "Real Madrid", PROSE)[1]


def test_headlines_that_shared_a_line_top_an_archives_page() -> None:
    ticker = [Line(f"خبر آخر من أخبار اليوم رقم {n}", 1, 1) for n in range(5)]
    rest = [Line("انتهاء صيانة الجسر", 2, 2), Line(PROSE, 3, 3)]
    found = classify_lines([*ticker, *rest], {})
    assert [bool(match) for match in found] == [True] * 5 + [False] * 2
    whole = [*ticker, Line(PROSE, 1, 1)]  # a page in one line
    assert not any(classify_lines(whole, {}))


def test_strange_headlines_between_paragraphs_go_but_for_the_last() -> None:
    strange = [
        "مدرب الشباب: سنفوز بالكأس",
        "معرض للخط العربي في المكتبة",
        "وظائف شاغرة لدى الكهرباء",
    ]
    assert _rules(PROSE, *strange, "كلفة الصيانة", PROSE)[1:5] == ["teaser"] * 3 + [""]
    verses = ["يا ليل ما أطولك", "ويا نجوم ما أبعدك", "ويا بحر ما أعمقك", "ويا قلب ما أصبرك"]
    assert _rules(PROSE, *verses, PROSE)[1:5] == [""] * 4


def test_a_days_programmes_and_their_hours_are_a_menu() -> None:
    hours = ["برنامج الصباح الباكر", "03:30 GMT", "برنامج الصباح الباكر", "06:00 GMT"]
    found = _rules(*hours, "انتهاء صيانة الجسر", PROSE)
    assert found == ["menu", "clock", "menu", "clock", "", ""]


def test_headlines_on_lines_of_their_own_above_an_article_that_speaks_of_none() -> None:
    others = [
        "فريق الشباب يفوز بكأس الناشئين أمس",
        "وظائف شاغرة لدى شركة الكهرباء الوطنية",
        "تأجيل رحلات العبارة إلى الجزيرة الصغيرة",
        "معرض للخط العربي في المكتبة القديمة",
        "انخفاض أسعار البطاطا في السوق المركزي",
        "مدرب المنتخب يستقيل بعد خسارة النهائي",
    ]
    told = [
        "قالت البلدية إن أعمال الصيانة انتهت، وإن الجسر سيفتح غدا أمام السيارات الصغيرة.",
        "وأضافت أن الورشة بدلت الحواجز القديمة ودهنت الأعمدة ورفعت الإنارة إلى طرفي الممر.",
        "ويعبر الجسر كل يوم نحو ألفي مركبة بينها شاحنات تنقل الحجارة من المقالع.",
    ]
    assert _rules(*others, *told)[:6] == ["ticker"] * 6
    headline = "انتهاء أعمال الصيانة في الجسر"
    assert _rules(*others[:5], headline, *told)[5] == ""


def test_a_headline_over_a_pictures_label_of_which_nothing_is_told_is_anothers() -> None:
    told = [
        "قالت البلدية إن أعمال الصيانة انتهت، وإن الجسر سيفتح غدا أمام السيارات الصغيرة.",
        "وأضافت أن الورشة بدلت الحواجز القديمة ودهنت الأعمدة ورفعت الإنارة إلى طرفي الممر.",
        "ويعبر الجسر كل يوم نحو ألفي مركبة بينها شاحنات تنقل الحجارة من المقالع.",
    ]
    assert _rules("معرض للخط العربي في المكتبة", "صورة الخبر", *told)[0] == "ticker"
    assert _rules("انتهاء صيانة الجسر في البلدة", "صورة الخبر", *told)[0] == ""


def test_a_short_name_with_which_the_article_begins_is_a_caption() -> None:
    found = _rules(
        "جزيرة أرواد", "عبرت بلدية جزيرة أرواد عن خشيتها من اتساع الحريق في مخازن المرفأ."
    )
    assert found == ["photo-credit", ""]
    assert _rules("حكاية مدينة", PROSE) == ["", ""]


def test_a_label_that_comes_back_below_paragraphs_is_an_advertisement() -> None:
    ad = "مادة مدفوعة"
    assert _rules("عنوان الخبر هنا", PROSE, ad, PROSE, ad, PROSE)[2::2] == ["widget", "widget"]


def test_two_who_speak_in_turn_are_no_advertisement() -> None:
    talk = ["الضيفة", PROSE, "المذيع", PROSE, "الضيفة", PROSE, "المذيع", PROSE]
    assert set(_rules("حوار في شؤون البلدية", PROSE, *talk)) == {""}


def test_names_and_minutes_below_the_article_are_readers_comments() -> None:
    replies = ["متابع", "16-04-2019 09:12 AM", "مقال رائع", "ابن الحارة", "16-04-2019 11:40 AM"]
    assert _rules("عنوان الخبر هنا", PROSE, PROSE, *replies)[3] == "comments"
    linked = _rules("عنوان الخبر هنا", PROSE, "اقرأ أيضا", *replies)
    assert "comments" not in linked


def test_names_of_events_over_their_days_are_a_chronology() -> None:
    events = ["افتتاح المرفأ", "12 مارس 2011", PROSE, "حريق المخازن", "3 مايو 2014", PROSE]
    assert "comments" not in _rules("عنوان الخبر هنا", PROSE, PROSE, *events)
    assert "comments" in _rules("عنوان الخبر هنا", PROSE, PROSE, *events, "أضف تعليقك")


def test_a_quotation_set_apart_that_repeats_the_text_is_pulled_out_of_it() -> None:
    assert _rules(PROSE, "> أعمال الصيانة انتهت", PROSE)[1] == "pull-quote"
    assert _rules(PROSE, "> لم نكن نتوقع ذلك", PROSE)[1] == ""


def test_a_headline_that_begins_like_a_link_stays_when_the_article_speaks_of_it() -> None:
    assert _rules("شاهد.. أعمال الصيانة في البلدية", PROSE)[0] == ""
    assert _rules("شاهد.. طائر يعود إلى القلعة", PROSE)[0] == "related"
