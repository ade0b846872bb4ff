import json

import pytest
import trafilatura

from warraq.seeds.bodies.cms_body import body_of
from warraq.seeds.pages.saved_page import page_of, parts

P1 = "<p>افتتحت البلدية حديقة جديدة في حي الجسر بعد عامين من العمل على تأهيل أرضها المهملة.</p>"
P2 = "<p>وقال رئيس البلدية إن الحديقة تضم ملعباً للأطفال ومقاعد وممرات للمشي وأشجاراً معمرة.</p>"
P3 = "<p>وتستعد البلدية لافتتاح حديقتين أخريين في الأحياء الشمالية قبل نهاية العام الحالي.</p>"


def _page(head: str = "", above: str = "", inside: str = "", below: str = "") -> str:
    return (
        f"<html><head><title>افتتاح حديقة الجسر | مرآة الحي</title>{head}</head><body>{above}"
        f"<div class='main'><h1>افتتاح حديقة الجسر</h1><div class='post-content'>{P1}{inside}{P2}{P3}"  # noqa: E501
        f"</div></div>{below}</body></html>"
    )


def _fact(page: str, key: str) -> list[str]:
    return [f.value for f in parts(page)[1] if f.key == key]


def test_the_article_is_where_the_paragraphs_are() -> None:
    text, _ = parts(_page(above="<ul><li><a>الرئيسية</a></li></ul>", below="<div>ذيل الصفحة</div>"))
    lines = text.split("\n")
    assert lines[0] == "افتتاح حديقة الجسر"
    assert len(lines) == 4
    assert lines[-1].startswith("وتستعد البلدية")


def test_blocks_of_nothing_but_links_are_left_out_and_told() -> None:
    text, facts = parts(_page(inside="<div><a href='/1'>خبر آخر لا شأن له بهذا</a></div>"))
    assert "خبر آخر" not in text
    assert [f.value for f in facts if f.key == "dropped"] == ["خبر آخر لا شأن له بهذا", "/1"]


def test_a_link_inside_a_sentence_stays() -> None:
    assert "نص رابط طويل" in parts(_page(inside="<p>قبل <a>نص رابط طويل</a> وبعده كلام.</p>"))[0]


def test_a_class_that_names_furniture_does_not_cost_the_body() -> None:
    page = _page().replace("class='main'", "class='main sidebar-right social'")
    assert len(parts(page)[0].split("\n")) == 4


def test_facts_come_from_json_ld_before_meta() -> None:
    head = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"عنوان",'
        '"datePublished":"2024-05-06T07:00:00Z","publisher":{"@type":"Organization",'
        '"name":"مرآة الحي"},"author":[{"@type":"Person","name":"سمر نجم"}]}</script>'
        '<meta property="article:published_time" content="2024-05-07">'
        '<link rel="canonical" href="https://mirror.example/a/1">'
    )
    page = _page(head)
    assert _fact(page, "date") == ["2024-05-06T07:00:00Z", "2024-05-07"]
    assert _fact(page, "outlet") == ["مرآة الحي"]
    assert _fact(page, "author") == ["سمر نجم"]
    assert _fact(page, "url") == ["https://mirror.example/a/1"]
    assert _fact(page, "title")[0] == "افتتاح حديقة الجسر"


def test_broken_json_ld_and_hostile_addresses_are_passed_over() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
        '<link rel="canonical" href="javascript:alert(1)">'
    )
    assert _fact(_page(head), "url") == []
    assert _fact(_page(head), "date") == []


def test_the_address_a_browser_noted_when_saving_is_known() -> None:
    page = "<!-- saved from url=(0025)https://www.mirror.example/x -->" + _page()
    assert _fact(page, "url") == ["https://www.mirror.example/x"]


def test_scripts_and_styles_never_reach_the_text() -> None:
    inside = "<script>alert('x')</script><style>p{color:red}</style><p onclick='x()'>كلام باقٍ.</p>"
    text = parts(_page(inside=inside))[0]
    assert "alert" not in text
    assert "color" not in text
    assert "كلام باقٍ." in text


def test_pages_that_are_no_pages_do_not_break() -> None:
    for page in ("", "<", "<html></html>", "<p>" * 500, "plain", "<!doctype html><body>كلمة"):
        assert isinstance(parts(page)[0], str)


def test_the_notice_of_rights_at_the_foot_is_a_fact() -> None:
    page = (
        "<html><body><p>نص</p><footer>© 2024 جميع الحقوق محفوظة لموقع المرآة</footer></body></html>"
    )
    assert _fact(page, "rights") == ["© 2024 جميع الحقوق محفوظة لموقع المرآة"]


def test_the_one_day_near_the_article_is_the_articles() -> None:
    time = "<time datetime='2024-05-03T10:00:00+03:00'>منذ عام</time>"
    assert _fact(_page(inside=time), "date") == ["2024-05-03T10:00:00+03:00"]
    assert _fact(_page(inside=f"{time}<time datetime='2023-01-01'>قبل ذلك</time>"), "date") == []
    named = "<div class='field-date'>الجمعة 3 مايو 2024</div>"
    assert _fact(_page(inside=named), "date") == ["الجمعة 3 مايو 2024"]


def test_a_day_above_the_headline_or_in_another_articles_card_is_not() -> None:
    time = "<time datetime='2024-05-03T10:00:00+03:00'>منذ عام</time>"
    for page in (_page(above=time), _page(below=time), _page(inside=f"<ul><li>{time}</li></ul>")):
        assert _fact(page, "date") == []


def test_logo_and_links_tell_whose_page_it_is() -> None:
    links = "".join(f"<a href='https://mirror.example/{n}'>رابط {n}</a>" for n in range(4))
    page = _page(above=f"<img src='/logo.png' alt='مرآة الحي'><div>{links}</div>")
    assert _fact(page, "logo") == ["مرآة الحي"]
    assert _fact(page, "host") == ["https://mirror.example/"]
    own = _page(head="<link rel='canonical' href='https://m.example/1'>", above=f"<p>{links}</p>")
    assert _fact(own, "host") == []


def test_an_introduction_in_a_block_of_its_own_stays_with_the_text() -> None:
    body = f"<div class='itemIntroText'>{P1}</div><div class='itemFullText'>{P2}{P3}</div>"
    text = parts(_page().replace(P1 + P2 + P3, body))[0]
    assert [line[:6] for line in text.split("\n")[1:]] == [p[3:9] for p in (P1, P2, P3)]


def test_a_standfirst_and_points_above_the_text_are_no_body() -> None:
    points = "<div><h3>أبرز النقاط</h3><ul><li>ملعب ومقاعد</li></ul></div>"
    dek = "<p>حديقة في أرض أهملت أعواماً طويلة</p>"
    page = _page(inside=points).replace("</h1>", f"</h1>{dek}")
    text, facts = parts(page)
    assert "ملعب ومقاعد" not in text
    assert "أرض أهملت" not in text
    assert "حديقة في أرض أهملت أعواماً طويلة" in [f.value for f in facts if f.key == "dropped"]


def test_a_field_with_summary_is_no_summary() -> None:
    name = "field field-name-body field-type-text-with-summary"
    assert "ملعباً للأطفال" in parts(_page().replace("post-content", name))[0]


def test_captions_beside_pictures_are_no_body_but_a_paragraph_with_a_picture_is() -> None:
    box = "<div><img src='1.jpg'><span>أطفال في الحديقة. رويترز</span></div>"
    text, facts = parts(_page(inside=box + "<p><img src='2.jpg'>وللحديقة باب واحد.</p>"))
    assert "أطفال في الحديقة" not in text
    assert "وللحديقة باب واحد." in text
    assert [f.value for f in facts if f.basis == "caption"] == ["أطفال في الحديقة. رويترز"]


def test_a_box_under_a_label_goes_with_its_summaries() -> None:
    summary = "كلام عن خبر آخر " * 9
    more = f"<div><b>مقالات ذات صلة</b><div><a>خبر آخر</a><p>{summary}</p></div></div>"
    assert "كلام عن خبر" not in parts(_page(inside=more))[0]


def test_days_of_other_articles_on_the_page_are_none_of_this_one() -> None:
    other = (
        '<script type="application/ld+json">{"@type":"NewsArticle",'
        '"headline":"المهرجان يعود إلى وهران","datePublished":"2025-11-19"}</script>'
    )
    below = (
        "<article><h1>مهرجان</h1><time class='entry-date' datetime='2025-11-19'></time></article>"
    )
    page = _page(other, below=below).replace(
        "class='main'", "itemtype='https://schema.org/Article'"
    )
    assert _fact(page, "date") == []


def test_systems_name_the_day_of_the_article() -> None:
    date = "<span class='itemDateCreated'>الأربعاء، 12 تشرين2/نوفمبر 2025 07:41</span>"
    assert _fact(_page().replace("<h1>", date + "<h1>"), "date") == [
        "الأربعاء، 12 تشرين2/نوفمبر 2025 07:41"
    ]


def test_the_source_named_below_the_text_comes_along() -> None:
    page = _page().replace("</div></div></body>", "</div><p>المصدر: مرآة الشرق</p></div></body>")
    assert parts(page)[0].split("\n")[-1] == "المصدر: مرآة الشرق"


def test_the_heading_over_the_text_is_the_headline_where_the_head_names_only_the_site() -> None:
    page = _page().replace("<title>افتتاح حديقة الجسر | مرآة الحي", "<title>مرآة الحي")
    page = page.replace("<h1>افتتاح حديقة الجسر</h1>", "<h3>افتتاح حديقة في حي الجسر</h3>")
    assert _fact(page, "title") == ["افتتاح حديقة في حي الجسر"]


@pytest.mark.parametrize(
    "names", [("itemIntroText", "itemFullText"), ("intro", "suite"), ("a", "b")]
)
def test_a_long_introduction_in_a_block_of_its_own_is_kept(names: tuple[str, str]) -> None:
    lead = "<p>" + P1[3:-5] + "، و" * 1 + " ".join(["كلمة"] * 40) + ".</p>"
    body = f"<div class='{names[0]}'>{lead}</div><div class='{names[1]}'>{P2}{P3}{P1}</div>"
    text = parts(_page().replace("post-content", "item").replace(P1 + P2 + P3, body))[0]
    assert "كلمة كلمة" in text
    assert text.split("\n")[-1] == P1[3:-4]


def test_a_second_part_of_the_text_in_another_block_is_kept() -> None:
    first, last = f"<div class='part-1 text'>{P1}{P2}</div>", f"<div class='part-2 text'>{P3}</div>"
    body = f"{first}<div class='ad-slot'></div>{last}"
    text = parts(_page().replace("post-content", "item").replace(P1 + P2 + P3, body))[0]
    assert text.split("\n")[-1] == P3[3:-4]


def test_a_paragraph_in_a_box_with_a_picture_is_kept() -> None:
    box = f"<div><img src='1.jpg'>{P3}</div>"
    assert P3[3:-4] in parts(_page().replace(P3, box))[0]


def test_a_whole_text_in_something_called_summary_is_kept() -> None:
    page = _page().replace("post-content", "summary").replace(P3, P3 + P1 * 2)
    assert P2[3:-4] in parts(page)[0]


def test_an_article_in_the_cell_beside_a_label_is_kept() -> None:
    text = "<br>".join(p[3:-4] for p in (P1, P2, P3))
    cells = f"<table><tr><td>أخبار ذات صلة</td><td>{text}</td></tr></table>"
    assert P2[3:-4] in parts(_page().replace(P1 + P2 + P3, cells))[0]


def test_the_time_in_the_article_below_its_headline_is_its_own() -> None:
    time = "<article><time class='entry-date' datetime='2025-10-03'></time>"
    page = (
        _page().replace("</h1>", f"</h1>{time}").replace("</div></div>", "</div></article></div>")
    )
    assert _fact(page, "date") == ["2025-10-03"]


def test_a_badge_inside_the_headline_is_none_of_it() -> None:
    title = "افتتاح حديقة الجسر بعد عامين"
    page = _page(head=f"<meta property='og:title' content='{title}'>")
    page = page.replace("افتتاح حديقة الجسر</h1>", f"{title}<span><sup>مميز</sup></span></h1>")
    assert _fact(page, "title")[0] == title


def test_drupal_tells_the_day_in_rdfa() -> None:
    told = (
        "<span property='dc:date dc:created' content='2020-01-26T09:14:02+03:00'>نشره المحرر</span>"
    )
    assert _fact(_page(above=told), "date") == ["2020-01-26T09:14:02+03:00"]


@pytest.mark.parametrize(
    "box",
    [
        "<div><h3><strong>اقرأ أيضا</strong></h3><ul><li><a>خبر آخر</a></li></ul></div>",
        "<div><div><span><b>اقرأ أيضا</b></span></div><ul><li><a>خبر آخر</a></li></ul></div>",
        "<section><h2>مقالات ذات صلة</h2><div><h3>شاهد أيضا</h3><a>خبر</a></div></section>",
    ],
)
def test_a_label_in_elements_of_its_own_is_one_label(box: str) -> None:
    assert len(body_of(f"{P1}{box}{P2}{P3}").blocks) == 3
    text, facts = parts(_page(inside=box))
    assert len(text.split("\n")) == 4
    assert len([f.value for f in facts if f.key == "dropped"]) == 1


def test_a_label_that_heads_the_whole_body_costs_nothing() -> None:
    assert len(body_of(f"<h3><b>اقرأ أيضا</b></h3>{P1}{P2}{P3}").blocks) >= 3


@pytest.mark.parametrize(
    "head",
    [
        "<meta name='publisher' content='مجلة رواق'>",
        "<meta name='apple-mobile-web-app-title' content='مجلة رواق'>",
        "<link rel='alternate' type='application/rss+xml' title='مجلة رواق &raquo; الخلاصة'>",
        "<link rel='search' title='بحث مجلة رواق'>",
        '<script type="application/ld+json">{"@type":"Organization","name":"مجلة رواق"}</script>',
    ],
)
def test_a_page_tells_machines_what_its_site_is_called(head: str) -> None:
    assert _fact(_page(head), "site") == ["مجلة رواق"]


@pytest.mark.parametrize(
    ("above", "names"),
    [
        ("<p class='site-title'><a href='/'>مجلة رواق</a></p>", ["مجلة رواق"]),
        ("<a class='logo' href='/' title='مجلة رواق'></a>", ["مجلة رواق"]),
        ("<p class='site-title'><a href='/'>الصفحة الرئيسية</a></p>", []),
        ("<link rel='alternate' type='application/rss+xml' title='أخبار محلية'>", []),
    ],
)
def test_a_sites_name_stands_where_themes_put_it(above: str, names: list[str]) -> None:
    assert _fact(_page(above=above), "site") == names


OWN = "<link rel='canonical' href='https://mirror.example/2024/garden'>"
LONG = "وقال رئيس البلدية إن الحديقة تضم {} ومقاعد وممرات للمشي وأشجاراً معمرة."


def _forms(inside: str) -> list[str]:
    """Return the Markdown of what stands inside the article, without the paragraphs around."""
    page = page_of(_page(head=OWN, inside=inside))
    every = dict(enumerate(zip(page.text.split("\n"), page.forms or [""] * 99, strict=False)))
    return [form or text for text, form in list(every.values())[2:-2]]


@pytest.mark.parametrize(
    ("shown", "form"),
    [
        ("<a href='/x?utm_source=y'>ملعباً</a>", "[ملعباً](https://mirror.example/x?utm_source=y)"),
        ("<a href='https://b.example/(1)'>[ملعباً]</a>", r"[\[ملعباً\]](https://b.example/%281%29)"),
        ("<a href='mailto:a@b.example'>ملعباً</a>", "[ملعباً](mailto:a@b.example)"),
        ("<a href='#top'>ملعباً</a>", "ملعباً"),
        ("<a href='https://mirror.example/2024/garden#top'>ملعباً</a>", "ملعباً"),
        ("<a href='javascript:x()'>ملعباً</a>", "ملعباً"),
        ("<a href='data:text/html,x'>ملعباً</a>", "ملعباً"),
        ("<a href='https://me:secret@b.example/'>ملعباً</a>", "ملعباً"),
        ("<a href='/x'> </a>ملعباً", "ملعباً"),
        ("<strong>ملعباً</strong>", "**ملعباً**"),
        ("<i>ملعباً </i>كبيراً", "*ملعباً* كبيراً"),
        ("<b><a href='/x'>ملعباً</a></b>", "**[ملعباً](https://mirror.example/x)**"),
        ("<a href='/x'>ملعباً <b>كبيراً</b></a>", "[ملعباً كبيراً](https://mirror.example/x)"),
        ("<b>5 * 4</b> أمتار", "5 * 4 أمتار"),
        ("<b></b>ملعباً", "ملعباً"),
    ],
)
def test_links_and_emphasis_of_a_page_are_kept(shown: str, form: str) -> None:
    assert _forms(f"<p>{LONG.format(shown)}</p>") == [LONG.format(form)]


@pytest.mark.parametrize(
    "theme",
    [
        f"<p><strong>{LONG.format('ملعباً')}</strong></p>",
        f"<p><b>الرياض - واس:</b> {LONG.format('ملعباً')}</p>",
        f"<p><b>الرياض</b> – {LONG.format('ملعباً')}</p>",
        "<p>المساحة: <b>ألفا متر</b></p>",
        "<h3>ما في <b>الحديقة</b> من ملاعب ومقاعد وأشجار معمرة</h3>",
    ],
)
def test_emphasis_that_is_the_themes_is_not(theme: str) -> None:
    assert "*" not in "".join(_forms(theme))
    assert "*" not in "".join(block.markdown for block in body_of(theme).blocks)


def test_lists_tables_and_verse_of_a_page_keep_their_form() -> None:
    rows = "<tr><th>البند<th>السعر<tr><td><a href='/t'>شجر</a><td><tr><td>حجر<td>2"
    assert _forms(
        "<ol start='3'><li>ملعب<ul><li>للصغار</li></ul></li><li><p>مقاعد</p><p>كلها</p></li></ol>"
        "<blockquote><p>لكم</p><ul><li>ولهم</li></ul></blockquote>"
        f"<table>{rows}</table><pre>يا دار مية\nأقوت وطال</pre>"
    ) == [
        "3. ملعب",
        "    - للصغار",
        "4. مقاعد",
        "    كلها",
        "> لكم",
        "> - ولهم",
        "| البند | السعر |\n|---|---|",
        "| [شجر](https://mirror.example/t) |  |",
        "| حجر | 2 |",
        "يا دار مية<br>\nأقوت وطال",
    ]


def test_a_pointer_to_another_article_goes_with_its_address() -> None:
    page = page_of(_page(head=OWN, inside="<p>اقرأ أيضاً: <a href='/2'>خبر آخر عن الحي</a></p>"))
    assert "خبر آخر" not in page.text
    told = [fact.value for fact in page.facts if fact.key == "dropped"]
    assert told == ["اقرأ أيضاً: خبر آخر عن الحي", "https://mirror.example/2"]


def test_a_pages_own_base_completes_its_addresses() -> None:
    head = f"{OWN}<base href='https://files.example/2024/'>"
    page = page_of(_page(head=head, inside=f"<p>{LONG.format('<a href=x.pdf>ملعباً</a>')}</p>"))
    assert "(https://files.example/2024/x.pdf)" in "".join(page.forms)


def test_an_address_that_holds_a_file_is_told_by_its_beginning() -> None:
    link = f"<a href='data:text/plain;base64,{'QUJD' * 5000}'>ملعباً</a>"
    page = page_of(_page(inside=f"<p>{LONG.format(link)}</p>"))
    (told,) = (fact.value for fact in page.facts if fact.key == "dropped")
    assert told.startswith("data:text/plain")
    assert len(told) == 2000


def _is_another_asked(page: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    asked: list[str] = []

    def extracted(text: str, **_: object) -> str:
        asked.append(text)
        return ""

    with monkeypatch.context() as patched:
        patched.setattr(trafilatura, "extract", extracted)
        page_of(page)
    return bool(asked)


TEXT = f"<p>{P1[3:-5]}، {P2[3:-4]}</p>"
WHOLE = _page().replace(P1 + P2 + P3, TEXT * 4)


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        (WHOLE, False),
        (WHOLE.replace("</body>", f"<div>{'<h5>خبر آخر</h5>' * 20}</div></body>"), False),
        (WHOLE.replace("</body>", f"<a href='/1'>{TEXT[3:-4]}</a></body>"), False),
        (WHOLE.replace("</body>", f"<div class='comments'>{TEXT}</div></body>"), True),
        (WHOLE.replace(TEXT * 4, TEXT * 2), True),
        (WHOLE.replace(TEXT * 4, TEXT * 4 + "<div>كلمة</div>" * 30), True),
        (f"<title>افتتاح حديقة الجسر</title>{TEXT * 4}", True),
        (_page(), True),
    ],
)
def test_another_reading_is_asked_for_unless_one_element_holds_the_prose(
    page: str, asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _is_another_asked(page, monkeypatch) is asked


@pytest.mark.parametrize(("more", "asked"), [("", False), (" وقد حضر الأهالي." * 5, True)])
def test_another_reading_is_not_asked_for_where_the_data_say_the_same(
    more: str, asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = " ".join(text[3:-4] for text in (P1, P2, P3, P2))
    told = {"@type": "NewsArticle", "headline": "افتتاح حديقة الجسر", "articleBody": body + more}
    head = f"<script type='application/ld+json'>{json.dumps(told)}</script>"
    assert _is_another_asked(_page(head, inside=P2), monkeypatch) is asked
