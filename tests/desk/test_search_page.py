"""The editors' search in the desk by HTTP: what it shows, what is chosen there, and pages of it."""

import re
from urllib.parse import quote

import pytest
from lxml import html
from tests.desk.editor import ARTICLE, Editor
from tests.preview.served import Served

from warraq.desk.chosen_articles import MOST_CHOSEN
from warraq.desk.search_page import ON_A_PAGE

MANY = 2 * ON_A_PAGE + 3


def of(query: str, rest: str = "") -> str:
    return f"/-/search?q={quote(query)}{rest}"


@pytest.fixture
def reader(editor: Editor) -> Editor:
    """An editor whose archive has pages of articles on one word."""
    folder = editor.served.site / "content/articles/zz"
    folder.mkdir()
    for number in range(MANY):
        text = f'---\nid: "zz{number:06}"\ntitle: لؤلؤة {number}\n---\n\nخبر عن اللؤلؤ.\n'
        (folder / f"zz{number:06}.md").write_text(text, "utf-8")
    return editor


def ids(page: str) -> list[str]:
    found = html.fromstring(page).xpath("//input[@name='id' and @type='checkbox']/@value")
    return [str(one) for one in found]


def test_a_hit_leads_to_its_form_and_to_its_page(editor: Editor) -> None:
    response, page = editor.get(of("أبوقصرة"))

    assert response.status == 200
    assert f'<a href="/-/edit/{ARTICLE}">' in page
    assert f'<a href="/n/{ARTICLE}/">' in page
    assert "<mark>" in page
    assert "2025-10-12" in page
    assert "script-src 'self'" in (response.getheader("content-security-policy") or "")


def test_without_the_cookie_nothing_is_found(served: Served) -> None:
    response, body = served.get(of("أبوقصرة"))

    assert (response.status, ARTICLE.encode() in body) == (403, False)


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}"]
)
def test_what_is_typed_stays_text(editor: Editor, typed: str) -> None:
    response, page = editor.get(of(typed))

    shown = html.fromstring(page)
    assert response.status == 200
    assert [script.get("src") for script in shown.iter("script")] == ["/-/desk/search.js"]
    assert shown.xpath("//img") == []
    assert shown.get_element_by_id("q").get("value") == typed


def test_what_an_article_says_stays_text(editor: Editor) -> None:
    editor.text = editor.text.replace("\n---\n", "\n---\n\n1 < 2 & 3 لؤي\n", 1)

    _, page = editor.get(of("لؤي"))

    assert "1 &lt; 2 &amp; 3 <mark>لؤي</mark>" in page


def test_what_of_a_query_cannot_be_read_is_said(editor: Editor) -> None:
    _, page = editor.get(of("nofield:لقاء أبوقصرة"))

    assert 'class="note"' in page
    assert "nofield" in page
    assert 'name="all"' not in page, "nothing is changed by a query that was read otherwise"


@pytest.mark.parametrize("path", ["/-/search", "/-/search?q=", "/-/search?q=%20&page=x&id=../x"])
def test_before_a_query_there_is_only_the_form(editor: Editor, path: str) -> None:
    response, page = editor.get(path)

    assert (response.status, 'id="q"' in page, 'id="found"' in page) == (200, True, False)


def test_an_article_without_a_page_is_said_to_have_none(reader: Editor) -> None:
    folder = reader.served.site / "content/articles/zz"
    (folder / "broken.md").write_text('---\nid: "no"\ntitle: غضروف\n---\n\nنص\n', "utf-8")

    _, page = reader.get(of("غضروف"))

    assert "no page in the preview" in page
    assert ids(page) == []


def test_pages_show_every_hit_once(reader: Editor) -> None:
    pages = [reader.get(of("لؤلؤة", f"&page={number}"))[1] for number in (1, 2, 3, 4)]

    found = [ids(page) for page in pages]
    assert [len(each) for each in found] == [ON_A_PAGE, ON_A_PAGE, 3, 0]
    assert len({one for each in found for one in each}) == MANY
    assert f"{MANY} articles found" in pages[0]


def test_what_is_chosen_survives_paging(reader: Editor) -> None:
    _, first = reader.get(of("لؤلؤة"))
    here = ids(first)[0]

    _, second = reader.get(of("لؤلؤة", f"&id={here}&page=2"))
    shown = html.fromstring(second)
    assert shown.xpath("//input[@type='hidden' and @name='id']/@value") == [here]
    _, back = reader.get(of("لؤلؤة", f"&id={here}&page=1"))
    assert html.fromstring(back).xpath("//input[@name='id' and @checked]/@value") == [here]


def test_the_most_that_can_be_chosen_one_by_one_fit_an_address(reader: Editor) -> None:
    chosen = "".join(f"&id=z{number:015}" for number in range(MOST_CHOSEN))

    response, page = reader.get(of("لؤلؤة", chosen))

    assert response.status == 200
    assert len(re.findall(r'type="hidden" name="id"', page)) == MOST_CHOSEN


def test_a_query_is_narrowed_by_a_link(reader: Editor) -> None:
    _, page = reader.get(of("لؤلؤة"))
    links = html.fromstring(page).xpath("//p[@class='narrow']/a/@href")

    totals = [html.fromstring(reader.get(link)[1]).xpath("//h2")[0].text for link in links]

    every = f"{MANY} articles found"
    assert ["Nothing found" in total for total in totals] == [True, True, False, False]
    assert totals[2:] == [every, every]


def test_what_has_all_words_is_counted_and_listed_apart(reader: Editor) -> None:
    for number in (3, 40):
        file = reader.served.site / f"content/articles/zz/zz{number:06}.md"
        file.write_text(file.read_text("utf-8") + "\nوصل الغواصون.\n", "utf-8")

    _, page = reader.get(of("لؤلؤ غواصون"))

    shown = html.fromstring(page)
    assert ids(page)[:2] == ["zz000003", "zz000040"]
    assert [len(one.findall("li")) for one in shown.xpath("//form[@id='found']/ol")] == [
        2,
        ON_A_PAGE - 2,
    ]
    assert f"({MANY - 2})" in shown.xpath("//h2[@class='less']")[0].text
    _, second = reader.get(of("لؤلؤ غواصون", "&page=2"))
    assert len(html.fromstring(second).xpath("//form[@id='found']/ol")) == 1
    _, nothing = reader.get(of("لؤلؤ لاشيءكهذا"))
    assert 'name="all"' not in nothing
    assert f"({MANY})" in html.fromstring(nothing).xpath("//h2[@class='total']")[0].text
