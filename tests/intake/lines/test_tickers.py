from tests.intake.drafts import BODY, TITLE, drafted
from tests.intake.lines.pages import PROSE, rules_of

from warraq.intake.lines.context_rules import classify_lines
from warraq.intake.lines.tickers import over_picture_label, shared_line
from warraq.intake.state import Line


def test_headlines_with_three_spaces_between_them_are_cut_too() -> None:
    others = "وظائف لدى الكهرباء   الشباب يفوز بالكأس   تأجيل الرحلات   معرض للخط"
    draft = drafted(f"{others}\n{TITLE}\n{BODY}")
    assert draft.article.title == TITLE
    assert [line.rule for line in draft.receipt.removed[:4]] == ["ticker"] * 4


def test_headlines_run_together_above_the_article_are_a_ticker() -> None:
    # A fish market opens, a team wins, vacancies, ferries late…; the article is about a bridge.
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
    assert rules_of(ticker, lead, *told) == ["ticker", "", "", "", ""]
    assert rules_of(lead, *told)[0] == ""
    assert rules_of(ticker, lead, PROSE)[0] == ""  # too little is told to say what it is not about


def test_paragraphs_cut_off_in_a_row_above_the_article_are_teasers() -> None:
    # A minister opens an exhibition…; ferries are delayed by the fog…
    teasers = ["افتتح الوزير أمس معرض الخط العربي في المكتبة الوطنية بحضور عدد من...",
               "أجلت إدارة المرفأ رحلات العبارة إلى الجزيرة بسبب الضباب الذي..."]  # fmt: skip
    assert rules_of(*teasers, PROSE, PROSE) == ["teaser", "teaser", "", ""]
    assert rules_of(teasers[0], PROSE, PROSE) == ["", "", ""]


def test_a_sites_name_between_headlines_makes_them_a_ticker() -> None:
    told = (
        "انتهاء صيانة الجسر صباح اليوم mirror وصول الحافلات إلى البلدية mirror أعمال جديدة mirror"
    )
    assert rules_of(f"{told} {told}", "انتهاء صيانة الجسر", PROSE)[0] == "ticker"


def test_headlines_that_shared_a_line_top_an_archives_page() -> None:
    # «Another of today's news, number n»
    ticker = [Line(f"خبر آخر من أخبار اليوم رقم {n}", 1, 1) for n in range(5)]
    rest = [Line("انتهاء صيانة الجسر", 2, 2), Line(PROSE, 3, 3)]
    found = classify_lines([*ticker, *rest], {})
    assert [bool(match) for match in found] == [True] * 5 + [False] * 2
    whole = [*ticker, Line(PROSE, 1, 1)]  # a page in one line
    assert not any(classify_lines(whole, {}))


def test_strange_headlines_between_paragraphs_go_but_for_the_last() -> None:
    # A coach, an exhibition, vacancies; then a subheading. Below, a poem to the night.
    strange = [
        "مدرب الشباب: سنفوز بالكأس",
        "معرض للخط العربي في المكتبة",
        "وظائف شاغرة لدى الكهرباء",
    ]
    assert rules_of(PROSE, *strange, "كلفة الصيانة", PROSE)[1:5] == ["teaser"] * 3 + [""]
    verses = ["يا ليل ما أطولك", "ويا نجوم ما أبعدك", "ويا بحر ما أعمقك", "ويا قلب ما أصبرك"]
    assert rules_of(PROSE, *verses, PROSE)[1:5] == [""] * 4


def test_headlines_on_lines_of_their_own_above_an_article_that_has_none_of_them() -> None:
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
    assert rules_of(*others, *told)[:6] == ["ticker"] * 6
    headline = "انتهاء أعمال الصيانة في الجسر"
    assert rules_of(*others[:5], headline, *told)[5] == ""


def test_a_headline_over_a_pictures_label_with_no_word_in_the_article_is_anothers() -> None:
    # An exhibition of calligraphy; the bridge is repaired. Both over «picture of the news».
    told = [
        "قالت البلدية إن أعمال الصيانة انتهت، وإن الجسر سيفتح غدا أمام السيارات الصغيرة.",
        "وأضافت أن الورشة بدلت الحواجز القديمة ودهنت الأعمدة ورفعت الإنارة إلى طرفي الممر.",
        "ويعبر الجسر كل يوم نحو ألفي مركبة بينها شاحنات تنقل الحجارة من المقالع.",
    ]
    assert rules_of("معرض للخط العربي في المكتبة", "صورة الخبر", *told)[0] == "ticker"
    assert rules_of("انتهاء صيانة الجسر في البلدة", "صورة الخبر", *told)[0] == ""


def test_lines_of_the_seed_with_one_text_share_nothing() -> None:
    lines = [Line("خبر أول", 1, 1), Line("خبر ثان", 2, 2)]
    assert shared_line(lines, [None, None]) == [None, None]


def test_a_short_article_shows_nothing_about_the_headline_above_its_picture() -> None:
    texts = ("معرض للخط العربي", "صورة الخبر", PROSE)  # a fair of calligraphy, picture of the news
    assert over_picture_label(texts, [None] * 3, range(3)) == {}
