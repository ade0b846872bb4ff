"""Front matter of other generators, as their documents show it; the words are made up."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from warraq.commands.check import check
from warraq.content.frontmatter import parse_article
from warraq.importer.run import import_seeds
from warraq.model import Article
from warraq.seeds import reader

BODY = """أعلنت بلدية الميناء فتح السوق القديم من جديد بعد انتهاء أعمال الترميم في سقفه الخشبي.

وقال رئيسها إن العمل استغرق سنة كاملة، وإن كلفته لم تتجاوز ما رُصد لها في الموازنة.
"""


def _facts(
    site: Path, head: str, body: str = BODY, name: str = "a.md"
) -> tuple[str, dict[str, list[str]]]:
    (site / "seeds").mkdir(exist_ok=True)
    (site / "seeds" / name).write_text(f"{head}\n{body}", "utf-8")
    raw = reader.read(site / "seeds" / name, site)
    told: dict[str, list[str]] = {}
    for fact in raw.facts:
        told.setdefault(fact.key, []).append(fact.value)
    return raw.text.strip(), told


def _article(site: Path) -> Article:
    (file,) = (site / "content" / "articles").rglob("*.md")
    article, problems = parse_article(file.read_text("utf-8"), file.name)
    assert article
    assert problems == []
    return article


YAML = """---
title: "ترميم السوق"
date: 2016-02-09 08:05 +0200
author:
  name: ليان سرور
tags: [أسواق, "ترميم"]
categories: [محليات, تراث]
summary: عاد السوق إلى أهله.
draft: no
layout: post
---
"""
TOML = """+++
title = 'ترميم السوق'
date = 2016-02-09T08:05:00+02:00
draft = true
aliases = ["/souq.html", "/?p=3"]
[taxonomies]
tags = ["أسواق", "ترميم"]
categories = ["محليات"]
[extra]
author = "ليان سرور"
+++
"""
JSON = """{
  "title": "ترميم السوق",
  "date": "2016-02-09",
  "author": "ليان سرور",
  "tags": ["أسواق", "ترميم"]
}
"""
PELICAN = """Title: ترميم السوق
Date: 2016-02-09 08:05
Category: محليات
Tags: أسواق، ترميم
Authors: ليان سرور; رامي حداد
Slug: souq-restored
Status: draft
Summary: عاد السوق
    إلى أهله.

"""
NOTE = """---
title: ترميم السوق
source: "https://paper.example/souq"
author:
  - "[[ليان سرور]]"
published: 2016-02-09
created: 2023-07-01
tags:
  - clippings
---
"""
ARABIC = """العنوان: ترميم السوق
التاريخ: 2016-02-09
الكاتب: ليان سرور
المصدر: مرسى اليوم

"""


@pytest.mark.parametrize("head", [YAML, TOML, JSON, PELICAN, NOTE, ARABIC])
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_the_head_of_a_post_is_told_and_leaves_the_text(
    tmp_path: Path, head: str, name: str
) -> None:
    text, told = _facts(tmp_path, head, name=name)
    assert text == BODY.strip()
    assert told["title"] == ["ترميم السوق"]
    assert told["author"][0] == "ليان سرور"
    assert told["date"][0].startswith("2016-02-09")


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (YAML, {"topic": ["أسواق", "ترميم", "تراث"], "section": ["محليات"],
                "date": ["2016-02-09T08:05+02:00"], "description": ["عاد السوق إلى أهله."],
                "dropped": ["layout: post"]}),
        (TOML, {"draft": ["draft"], "alias": ["/souq.html"], "dropped": ["/?p=3"],
                "section": ["محليات"], "topic": ["أسواق", "ترميم"]}),
        (PELICAN, {"author": ["ليان سرور", "رامي حداد"], "draft": ["draft"],
                   "alias": ["/souq-restored/"], "description": ["عاد السوق إلى أهله."]}),
        (NOTE, {"url": ["https://paper.example/souq"], "dropped": ["created: 2023-07-01"]}),
        (ARABIC, {"outlet": ["مرسى اليوم"]}),
    ],
)  # fmt: skip
def test_every_key_is_read_or_stands_in_the_receipt(
    tmp_path: Path, head: str, wanted: dict[str, list[str]]
) -> None:
    _, told = _facts(tmp_path, head)
    assert {key: told.get(key) for key in wanted} == wanted


@pytest.mark.parametrize(
    ("line", "is_draft"),
    [
        ("draft: true", True),
        ("draft: false", False),
        ("published: false", True),
        ("published: true", False),
        ("private: yes", True),
        ("status: published", False),
        ("status: hidden", True),
        ("password: سر", True),
    ],
)
def test_what_its_generator_does_not_publish_is_a_draft(
    tmp_path: Path, line: str, is_draft: bool
) -> None:
    _, told = _facts(tmp_path, f"---\ntitle: ترميم السوق\n{line}\n---\n")
    assert ("draft" in told) is is_draft
    assert "date" not in told


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("permalink: /2016/souq.html", ["/2016/souq.html"]),
        ("permalink: pretty", ["/محليات/2016/02/09/souq/"]),
        ("permalink: /:year/:i_month/:title/", ["/2016/2/souq/"]),
        ("url: /old/souq", ["/old/souq/"]),
        ("url: /old/souq\nslug: other", ["/old/souq/"]),
        ("slug: other", ["/other/"]),
        ("redirect_from:\n- /a/\n- /b.html", ["/a/", "/b.html"]),
        ("aliases: [اسم آخر]", []),
        ("layout: post", []),
    ],
)
def test_an_old_address_is_told_where_the_post_states_one(
    tmp_path: Path, line: str, wanted: list[str]
) -> None:
    head = f"---\ntitle: ترميم السوق\ncategory: محليات\n{line}\n---\n"
    _, told = _facts(tmp_path, head, name="2016-02-09-souq.md")
    assert told.get("alias", []) == wanted
    assert told["date"] == ["2016-02-09"]


@pytest.mark.parametrize(
    "head",
    [
        "---\ntitle: عاجل: ترميم السوق\n---\n",
        "---\ntitle: 'عاجل: ترميم السوق'\n...\n",
        "---\ntitle: عاجل: ترميم السوق\ntags:\n  - أسواق: قديمة\n- &a x\n---\n",
        "\ufeff---\ntitle: 'عاجل: ترميم السوق'\n---\n",
        "Title: عاجل: ترميم السوق\n\n",
    ],
)
def test_yaml_that_is_none_is_read_line_by_line(tmp_path: Path, head: str) -> None:
    text, told = _facts(tmp_path, head)
    assert (text, told["title"]) == (BODY.strip(), ["عاجل: ترميم السوق"])


@pytest.mark.parametrize(
    "text",
    [
        "سردين: أربعون\nبوري: خمسة وسبعون\n",
        "العنوان: عشر سنوات من الانتظار\n",
        "قال الوزير: لن نتراجع\nالمصدر: الوزارة\n",
        "Note: نقلت الصحف هذا الخبر عن مراسليها في الجنوب.\n",
        "---\nافتتح السوق أبوابه للباعة\n---\n",
        "---\nالساعة: الثامنة\nالمكان: الساحة\n---\n",
        "+++ عاجل +++\n",
        "{خبر بين قوسين}\n",
        "عنوان: ثلاثة\nTitle: فصل من كتاب\n",
        "Title: فصل من كتاب\nثم يمضي السطر نثرًا بلا مفتاح\n",
    ],
)
def test_prose_with_a_colon_is_no_front_matter(tmp_path: Path, text: str) -> None:
    left, told = _facts(tmp_path, text, name="a.txt")
    assert (left, told) == (f"{text}\n{BODY}".strip(), {})


def test_lines_keep_their_numbers(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"{YAML}\n{BODY}", "utf-8")
    lines = reader.read(tmp_path / "a.md", tmp_path).text.split("\n")
    assert lines == ["" if n < YAML.count("\n") else line
                     for n, line in enumerate(f"{YAML}\n{BODY}".split("\n"))]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("a.txt", "<p>سطر <b>أول</b> طويل</p>\n<p>سطر ثانٍ</p>", ["سطر أول طويل", "سطر ثانٍ"]),
        ("a.txt", "لا وسم هنا: 3 < 5", ["لا وسم هنا: 3 < 5"]),
        ("a.md", "نص <b>قوي</b><br>وسطر", ["نص **قوي**", "وسطر"]),
        ("a.md", "نص\n\n<ul><li>بند</li><li>بند آخر</li></ul>", ["نص", "", "- بند", "- بند آخر"]),
        ("a.md", '<a href="https://a.example/b">رابط</a>', ["[رابط](https://a.example/b)"]),
        ("a.md", "```\n<p>مثال</p>\n```", ["```", "<p>مثال</p>", "```"]),
        ("a.md", "[[هامش|نص]] و[[اسم]]", ["نص واسم"]),
        ("a.md", "نص {{< youtube abc >}}", ["نص", "", "<https://www.youtube.com/watch?v=abc>"]),
    ],
)
def test_tags_in_texts_and_markdown_become_markdown(
    tmp_path: Path, name: str, text: str, wanted: Sequence[str]
) -> None:
    left, _ = _facts(tmp_path, "", text, name)
    assert left.split("\n") == wanted


@pytest.mark.parametrize("mark", ["<b>", "<a href='x'>", "<!--", "<!---->", "- x: ", "x\n", "[["])
def test_the_cost_of_a_text_does_not_grow_with_its_square(tmp_path: Path, mark: str) -> None:
    text = f"نص {mark * 20_000}"
    assert _facts(tmp_path, "", text)[0]
    assert _facts(tmp_path, "Title: x", text, "a.txt")[0]


def test_a_page_named_a_text_is_read_as_a_page(tmp_path: Path) -> None:
    page = f"<!DOCTYPE html><html><body><h1>ترميم السوق</h1><p>{BODY}</p></body></html>"
    (tmp_path / "a.txt").write_text(page, "utf-8")
    raw = reader.read(tmp_path / "a.txt", tmp_path)
    assert raw.kind == "page"
    assert "<" not in raw.text
    assert "الميناء" in raw.text


def test_a_post_comes_in_whole_and_check_has_no_error(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("name: أرشيف\nhistory: none\n", "utf-8")
    (tmp_path / "seeds").mkdir()
    head = TOML.replace("draft = true\n", 'permalink = "/old/souq/"\nweight = 3\n')
    (tmp_path / "seeds" / "a.md").write_text(f"{head}\n{BODY}", "utf-8")
    report = import_seeds(tmp_path)
    article = _article(tmp_path)
    assert [line.problems for line in report.lines] == [()]
    assert (article.title, article.section, article.authors) == (
        "ترميم السوق", "محليات", ("ليان سرور",),
    )  # fmt: skip
    assert (article.topics, article.aliases) == (("أسواق", "ترميم"), ("/old/souq/", "/souq.html"))
    assert (article.date_info.basis, article.body.strip()) == ("front-matter", BODY.strip())
    assert [p.code for p in check(tmp_path) if p.severity == "error"] == []
    (receipt,) = (tmp_path / "content" / ".imports").rglob("*.json")
    assert "weight: 3" in receipt.read_text("utf-8")


def test_a_day_in_a_name_dates_a_post_unless_the_text_has_another(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("name: أرشيف\n", "utf-8")
    (tmp_path / "seeds").mkdir()
    seed = tmp_path / "seeds" / "2016-02-09-souq.md"  # a Tuesday
    seed.write_text(f"# ترميم السوق\n\n{BODY}", "utf-8")
    import_seeds(tmp_path)
    article = _article(tmp_path)
    assert (article.date and article.date.iso, article.date_info.basis) == (
        "2016-02-09", "file-name",
    )  # fmt: skip
    seed.write_text(f"# ترميم السوق\n\n{BODY.replace('فتح', 'اليوم الجمعة فتح', 1)}", "utf-8")
    import_seeds(tmp_path)
    assert (_article(tmp_path).date, _article(tmp_path).date_info.status) == (None, "conflicting")


def test_an_address_whose_outlet_nobody_knows_stands_in_the_receipt(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("name: أرشيف\n", "utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.md").write_text(f"{NOTE}\n{BODY}", "utf-8")
    import_seeds(tmp_path)
    (receipt,) = (tmp_path / "content" / ".imports").rglob("*.json")
    assert "https://paper.example/souq" in receipt.read_text("utf-8")


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("", "![قوارب](u/boat.jpg)"),
        ("", '![قوارب]({{ site.baseurl }}/u/boat.jpg "صباحا"){: .left}'),
        ("", "![[boat.jpg|300]]"),
        ("", '{{< figure src="u/boat.jpg" caption="قوارب" >}}'),
        ("", '<Figure src="./u/boat.jpg" alt="قوارب" />'),
        ("", 'قبل <img src="/u/boat.jpg" alt="قوارب"> بعد'),
        ("", "[![قوارب](u/boat.jpg)](u/boat.jpg)"),
        ("cover:\n  image: u/boat.jpg\n  alt: قوارب\n", ""),
        ("heroImage: ./u/boat.jpg\n", ""),
        ('image: "[[boat.jpg]]"\n', ""),
    ],
)
def test_pictures_of_posts_are_taken_from_where_they_lie(
    tmp_path: Path, head: str, line: str
) -> None:
    for folder in ("seeds/posts", "seeds/posts/attachments", "seeds/static/u"):
        (tmp_path / folder).mkdir(parents=True)
    place = "posts/attachments" if "[[" in head + line else "static/u"
    (tmp_path / "seeds" / place / "boat.jpg").write_bytes(b"JPG")
    text = f"---\ntitle: ترميم السوق\n{head}---\n{BODY}\n{line}\n"
    (tmp_path / "seeds/posts/a.md").write_text(text, "utf-8")
    (tmp_path / "site.yaml").write_text("name: أرشيف\nhistory: none\n", "utf-8")
    import_seeds(tmp_path)
    article = _article(tmp_path)
    assert article.image
    assert article.image.src.startswith("embedded/")
    assert (tmp_path / "content/media" / article.image.src).is_file()
    assert "boat" not in article.body
    assert "{" not in article.body


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ('{{ youtube(id="abcDEF12345") }}', "<https://www.youtube.com/watch?v=abcDEF12345>"),
        ('<YouTube id="abcDEF12345" />', "<https://www.youtube.com/watch?v=abcDEF12345>"),
        ("[تتمة]({% post_url 2019-05-01-a %}) الخبر", "تتمة الخبر"),
        ("> [!note] تنبيه القارئ\n> نص التنبيه", "> **تنبيه القارئ**\n> نص التنبيه"),
        ("[البيان]({attach}bayan.pdf) كاملا", "[البيان](bayan.pdf) كاملا"),
        ('import Box from "../Box.astro";', ""),
    ],
)
def test_what_generators_show_becomes_markdown(tmp_path: Path, line: str, left: str) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.mdx").write_text(f"---\ntitle: ترميم السوق\n---\n{line}\n", "utf-8")
    assert reader.read(tmp_path / "seeds/a.mdx", tmp_path).text.strip() == left


def test_an_org_head_is_told_and_leaves_the_text(tmp_path: Path) -> None:
    head = "#+TITLE: ترميم السوق\n#+DATE: <2016-02-09 Tue 08:05>\n#+FILETAGS: :أسواق:ترميم:\n"
    text, told = _facts(tmp_path, head, name="a.txt")
    assert text == BODY.strip()
    assert told["title"] == ["ترميم السوق"]
    assert told["topic"] == ["أسواق", "ترميم"]
    assert told["date"][0].startswith("2016-02-09T08:05")


@pytest.mark.parametrize(
    ("name", "body", "title"),
    [
        ("ترميم السوق.md", BODY, ["ترميم السوق"]),
        ("ترميم السوق.md", f"# السوق يعود\n\n{BODY}", []),
        ("souq.md", BODY, []),
    ],
)
def test_a_note_without_a_title_is_called_as_its_file(
    tmp_path: Path, name: str, body: str, title: list[str]
) -> None:
    _, told = _facts(tmp_path, "---\ntags: [أسواق]\n---\n", body, name)
    assert told.get("title", []) == title


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<a href='https://w.example/x_(y)'>هنا</a>", "[هنا](https://w.example/x_%28y%29)"),
        ("<a href='mailto:a@b.example'>هنا</a>", "[هنا](mailto:a@b.example)"),
        ('<a href="//c.example/d e">هنا</a>', "[هنا](https://c.example/d%20e)"),
        ("<a href='javascript:x'>هنا</a>", "هنا"),
        ("<a href='https://a:b@c.example/'>هنا</a>", "هنا"),
        ("<a href='https://c.example/'> </a>هنا", "هنا"),
    ],
)
def test_links_of_html_within_markdown_are_kept(html: str, kept: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"قال الراوي {html} ثم سكت عن الكلام.\n", "utf-8")
    raw = reader.read(tmp_path / "a.md", tmp_path)
    assert " ".join(raw.text.split()) == f"قال الراوي {kept} ثم سكت عن الكلام."
    told = [fact.value for fact in raw.facts if fact.key == "dropped"]
    assert bool(told) == (kept == "هنا")


def test_what_is_not_closed_ends_with_its_line_or_with_an_empty_one(tmp_path: Path) -> None:
    text, told = _facts(tmp_path, "---\ntitle: السوق القديم\ntags: [سوق, خشب\ndraft: yes\n")
    assert text == BODY.strip()
    assert (told["title"], told["topic"]) == (["السوق القديم"], ["سوق", "خشب"])
    assert told["draft"]


@pytest.mark.parametrize("end", ["\u2028\u2028", "\x0b\x0b", "\x85\x85", "\x1c\x1c"])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_line_ends_of_other_programs_break_nothing(tmp_path: Path, end: str, name: str) -> None:
    head = f"title: السوق القديم{end}author: هدى سالم\ndate: 2019-05-03\n"
    text, told = _facts(tmp_path, head, name=name)
    assert text.endswith(BODY.strip())
    assert told.get("title", ["السوق القديم"]) == ["السوق القديم"]


def test_the_address_of_a_line_that_is_but_a_link_stands_in_the_receipt(tmp_path: Path) -> None:
    _, told = _facts(tmp_path, "", f"{BODY}\n[نص البيان](u/bayan.pdf)\n")
    assert told["dropped"] == ["u/bayan.pdf"]


def test_a_day_in_the_name_of_a_text_is_a_candidate(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("name: أرشيف\n", "utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "2016-02-09-souq.txt").write_text(f"ترميم السوق\n\n{BODY}", "utf-8")
    import_seeds(tmp_path)
    article = _article(tmp_path)
    assert article.date is None
    assert article.date_info.candidates == ("2016-02-09",)


def test_a_name_that_is_a_day_dates_a_post(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("name: أرشيف\n", "utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "2016-02-09.md").write_text(f"# ترميم السوق\n\n{BODY}", "utf-8")
    import_seeds(tmp_path)
    date = _article(tmp_path).date
    assert date
    assert date.iso == "2016-02-09"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('title: "حكاية المرفأ\ntags: [', "حكاية المرفأ"),
        ("title: 'حكاية المرفأ\ntags: [", "حكاية المرفأ"),
        ('title: "حكاية" المرفأ\ntags: [', '"حكاية" المرفأ'),
        ('title: "حكاية المرفأ"\ntags: [', "حكاية المرفأ"),
    ],
)
def test_a_quotation_mark_that_nobody_closes_is_none_of_a_value(
    tmp_path: Path, head: str, title: str
) -> None:
    assert _facts(tmp_path, f"---\n{head}\n---")[1]["title"] == [title]


def test_a_tag_is_called_without_its_sign(tmp_path: Path) -> None:
    told = _facts(tmp_path, '---\ntitle: x\ntags: ["#بحر", "صيد#", "# سوق"]\n---')[1]
    assert told["topic"] == ["بحر", "صيد#", "سوق"]


@pytest.mark.parametrize(
    ("name", "key", "sections"),
    [
        ("2018-02-03-a.md", "layout: post\ncategories: صيد ملاحة", ["صيد", "ملاحة"]),
        ("2018-02-03-a.md", "layout: post\ncategories: صيد, ملاحة نهرية", ["صيد", "ملاحة نهرية"]),
        ("2018-02-03-a.md", "layout: post\ncategory: ملاحة نهرية", ["ملاحة نهرية"]),
        ("2018-02-03-a.md", "categories: ملاحة نهرية", ["ملاحة نهرية"]),
        ("a.md", "layout: post\ncategories: ملاحة نهرية", ["ملاحة نهرية"]),
    ],
)
def test_spaces_part_categories_in_jekyll_alone(
    tmp_path: Path, name: str, key: str, sections: list[str]
) -> None:
    told = _facts(tmp_path, f"---\ntitle: حكاية\n{key}\n---", name=name)[1]
    assert [*told["section"], *told.get("topic", [])] == sections
