import re
from collections.abc import Sequence
from datetime import date

import pytest

from warraq.content.frontmatter import article_text, parse_article
from warraq.importer.time_limit import time_limit
from warraq.intake import draft_of, outlet_directory
from warraq.intake.lines.boilerplate import shipped_rules
from warraq.model import Draft, Fact, Moment, Outlet, RawDocument

BODY = (
    "أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر الشمالي.\n"
    "وقال رئيسها إن العمل استغرق ستة أشهر كاملة وإن كلفته بلغت مليوني دينار."
)
TITLE = "فتح الطريق الساحلي بعد صيانته"


def _draft(text: str, *facts: tuple[str, str, str], outlets: Sequence[Outlet] = ()) -> Draft:
    told = tuple(Fact(*fact) for fact in facts)
    raw = RawDocument("seeds/a.txt", text, "ab" * 32, facts=told)
    return draft_of(raw, outlet_directory(outlets))


def test_the_same_document_gives_the_same_draft() -> None:
    text = f"{TITLE}\nصيدا – خاص\n{BODY}\nاترك تعليقاً\n"
    assert _draft(text) == _draft(text)


def test_an_id_without_hex_in_the_name_is_of_the_bytes() -> None:
    assert _draft(BODY).article.id == "abababababab"


def test_a_sites_own_outlet_teaches_furniture_name_and_key() -> None:
    outlet = Outlet(
        "marsad", "مرصد الجبل", furniture=("صفحة القراء الأوفياء",), hosts=("m.example",)
    )
    text = f"{TITLE}\n{BODY}\nصفحة القراء الأوفياء\n"
    draft = _draft(text, ("url", "https://www.m.example/1", "sidecar"), outlets=[outlet])
    assert "الأوفياء" not in draft.article.body
    assert draft.article.source is not None
    assert (draft.article.source.name, draft.article.source.outlet) == ("مرصد الجبل", "marsad")
    assert "outlet:marsad" in {r.rule for r in draft.receipt.removed}


def test_a_sites_own_outlet_teaches_how_it_signs_and_calls_its_sections() -> None:
    outlet = Outlet(
        "marsad",
        "مرصد الجبل",
        bylines=("كتب محرر الشؤون البلدية في المرصد",),
        categories=("بلديات الجبل", "على الهامش"),
    )
    text = f"كتب محرر الشؤون البلدية في المرصد:\n{BODY}"
    taught = _draft(f"بلديات الجبل: {TITLE}\n{text}", outlets=[outlet])
    untaught = _draft(f"بلديات الجبل: {TITLE}\n{text}")

    assert taught.article.source is not None
    assert (taught.article.source.name, taught.article.source.basis) == ("مرصد الجبل", "byline")
    assert (taught.article.title, taught.article.section) == (TITLE, "بلديات الجبل")
    assert taught.article.title_status == "cleaned"
    assert {"byline"} <= {r.rule for r in taught.receipt.removed}
    assert untaught.article.source is None

    alone = _draft(f"على الهامش\n{TITLE}\n{BODY}", outlets=[outlet])
    assert (alone.article.title, alone.article.section) == (TITLE, "على الهامش")


def test_an_outlet_known_by_default_gets_no_key_without_a_file() -> None:
    draft = _draft(f"{TITLE}\n{BODY}", ("url", "https://www.aljazeera.net/x", "sidecar"))
    assert draft.article.source is not None
    assert (draft.article.source.name, draft.article.source.outlet) == ("الجزيرة نت", "")


def test_the_sidecar_goes_before_the_page_and_the_text() -> None:
    draft = _draft(
        f"{TITLE}\n3 مايو 2024\n{BODY}",
        ("date", "2024-05-01", "sidecar"),
        ("date", "2024-05-02", "json-ld"),
    )
    assert draft.article.date is not None
    assert draft.article.date.iso == "2024-05-01"


@pytest.mark.parametrize(
    ("shown", "status"), [("4 مايو 2024", "exact"), ("9 مايو 2024", "conflicting")]
)
def test_a_page_that_shows_another_day_than_it_tells_is_contradictory(
    shown: str, status: str
) -> None:
    draft = _draft(f"{TITLE}\n{shown}\n{BODY}", ("date", "2024-05-03", "json-ld"))
    assert draft.article.date_info.status == status
    assert (draft.article.date is None) == (status == "conflicting")


def test_an_update_shown_to_readers_is_no_contradiction() -> None:
    facts = (("date", "2024-05-03", "json-ld"), ("modified", "2024-06-01", "json-ld"))
    assert _draft(f"{TITLE}\n1 حزيران 2024\n{BODY}", *facts).article.date_info.status == "exact"


def test_only_what_tells_an_inferred_day_is_its_evidence() -> None:
    text = (
        "أعلنت البلدية اليوم الأحد أن الأعمال التي بدأت أمس الأول تنتهي الخميس المقبل، وذكّرت "
        "بأن الجسر فُتح يوم الجمعة 10 تشرين الأول 2025، وقالت أمس إن المرور لم يتوقف."
    )
    info = _draft(
        f"{TITLE}\n{text}\n{BODY}", ("received", "2025-10-14", "sidecar")
    ).article.date_info

    assert (info.status, info.basis) == ("inferred", "received")
    assert [(e.text, e.meaning) for e in info.evidence] == [("اليوم الأحد", "publication-day")]


def test_a_basis_names_no_tag_of_the_page() -> None:
    facts = (
        ("date", "2024-05-03", "meta article:published_time"),
        ("outlet", "بوابة الوادي", "meta og:site_name"),
    )
    article = _draft(f"{TITLE}\n{BODY}", *facts).article

    assert article.source is not None
    assert (article.date_info.basis, article.source.basis) == ("meta", "meta")


def test_furniture_words_inside_a_paragraph_never_cost_it() -> None:
    line = (
        "وكتب الموقع في ذيل الصفحة «اترك تعليقاً» وتحتها «شارك الخبر» ثم أغلق باب التعليقات نهائياً."
    )
    assert line in _draft(f"{TITLE}\n{BODY}\n{line}").article.body


@pytest.mark.parametrize(
    ("line", "stored"),
    [
        ("١. بند أول من البنود", "١\\. بند أول من البنود"),
        ("2025. عام جديد يبدأ", "2025\\. عام جديد يبدأ"),
        ("#وسم في أول السطر هنا وبعده كلام", "\\#وسم في أول السطر هنا وبعده كلام"),
        ("> كلام كأنه اقتباس في السطر", "\\> كلام كأنه اقتباس في السطر"),
    ],
)
def test_what_would_read_as_markdown_is_made_harmless(line: str, stored: str) -> None:
    draft = _draft(f"{TITLE}\n{BODY}\n{line}\n{BODY}")
    assert stored in draft.article.body.split("\n\n")


def test_direction_marks_are_dropped_and_flagged() -> None:
    draft = _draft(f"{TITLE}\n{BODY}\N{RIGHT-TO-LEFT OVERRIDE}")
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in draft.article.body
    assert ("bidi", "U+202E") in {(f.kind, f.text) for f in draft.article.flags}


def test_nothing_but_furniture_makes_no_article_and_says_so() -> None:
    draft = _draft("الرئيسية\nاتصل بنا\nجميع الحقوق محفوظة")
    assert draft.article.body == ""
    assert [p.code for p in draft.problems] == ["seed-no-body"]


def test_a_digest_makes_no_article_and_says_so() -> None:
    titles = ["طقس بارد غداً", "فوز المنتخب ودياً", "أسعار الذهب تستقر", "وفاة ممثلة", "إغلاق طريق"]
    draft = _draft("\n".join(["موجز الأخبار", *titles]))
    assert draft.article.body == ""
    assert [p.code for p in draft.problems] == ["seed-digest"]


def test_guessed_encodings_and_lost_bytes_are_said() -> None:
    raw = RawDocument("a.txt", BODY, "ab" * 32, notes=("encoding-guessed", "bytes-lost"))
    codes = [p.code for p in draft_of(raw, outlet_directory()).problems]
    assert codes == ["seed-encoding", "seed-bytes-lost"]


def test_the_seeds_lines_are_told_for_what_was_removed() -> None:
    draft = _draft(f"{TITLE}\n\n{BODY}\n\nزر الذهاب إلى الأعلى")
    places = {r.rule: (r.first, r.last) for r in draft.receipt.removed}
    assert places == {"headline": (1, 1), "footer": (6, 6)}


def test_a_wires_stamp_below_the_text_dates_it() -> None:
    article = _draft(f"{TITLE}\n{BODY} (النهاية)\nس ع / م ن\nKUNA 091142 GMT OCT 24").article
    assert article.date is not None
    assert article.date.day.isoformat() == "2024-10-09"
    assert "GMT" not in article.body


def test_a_collectors_day_before_the_first_words_is_taken_off() -> None:
    article = _draft(f"date 2025-12-09 {TITLE}\n{BODY}").article
    assert article.date is not None
    assert article.title == TITLE


def test_whole_stories_under_related_go_once_the_source_was_named() -> None:
    other = "افتتح الوزير معرض الخط العربي في المكتبة الوطنية بحضور عدد من الخطاطين الشباب."
    text = f"{TITLE}\n{BODY}\nالمصدر: رويترز\nاقرأ أيضاً:\nمعرض للخط في المكتبة\n{other}"
    assert "المكتبة" not in _draft(text).article.body
    assert "المكتبة" in _draft(text.replace("المصدر: رويترز\n", "")).article.body


def test_a_story_cut_off_under_the_outlets_name_again_is_another() -> None:
    other = (
        "بغداد اليوم - البصرة افتتح الوزير معرض الخط العربي في المكتبة الوطنية بحضور عدد من"
        " الخطاطين الشباب وقال في"
    )
    article = _draft(f"{TITLE}\nبغداد اليوم - صيدا\n{BODY}\nمعرض للخط في المكتبة\n{other}").article
    assert "المكتبة" not in article.body


@pytest.mark.parametrize(
    ("line", "outlet"),
    [("وقال لـ«عنب بلدي» إن الجسر آمن.", "عنب بلدي"), ("وأفاد مراسل عنب بلدي بذلك.", "عنب بلدي"),
     ("ورصدت بوابة الفجر ما قيل في ذلك.", "الفجر"), ("وأفاد مراسل الصحيفة بذلك.", ""),
     ("وقال لـ«عنب بلدي» ثم لـ«القبس» إن الجسر آمن.", ""), ("وقال لوكالة رويترز إنه آمن.", "")],
)  # fmt: skip
def test_to_whom_people_speak_is_the_outlet(line: str, outlet: str) -> None:
    source = _draft(f"{TITLE}\n{BODY}\n{line}").article.source
    assert (source.name if source else "") == outlet


def test_a_logos_words_name_the_outlet() -> None:
    source = _draft(f"مرآة الوادي logo\n{TITLE}\n{BODY}").article.source
    assert source is not None
    assert source.name == "مرآة الوادي"


def test_a_last_line_of_two_unknown_words_signs_a_text_that_has_ended() -> None:
    article = _draft(f"{TITLE}\n{BODY}\nرشال الغوطاني").article
    assert article.authors == ("رشال الغوطاني",)
    assert "الغوطاني" not in article.body


def test_an_agencys_opening_names_its_writer() -> None:
    text = BODY.replace("أعلنت", "صيدا/ سليم كايا/ الأناضول أعلنت", 1)
    assert _draft(f"{TITLE}\n{text}").article.authors == ("سليم كايا",)


def test_a_label_of_any_wording_under_the_source_ends_the_article() -> None:
    text = f"{TITLE}\n{BODY}\nالمصدر: رويترز\nمن دفاتر القراء\nمعرض للخط العربي في المكتبة الوطنية"
    assert "المكتبة" not in _draft(text).article.body
    assert "دفاتر" in _draft(text.replace("المصدر: رويترز\n", "")).article.body


def test_a_label_glued_to_a_paragraph_costs_it_nothing() -> None:
    article = _draft(f"{TITLE}\n{BODY}\nمقالات ذات صلةولفت إلى أن الجسر آمن تماما.").article
    assert article.body.endswith("ولفت إلى أن الجسر آمن تماما.")
    assert "مقالات" not in article.body


def test_several_lines_below_the_headline_sum_the_article_up() -> None:
    points = ["الجسر مفتوح أمام السيارات", "كلفة الصيانة مليونا دينار", "ستة أشهر من العمل فيه"]
    text = "\n".join([TITLE, "3 مايو 2024", *points, "خاص", BODY])
    assert _draft(text).article.body.startswith(points[0])


def test_the_day_in_an_address_dates_unless_a_label_contradicts_it() -> None:
    address = ("url", "https://m.example/2024/5/3/bridge", "link canonical")
    dated = _draft(f"{TITLE}\n7 يونيو 2025\n{BODY}", address).article
    assert dated.date is not None
    assert dated.date.day.isoformat() == "2024-05-03"
    assert _draft(f"{TITLE}\nنُشر: 7 يونيو 2025\n{BODY}", address).article.date is None


def test_headlines_at_the_foot_need_no_label_where_there_are_three() -> None:
    foot = [
        "مهرجان للزيتون في قرى الجبل الغربي غدا",
        "مدرب الشباب يعد جمهوره بالكأس هذا العام",
        "شركة الكهرباء تعلن وظائف شاغرة لخريجي المعاهد",
    ]
    assert _draft("\n".join([TITLE, BODY, *foot])).article.body.endswith("مليوني دينار.")
    assert "الكأس" in _draft("\n".join([TITLE, BODY, *foot[:2]])).article.body
    names = ["نبيل عبد الواحد", "هالة القاسم", "سمر نجم", "رامي الحداد"]
    assert _draft("\n".join([TITLE, BODY, *names])).article.body.endswith(names[-1])


def test_a_headline_that_says_who_writes_names_the_writer() -> None:
    article = _draft(f"سمر نجم تكتب: عن جسر الطفولة\n{BODY}").article
    assert article.authors == ("سمر نجم",)


def test_what_import_writes_the_build_reads() -> None:
    article = _draft(f"{TITLE}\n6 يوليو 2024 10:20 GMT\n{BODY}").article
    read, problems = parse_article(article_text(article), "")
    assert problems == []
    assert read is not None
    assert read.date == article.date == Moment(date(2024, 7, 6), "10:20:00+00:00")


def test_a_headline_that_opens_with_a_place_is_no_byline() -> None:
    assert _draft(f"قطر: الجسور القديمة آمنة\n{BODY}").article.title == "قطر: الجسور القديمة آمنة"
    assert _draft(f"{TITLE}\nالفداء: سمر نجم\n{BODY}").article.source is not None


def test_a_line_that_goes_on_from_the_headline_is_none() -> None:
    line = "والبلدية تفتح الطريق الساحلي من جديد بعد الصيانة"
    assert _draft(f"{TITLE}\n{line}\n{BODY}").article.title == TITLE


def test_a_day_called_up_has_its_hijri_face_on_the_next_line() -> None:
    article = _draft(f"الأربعاء 25 مارس 2015 م -\n4 جمادى الثانية 1436 هـ\n{TITLE}\n{BODY}").article
    assert article.date is None
    assert article.title == TITLE


def test_a_short_piece_of_a_wrapped_paragraph_stays() -> None:
    lines = [
        "قالت البلدية إن",
        "أعمال الصيانة في الجسر الشمالي انتهت قبل موعدها وإن",
        "السيارات الصغيرة ستعبره منذ صباح الغد بينما تنتظر",
        "الشاحنات الكبيرة حتى يجف الإسفلت في الطرف الآخر وإن",
        "الرصيف الجديد صار أعرض من القديم بمترين كاملين وفيه",
        "مقاعد للمارة ومصابيح تعمل بضوء الشمس طوال الليل.",
    ]
    assert _draft("\n".join([TITLE, *lines])).article.body == " ".join(lines)


def test_a_sentence_from_which_the_next_goes_on_is_no_headline() -> None:
    first = "أعلنت البلدية فتح الطريق الساحلي أمام السيارات كلها."
    article = _draft(f"{first}\nوقال رئيسها إن العمل استغرق ستة أشهر كاملة.").article
    assert article.title_status == "generated"
    assert article.body.startswith(first)


def test_headlines_with_three_spaces_between_them_are_parted_too() -> None:
    others = "وظائف لدى الكهرباء   الشباب يفوز بالكأس   تأجيل الرحلات   معرض للخط"
    draft = _draft(f"{others}\n{TITLE}\n{BODY}")
    assert draft.article.title == TITLE
    assert [line.rule for line in draft.receipt.removed[:4]] == ["ticker"] * 4


def test_a_column_at_the_foot_with_writer_headline_and_day_dates_nothing() -> None:
    foot = "بقلم: سمر نجم\nعن مقاعد الحديقة القديمة\n09 أغسطس 2023"
    article = _draft(f"{TITLE}\n{BODY}\n{BODY.replace('الجسر', 'النفق')}\n{foot}").article
    assert article.date is None


def test_who_issued_a_statement_stands_above_its_headline() -> None:
    draft = _draft(f"مرصد الساحل للحقوق\nبيان: عام على إغلاق الطريق بلا تحقيق\n{BODY}")
    assert draft.article.title == "بيان: عام على إغلاق الطريق بلا تحقيق"
    assert draft.article.source is not None
    assert draft.article.source.name == "مرصد الساحل للحقوق"


def test_the_pages_own_address_on_its_first_line_dates_it() -> None:
    draft = _draft(f"https://paper.example/20251105/path-to-article.html\n{TITLE}\n{BODY}")
    assert draft.article.date == Moment(date(2025, 11, 5))
    below = _draft(f"{TITLE}\n{BODY}\n{BODY}\nhttps://paper.example/20251105/another.html")
    assert below.article.date is None


def test_a_day_after_who_posted_it_is_the_pages() -> None:
    draft = _draft(f"{TITLE}\nنشره admin في أحد, 01/26/2020 - 09:14\n{BODY}")
    assert draft.article.date == Moment(date(2020, 1, 26))


def test_a_double_kashida_ends_a_dateline() -> None:
    lead = f"القضارف 26 يناير 2020 ــ {BODY}"
    assert _draft(f"{TITLE}\n{lead}").article.date == Moment(date(2020, 1, 26))


def test_a_day_behind_the_headline_in_the_pages_own_name_dates_it() -> None:
    title = "فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر الشمالي"
    draft = _draft(f"KUNA : {title} - مجتمع - 12/03/2019\n{title}\n{BODY}")
    assert draft.article.date == Moment(date(2019, 3, 12))


def test_who_and_when_may_stand_below_a_standfirst() -> None:
    standfirst = (
        "أنهت البلدية أعمال الصيانة في الجسر الشمالي قبل موعدها،"
        " وعادت السيارات إلى الطريق الساحلي بعد ستة أشهر من الإغلاق."
    )
    draft = _draft(f"{TITLE}\n{standfirst}\n4 نيسان 2024، الخميس - 10:22\nصيدا - سمر نجم\n{BODY}")
    assert draft.article.date == Moment(date(2024, 4, 4))
    assert draft.article.authors == ("سمر نجم",)
    assert draft.article.body.startswith(standfirst)


def test_the_last_of_others_headlines_each_with_its_day_dates_nothing() -> None:
    others = (
        "افتتاح معرض الخط العربي في المكتبة\n2024/03/11\nبدء موسم قطاف الزيتون في الجبل\n2024/03/12"
    )
    assert _draft(f"{others}\n{TITLE}\n{BODY}").article.date is None


def test_an_outlet_that_speaks_at_the_foot_goes_before_the_agency_it_prints() -> None:
    draft = _draft(f"{TITLE}\n{BODY}\nالمصدر: رويترز\nتابعوا الجزيرة نت على فيسبوك")
    assert draft.article.source is not None
    assert draft.article.source.name == "الجزيرة نت"


def test_a_writers_trade_and_handle_are_no_part_of_the_name() -> None:
    draft = _draft(f"{TITLE}\nسمر نجم صحافية @samar\n{BODY}")
    assert draft.article.authors == ("سمر نجم",)


def test_a_short_line_below_others_headlines_heads_what_goes_on() -> None:
    links = (
        "اقرأ المزيد\nمدرجات الجنوب زراعة معلقة في السماء\nالقط العسيري يغادر الجدران إلى الحقائب"
    )
    draft = _draft(f"{TITLE}\n{BODY}\n{links}\nلماذا أغلق؟\n{BODY}")
    assert "لماذا أغلق؟" in draft.article.body
    assert "مدرجات" not in draft.article.body


def test_a_report_of_one_sentence_is_its_own_text() -> None:
    text = "أعلنت البلدية انتهاء صيانة الجسر القديم بعد ستة أشهر من الإغلاق."
    draft = _draft(text)
    assert (draft.article.body, draft.article.title_status) == (text, "generated")
    short = _draft(f"انتهاء صيانة الجسر\n{text}")
    assert (short.article.title, short.article.body) == ("انتهاء صيانة الجسر", text)


@pytest.mark.parametrize("line", ["من -", "من ،، ", "(من )", "من \u0650"])
def test_a_lone_from_names_nobody(line: str) -> None:
    assert _draft(f"{TITLE}\n{line}\n{BODY}").article.authors == ()


def test_an_outlet_that_calls_itself_by_its_host_is_known() -> None:
    outlet = Outlet("marsad", "مرصد الجبل", hosts=("m.example",))
    draft = _draft(f"{TITLE}\n{BODY}", ("outlet", "m.example", "meta"), outlets=[outlet])
    assert draft.article.source is not None
    assert draft.article.source.name == "مرصد الجبل"


def test_marks_in_the_words_of_a_page_are_no_markup() -> None:
    text = f"{TITLE}\n## قسم _أول_ و_ثان_\n- بند *مهم* و*آخر* في السطر\n{BODY}"
    raw = RawDocument("seeds/x.html", text, "ab" * 32, kind="page")

    body = draft_of(raw, outlet_directory()).article.body.split("\n\n")

    assert r"## قسم \_أول\_ و_ثان\_" in body
    assert r"- بند \*مهم\* و\*آخر\* في السطر" in body


def test_what_nobody_sees_is_dropped_from_text_and_facts_and_flagged() -> None:
    text = f"{TITLE}\n2010\x962011: أعلنت\u202e\x07 البلدية \x81ذلك.\n{BODY}"
    draft = _draft(text, ("author", "سالم\u2066 \x93علي\x94", "sidecar"))

    kept = article_text(draft.article)
    assert "2010–2011: أعلنت البلدية ذلك." in kept
    assert draft.article.authors == ("سالم “علي”",)
    assert not [c for c in "\u202e\u2066\x07\x81\x93\x94\x96" if c in kept]
    assert [(f.kind, f.text) for f in draft.article.flags if f.kind in {"bidi", "control"}] == [
        ("bidi", "U+202E"),
        ("control", "U+0007 U+0081"),
        ("control", "U+0096"),
        ("bidi", "U+2066"),
        ("control", "U+0093"),
        ("control", "U+0094"),
    ]


@pytest.mark.parametrize("mark", ["[", "![", "[a](", "*", "_a_", "`", "<5", "&#", "\\", "> ", "- "])
@pytest.mark.parametrize("kind", ["text", "markdown", "html", "page"])
def test_a_row_of_marks_holds_up_no_import(mark: str, kind: str) -> None:
    text = f"{TITLE}\n{BODY}\n{mark * (100_000 // len(mark))}\n{BODY} ثم."
    raw = RawDocument("seeds/x.txt", text, "ab" * 32, kind=kind)  # type: ignore[arg-type] # a kind

    assert BODY.split("\n", maxsplit=1)[0] in draft_of(raw, outlet_directory()).article.body


@pytest.mark.parametrize(
    ("title", "status", "day", "candidates"),
    [
        ("أسعار الذهب في دمشق الأحد 12 تشرين الأول 2025", "unknown", "", ("2025-10-12",)),
        ("مواعيد قطارات العيد - 20 نيسان 2023", "unknown", "", ("2023-04-20",)),
        ("تعرفة العبور على الجسر من 1/1/2022", "unknown", "", ("2022-01-01",)),
        ("وفيات الجمعة 11 شباط 2022", "unknown", "", ("2022-02-11",)),
        ("سعر الدولار اليوم الخميس 9 حزيران 2022", "exact", "2022-06-09", ()),
        ("حدث في مثل هذا اليوم 6 تشرين الأول 1973", "unknown", "", ()),
    ],
)
@pytest.mark.parametrize("told", [False, True], ids=["line", "field"])
def test_a_headline_that_holds_a_day_is_a_headline(
    title: str, status: str, day: str, candidates: tuple[str, ...], told: bool
) -> None:
    draft = _draft(BODY, ("title", title, "export")) if told else _draft(f"{title}\n\n{BODY}")
    info = draft.article.date_info
    assert (draft.article.title, draft.article.title_status) == (title, "outlet")
    assert (info.status, info.edtf, info.candidates) == (status, day, candidates)


def test_a_day_in_the_headline_that_the_text_calls_its_own_is_inferred() -> None:
    title = "أسعار الخضار في سوق الهال الأحد 12 تشرين الأول 2025"
    info = _draft(f"{title}\n\nسجلت الأسعار اليوم الأحد ارتفاعاً.\n{BODY}").article.date_info
    assert (info.status, info.edtf) == ("inferred", "2025-10-12")


def test_a_remembered_day_in_the_text_is_not_that_of_publication() -> None:
    told = "صمد الجسر في مثل هذا اليوم 6 تشرين الأول 1973 أمام القصف."
    assert _draft(f"{TITLE}\n\n{told}\n{BODY}").article.date is None


MARKS = (
    "| ",
    "- ",
    ". ",
    ": ",
    "، ",
    "/ ",
    "( ",
    "#ا ",
    "1 ",
    "12:30 ",
    "في ",
    "كلمة ",
    "| ا ",
    "99",
)


@pytest.mark.parametrize("mark", MARKS)
def test_no_pattern_of_furniture_runs_away(mark: str) -> None:
    for before, after in (("", ""), ("و", " ا"), ("كتب ", " !")):
        row = f"{before}{mark * 60}"[:120] + after
        for pattern, _ in shipped_rules().patterns:
            with time_limit(5):  # a thousand times what any takes
                re.fullmatch(pattern, row)


def test_a_word_in_its_own_right_is_no_misspelling() -> None:
    draft = _draft(
        f"{TITLE}\n\nقالت بلدية المرفأ والبلديات إن المهلة لازمة وفعلية.\n{BODY}\nما سبق ذكرة."
    )
    assert [flag.text for flag in draft.article.flags] == ["ذكرة"]


def test_a_sentence_that_says_the_headline_again_stays() -> None:
    told = "فُتح الطريق الساحلي بعد صيانته صباح اليوم."
    lines = (told, "وقالت البلدية إن العمل انتهى.", "ودعت السائقين إلى التمهل.")
    facts = (("title", "فتح الطريق الساحلي بعد صيانته", "json-ld"),)
    assert _draft("\n".join((TITLE, *lines)), *facts).article.body.split("\n\n") == list(lines)


def test_a_column_keeps_its_paragraph_and_its_contact_goes() -> None:
    column = f"{BODY} ".replace("\n", " ") * 3 + "ثم إلى متى نسأل؟…"
    contact = "للتواصل أرسل رسالة إلى الرقم 10001 تبدأ بالرمز 7"
    body = f"{column}\n\n{contact}"
    assert _draft(body, ("title", "حديث الجسر", "export")).article.body == column


def test_the_day_in_a_headline_that_is_repeated_is_no_time_stamp() -> None:
    title = "رسوم عبور الجسر من 1 كانون الثاني 2022"
    lines = (f"{title} | مرآة الشرق", title, "13/10/2025", BODY)
    info = _draft("\n".join(lines), ("title", title, "h1")).article.date_info
    assert (info.status, info.edtf) == ("exact", "2025-10-13")


def test_a_time_stamp_with_the_day_of_the_headline_is_one() -> None:
    title = "أسعار الذهب في دمشق الأحد 12 تشرين الأول 2025"
    article = _draft(f"{title}\n12 تشرين الأول 2025\n{BODY}", ("title", title, "h1")).article
    assert (article.date_info.status, article.date_info.edtf) == ("exact", "2025-10-12")
    assert article.body.startswith(BODY[:20])


def _source(text: str, *facts: tuple[str, str, str]) -> str:
    source = _draft(text, *facts).article.source
    return source.name if source else ""


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("جميع الحقوق محفوظة لصحيفة نبض الساحل - تصميم وبرمجة شركة مدى", "صحيفة نبض الساحل"),
        ("حقوق النشر © 2020 بوابة القلعة، جميع الحقوق محفوظة.", "بوابة القلعة"),
        ("اشترك في النشرة البريدية لموقع سهل الغاب", "سهل الغاب"),
        ("تابعوا أخبار شبكة النخيل الإخبارية على واتساب", "شبكة النخيل الإخبارية"),
        ("تابعونا عبر قناة سهل الغاب على تلغرام", "سهل الغاب"),
        ("نشر في صحيفة الضفاف بتاريخ 12 آذار 2014", "صحيفة الضفاف"),
        ("تابعونا على موقع فيسبوك", ""),
        ("تابعونا على موقع الوزارة الإلكتروني", ""),
        ("تابعونا على موقع الجريدة", ""),
        ("اقرأ أيضاً: صحيفة الضفاف تعود إلى الصدور", ""),
    ],
)
def test_an_outlet_on_no_list_is_known_where_its_page_speaks_to_readers(
    line: str, name: str
) -> None:
    assert _source(f"{TITLE}\n{BODY}\n{line}") == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("وقال شاهد لمراسل راديو الفرات إن الناس ينتظرون منذ الصباح.", "راديو الفرات"),
        ("وأصيب مراسل راديو الفرات في القصف.", ""),
        ("وقال الوزير في حديث لصحيفة الضفاف إن الخطة جاهزة.", ""),
        ("وقال شاهد لمراسل الجريدة إن الناس ينتظرون منذ الصباح.", ""),
        ("وقال المدير في تصريح لموقع الجريدة إن العمل مستمر.", ""),
    ],
)
def test_an_outlet_is_known_by_its_reporter_and_not_by_what_is_quoted(line: str, name: str) -> None:
    draft = _draft(f"{TITLE}\n{BODY}\n{line}")
    assert (draft.article.source.name if draft.article.source else "") == name
    assert not any("الجريدة" in cited.name for cited in draft.article.cited)


@pytest.mark.parametrize("line", ["مراسل الجريدة – حلب", "حلب – مراسل الجريدة", "مراسل الجريدة"])
def test_a_papers_own_reporter_without_a_name_is_nobody(line: str) -> None:
    article = _draft(f"{TITLE}\n{line}\n{BODY}").article
    assert (article.source, article.authors) == (None, ())


def test_an_issue_is_no_part_of_the_papers_name() -> None:
    assert _source(f"جريدة الضفاف العدد 1204\n\n{TITLE}\n\n{BODY}") == "جريدة الضفاف"


@pytest.mark.parametrize(
    ("head", "line", "name"),
    [
        ("الكرك – سهل الغاب", 'وأضاف في تصريح لـ"سهل الغاب" أن العمل مستمر.', "سهل الغاب"),
        ("سهل الغاب", "وقال شاهد لمراسل سهل الغاب إن الناس ينتظرون.", "سهل الغاب"),
        ("حلب – سهل الغاب – سمر نجم", "وعاد الناس إلى السوق.", "سهل الغاب"),
        ("جدة: «سهل الغاب»", "وعاد الناس إلى السوق.", "سهل الغاب"),
        ("سهل الغاب", "وزار الوفد سهل الغاب أمس ثم عاد.", ""),
        ("", 'وقدم الوزير الدعم لـ"سهل الغاب" أمس.', ""),
        ("شؤون محلية", "وأضاف في حديث مع جاره أن العمل مستمر.", ""),
        ("الهاتف", "حمّل تطبيق الهاتف المجاني", ""),
    ],
)
def test_a_short_name_is_an_outlets_where_two_places_agree(head: str, line: str, name: str) -> None:
    assert _source(f"{TITLE}\n{head}\n{BODY}\n{line}\nاترك تعليقاً") == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("حمّل تطبيق سهل الغاب", "سهل الغاب"),
        ("اشترك في النشرة البريدية لسهل الغاب، لتصلك الأخبار", "سهل الغاب"),
        ("حمّل تطبيق الهاتف", ""),
        ("تعبر المقالات عن رأي أصحابها", ""),
    ],
)
def test_an_app_or_a_newsletter_is_its_outlets(line: str, name: str) -> None:
    assert _source(f"{TITLE}\n{BODY}\n{line}") == name


def test_an_outlets_word_behind_a_given_name_makes_no_person() -> None:
    article = _draft(f"{TITLE}\nحلب – نبراس برس\n{BODY}").article
    assert article.authors == ()
    assert article.source is not None
    assert article.source.name == "نبراس برس"


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("لا تنسوا الإعجاب بصفحتنا ليصلكم كل جديد", False),
        ("إذا أعجبك الموضوع فشاركه مع أصدقائك", False),
        ("لإعلاناتكم معنا: 0933221100", False),
        ("يمكنكم متابعتنا على جميع المنصات باسم سهل", False),
        ("للتسجيل في الدورة يرجى الاتصال بالرقم 0933221100 قبل نهاية الشهر.", True),
        ("شاركونا الفرح يوم الجمعة في ساحة البلدية.", True),
        ("هاتوا أيديكم نزرع هذه الأرض معنا.", True),
    ],
)
@pytest.mark.parametrize("below", ["", "\nاترك تعليقاً"])
def test_a_line_at_the_foot_that_asks_readers_for_something_goes(
    line: str, stays: bool, below: str
) -> None:
    body = _draft(f"{TITLE}\n{BODY}\n{line}{below}").article.body
    assert (line in body) is stays


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("«الجزيرة نت» صوت من لا صوت له", False),
        ("الجزيرة نت منصة مستقلة لا تبتغي الربح.", False),
        ("الجزيرة نت لم تتلق رداً من الوزارة.", True),
        ("وتحققت الجزيرة نت من الصور.", True),
    ],
)
def test_what_an_outlet_says_of_itself_below_the_article_goes(line: str, stays: bool) -> None:
    assert (line in _draft(f"{TITLE}\nالجزيرة نت – خاص\n{BODY}\n{line}").article.body) is stays


def test_an_outlet_is_known_by_its_bare_host_at_the_top() -> None:
    outlet = Outlet("marsad", "مرصد الجبل", hosts=("m.example",))
    source = _draft(f"m.example\n{TITLE}\n{BODY}", outlets=[outlet]).article.source
    assert source is not None
    assert source.name == "مرصد الجبل"


def test_a_version_of_a_site_is_no_part_of_its_name() -> None:
    facts = (
        ("title", TITLE, "meta"),
        ("page-title", f"{TITLE} - تهامة بوست - نسخة الجوال", "title"),
    )
    assert _source(f"{TITLE}\n{BODY}", *facts) == "تهامة بوست"


@pytest.mark.parametrize(
    "line",
    [
        "السنة 138 العدد 46458 الأحد 16 فبراير 2014",
        "Sun. 15 Sep. 2019 issue (4211)",
        "الاستقبال >أخبار >وطنية",
        "لاستلام أخبارنا على الواتساب اضغط هنا",
    ],
)
@pytest.mark.parametrize("title", [TITLE, "جسر جديد"])
def test_no_strip_path_or_request_is_the_headline(line: str, title: str) -> None:
    article = _draft(f"{line}\n{title}\n{BODY}\nاترك تعليقاً").article
    assert article.title == title
    assert line not in article.body


@pytest.mark.parametrize(
    "title", ["العدد 12 من مجلة الحي يصدر غداً", "السنة 2020 كانت الأقسى على المزارعين"]
)
def test_a_headline_that_holds_a_number_stays_one(title: str) -> None:
    assert _draft(f"{title}\n{BODY}").article.title == title


def test_an_article_is_not_its_own_next_story() -> None:
    lead = "يعود السوق إلى العمل بعد عامين من الإغلاق، وينتظر الباعة زبائنهم من القرى القريبة."
    first, second = BODY.split("\n")
    text = f"{TITLE}\n٠٧:٤١ بتوقيت غرينتش\n{lead}\nالعالم- العراق\n{first}\n{second.rstrip('.')}"
    assert second.rstrip(".") in _draft(text).article.body


@pytest.mark.parametrize(
    "line", ["الرقم المرجعي: م.س/بيان/41/2021", "الجمعة 19 نيسان 2024 أبوظبي الإمارات"]
)
def test_a_reference_number_or_a_day_between_places_is_no_headline(line: str) -> None:
    article = _draft(f"{line}\n{BODY}").article
    assert article.title_status == "generated"


def test_replies_below_a_text_of_one_paragraph_are_none_of_it() -> None:
    replies = "• 1 مواطن\n16-04-2019 09:12 AM\nكلام سليم\n• 2 ابن الحي\n16-04-2019 11:40 AM\nصدقت"
    text = BODY.replace("\n", " ")
    assert _draft(f"{TITLE}\n{text}\n{replies}\nأضف تعليقاً").article.body == text


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("كاتب وباحث في شؤون المدن", False),
        ("(214) هل أعجبتك المقالة (198)", False),
        ("منبر غير ربحي، ادعمنا", False),
        ("كاتب الرسالة لم يعرف.", True),
        ("كاتب واحد ظل يكتب حتى الفجر.", True),
    ],
)
def test_below_a_short_text_its_pages_lines_go(line: str, stays: bool) -> None:
    text = BODY.replace("\n", " ")
    assert (line in _draft(f"{TITLE}\n3/5/2019\n{text}\n{line}").article.body) is stays


def test_a_writer_signs_a_single_paragraph() -> None:
    text = BODY.replace("\n", " ")
    article = _draft(f"{TITLE}\nنشر في: 3/5/2019\n{text}\nسمر نجم").article
    assert (article.authors, article.body) == (("سمر نجم",), text)


def test_behind_a_headline_the_last_name_is_the_sites_and_a_section_is_none() -> None:
    for behind, name in (
        ("محليات - شبكة النخيل الإخبارية", "شبكة النخيل الإخبارية"),
        ("أخبار محلية", ""),
    ):
        facts = (("title", TITLE, "meta"), ("page-title", f"{TITLE} - {behind}", "title"))
        assert _source(f"{TITLE}\n{BODY}", *facts) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("تصميم وتطوير: مدى سوفت | جميع الحقوق محفوظة لدى موقع دروب الخير", "دروب الخير"),
        ("عن جريدة الضفاف", "جريدة الضفاف"),
    ],
)
def test_neither_designer_nor_preposition_is_the_outlets_name(line: str, name: str) -> None:
    assert _source(f"{TITLE}\n{BODY}\n{line}") == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (f"ظهرت المقالة {TITLE} أولاً على موقع سهل الغاب.", "سهل الغاب"),
        (f"التدوينة {TITLE} ظهرت أولاً على شبكة النخيل.", "شبكة النخيل"),
        ("وأضاف أن الشمس ظهرت أولاً على القمم ثم نزلت إلى السهل.", ""),
        ("وقال إن عليه أولاً أن يعيد بناء البيت على مهل.", ""),
    ],
)
def test_what_wordpress_puts_below_a_feeds_items_names_the_outlet(line: str, name: str) -> None:
    draft = _draft(f"{TITLE}\n{BODY}\n{line}")
    assert (draft.article.source.name if draft.article.source else "") == name
    assert (line in draft.article.body) is (not name)


def test_the_page_data_notice_of_rights_names_its_outlet() -> None:
    assert _source(f"{TITLE}\n{BODY}", ("rights", "صحيفة الضفاف", "meta")) == "صحيفة الضفاف"


def test_an_editors_office_is_no_part_of_his_name() -> None:
    assert _draft(f"{TITLE}\n{BODY}\nتحرير زوين طربيه").article.authors == ("زوين طربيه",)
