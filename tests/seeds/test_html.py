from warraq.seeds.html import fragment, parts

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
    assert [f.value for f in facts if f.key == "dropped"] == ["خبر آخر لا شأن له بهذا"]


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


def test_a_body_kept_as_html_becomes_lines() -> None:
    text, dropped = fragment("<p>أولى<br>ثانية</p><ul><li>بند</li></ul><p><a>رابط وحده هنا</a></p>")
    assert text.split("\n") == ["أولى", "ثانية", "- بند"]
    assert dropped == ["رابط وحده هنا"]


def test_headings_lists_quotations_and_tables_keep_their_shape() -> None:
    text, _ = fragment(
        "<p>قبل</p><h2>عنوان فرعي</h2><p>بعد</p><blockquote><p>قول</p></blockquote>"
        "<table><tr><th>المدينة</th><th>العدد</th></tr><tr><td>حلب</td><td>٣</td></tr></table>"
        "<p>ثم</p><ul><li>بند</li></ul>"
    )
    assert text.split("\n") == [
        "قبل", "## عنوان فرعي", "بعد", "> قول", "المدينة | العدد", "حلب | ٣", "ثم", "- بند"
    ]  # fmt: skip


def test_a_page_laid_out_in_a_list_or_a_table_is_no_list_and_no_table() -> None:
    long = "هذه فقرة طويلة من كلمات كثيرة لا تكون خلية في جدول بيانات أبداً مهما كانت."
    text, _ = fragment(f"<ul><li>{long}</li><li>{long}</li></ul>")
    assert text.split("\n") == [long, long]
    text, _ = fragment(f"<table><tr><td>قائمة</td><td>{long}</td></tr></table>")
    assert text.split("\n") == ["قائمة", long]


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
