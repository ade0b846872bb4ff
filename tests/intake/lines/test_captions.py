from tests.intake.lines.pages import PROSE, rules_of

from warraq.intake.lines.captions import captions


def test_a_line_that_comes_twice_is_a_caption_but_for_the_headline() -> None:
    # The pumping station is repaired; new pumps in the station.
    title, caption = "انتهاء صيانة محطة الضخ في البلدة", "مضخات جديدة في المحطة"
    assert rules_of(title, title, PROSE) == ["", "", ""]
    assert rules_of(title, caption, caption, PROSE) == ["", "photo-credit", "photo-credit", ""]


def test_a_writers_name_that_comes_twice_is_no_caption() -> None:
    # Tripoli: Rami Haddad
    writer = "طرابلس: رامي الحداد"
    assert rules_of("انتهاء صيانة محطة الضخ في البلدة", writer, writer, PROSE) == ["", "", "", ""]


def test_a_line_that_says_the_same_twice_is_a_caption() -> None:
    # Workers repair the northern bridge; «a worker - archive», four times.
    caption = "عمال البلدية يصلحون الجسر الشمالي أمس صورة: سمر"
    assert rules_of("انتهاء صيانة الجسر", f"{caption} {caption}", PROSE)[1] == "photo-credit"
    signed = "عامل - أرشيفية عامل - أرشيفية عامل - أرشيفية عامل - أرشيفية تصوير : سمر"
    assert rules_of("انتهاء صيانة الجسر", signed, PROSE)[1] == "photo-credit"


def test_a_line_with_an_agency_in_brackets_is_a_caption_unless_it_ends_before() -> None:
    # Workers repair the bridge (Reuters); the last is a sentence that ends.
    title = "انتهاء صيانة الجسر في البلدة"
    assert rules_of(title, PROSE, "عمال يصلحون الجسر الشمالي في البلدة (رويترز)", PROSE)[2]
    assert rules_of(title, PROSE, "جسر صيدا الشمالي / رويترز", PROSE)[2] == "photo-credit"
    assert not rules_of(title, "صيدا / سمر نجم / الأناضول", PROSE, PROSE)[1]
    assert not rules_of(title, PROSE, "وأصلح العمال الجسر الشمالي في البلدة. (رويترز)", PROSE)[2]


def test_a_short_name_with_which_the_article_begins_is_a_caption() -> None:
    # «Arwad island» over its article; «tale of a city» over another.
    found = rules_of(
        "جزيرة أرواد", "عبرت بلدية جزيرة أرواد عن خشيتها من اتساع الحريق في مخازن المرفأ."
    )
    assert found == ["photo-credit", ""]
    assert rules_of("حكاية مدينة", PROSE) == ["", ""]


def test_nothing_is_a_caption_in_a_text_of_paragraphs() -> None:
    texts = ("انتهاء صيانة الجسر في البلدة", PROSE, PROSE)
    assert captions(texts, [None] * 3, range(3)) == {}


def test_a_line_below_a_paragraph_that_ends_in_its_maker_is_a_caption() -> None:
    texts = (PROSE, "شاطئ صيدا الشمالي / رويترز", PROSE)  # the northern beach / Reuters
    assert list(captions(texts, [None] * 3, range(3))) == [1]
