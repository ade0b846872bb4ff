"""Mutated pages, texts and exports: each is imported or refused by name, all others come in.

The mutations are drawn by number: `--soak` goes through 50,000 of them, every run through 2,000.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from warraq.importer.run import import_seeds

BATCH = 100  # mutated seeds an import
FIRST = "أعلنت بلدية المرفأ، اليوم الجمعة، فتح الطريق الساحلي بعد انتهاء أعمال الصيانة في الجسر."
SECOND = "وقال رئيسها سمير نجم: «العمل استغرق ستة أشهر كاملة، وكلفته مليونا دينار»."
TITLE = "فتح الطريق الساحلي أمام السيارات"
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><ul><li>نقطة أولى</li><li><b>ثانية</b></li></ul>"
BOX = "<div><h3><strong>اقرأ أيضا</strong></h3><a href='/2'>خبر آخر عن المرفأ</a></div>"

PAGE = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{TITLE} | مرآة</title>
<meta property="article:published_time" content="2019-05-03T10:00:00+03:00">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}","author":
[{{"@type":"Person","name":"سمر نجم"}}],"datePublished":"2019-05-03","publisher":{{"name":"مرآة"}}}}
</script></head><body><nav><a href="/">الرئيسية</a></nav><article><h1>{TITLE}</h1>
<time datetime="2019-05-03">3 أيار 2019</time><div class="entry-content">{BODY}{BOX}
<figure><img src="/a.jpg" alt="جسر"><figcaption>الجسر</figcaption></figure>
<table><tr><td>2018</td><td>80</td></tr></table></div></article>
<div id="comments"><h3>التعليقات</h3>
<p>رأي</p></div></body></html>"""
TEXT = f"""الرئيسية
أخبار محلية
{TITLE}
مرآة الساحل - سمر نجم
الجمعة 3 أيار 2019

{FIRST}
{SECOND}

شارك الخبر
اقرأ أيضاً
المصدر: مرآة الساحل
"""
NOTE = f"""---
title: {TITLE}
date: 2019-05-03
tags: [طرق, بلديات]
---

{FIRST}

> {SECOND}

- نقطة [رابط](https://a.example/x)
"""
JSON = (
    f'{{"id": 7, "title": "{TITLE}", "body": "{BODY}", "tags": ["طرق"], '
    '"date": "2019-05-03T10:00:00Z", "author": {"name": "سمر نجم"}, "url": "https://a.example/7",'
    '"image": {"src": "https://a.example/b.jpg", "caption": "الجسر"}, "status": "publish"}\n'
)
CSV = (
    f'id,title,body,date,author\n7,{TITLE},"{FIRST}\n{SECOND}",2019-05-03,سمر نجم\n8,ب,{FIRST},,\n'
)
WXR = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><wp:base_site_url>https://a.example</wp:base_site_url>
<item><title>{TITLE}</title><link>https://a.example/?p=5</link><dc:creator>samar</dc:creator>
<content:encoded><![CDATA[{FIRST}

[caption id="a" caption="جسر"]<img src="https://a.example/b.png">[/caption]
{SECOND}<!--more-->[gallery ids="9"]]]></content:encoded><excerpt:encoded></excerpt:encoded>
<wp:post_id>5</wp:post_id><wp:post_date_gmt>2019-05-03 10:00:00</wp:post_date_gmt>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="post_tag" nicename="r">طرق</category></item>
<item><title>a</title><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type>
<wp:attachment_url>https://a.example/b.jpg</wp:attachment_url></item></channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>مرآة</title>
<entry><id>tag:a.example,2019:1</id><title>{TITLE}</title><updated>2019-05-03T10:00:00Z</updated>
<author><name>سمر</name></author><content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;</content>
</entry></feed>"""
SIDECAR = '{"url": "https://a.example/7", "received": "2019-05-04", "author": ["سمر نجم"]}'

SAMPLES = {
    "html": PAGE, "txt": TEXT, "md": NOTE, "jsonl": JSON, "json": f"[{JSON}]", "csv": CSV,
    "xml": WXR, "rss": ATOM,
}  # fmt: skip
# A page takes ten times as long as a record.
KINDS = ("html", *("txt", "md", "json", "csv", "xml", "rss") * 2, *("jsonl",) * 3)
# Letters, marks and tags that have broken readers before, apart from what stands in the samples.
ODD = (
    "\x00", "\x0b", "\x1b", "\ufeff", "\u202e", "\u200f", "\ufdd0", "\r", "\n\n", "\t",
    "\U0001f600", "\u0640" * 40, "ﷺ", "٠" * 30, '"', "'", "`" * 9, "\\", "\\ud83d", "\\udc00",
    "\\u0000", "{", "}", "[" * 99, "]", ",", ";", ":", "<", ">", "</", "<!--", "-->", "]]>",
    "<![CDATA[", "&", "&nbsp;", "&#0;", "&#xd800;", "&#1114112;", "<p>", "</p>", "</div>",
    "<div>" * 300, "<font>" * 300, "<br>", "<table><tr><td>", "<a href='//['>",
    "<img src='data:x'>", "<iframe src=//y>", "<script>", "<h1>", "</body></html>",
    "<base href='http://['>", "<item>", "</item>", "<topic>x</topic>", "<?xml",
    "<wp:post_type>page</wp:post_type>", "<!DOCTYPE x [", "---\n", "title: [",
    "date: 0000-99-99", "9" * 5000, "1e999", "NaN", "-1", "null", "[]", "{}", "true",
    "https://[::1", "%", "http://a.example/%zz?p=5#", "http://" + "a" * 3000,
    "الجمعة 99 أيار 99999", "المصدر:", "«", "»" * 50, "•", "- ", "[caption", "[/caption]",
    "[gallery", "{{<", "كتب: ", "| " * 50, "#", "*" * 200, "_" * 200, "($" * 99, BOX,
    "<h3><b>مقالات ذات صلة</b></h3>",
)  # fmt: skip


def _cut(draw: Random, data: bytes) -> bytes:
    at = draw.randrange(len(data) + 1)
    return data[:at] + data[at + draw.choice((1, 2, 9, 60, 400)) :]


def _insert(draw: Random, data: bytes) -> bytes:
    at = draw.randrange(len(data) + 1)
    return data[:at] + draw.choice(ODD).encode("utf-8", "surrogatepass") + data[at:]


def _flip(draw: Random, data: bytes) -> bytes:
    at = draw.randrange(len(data) + 1)
    return data[:at] + bytes([draw.randrange(256)]) + data[at + 1 :]


def _repeat(draw: Random, data: bytes) -> bytes:
    at = draw.randrange(len(data) + 1)
    piece = data[at : at + draw.choice((1, 5, 30, 200))]
    return data[:at] + piece * draw.choice((2, 2, 20)) + data[at:]


def _move(draw: Random, data: bytes) -> bytes:
    one, two, three = sorted(draw.randrange(len(data) + 1) for _ in range(3))
    return data[:one] + data[two:three] + data[one:two] + data[three:]


def _cross(draw: Random, data: bytes) -> bytes:
    other = draw.choice(list(SAMPLES.values())).encode()
    return data[: draw.randrange(len(data) + 1)] + other[draw.randrange(len(other)) :]


def _recode(draw: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(draw.choice(("windows-1256", "utf-16", "iso-8859-6", "utf-7")), "replace")


WAYS: tuple[Callable[[Random, bytes], bytes], ...] = (
    *(_cut, _insert, _insert, _insert, _flip, _repeat, _move, _cross, _recode),
)


def mutated(number: int) -> tuple[str, bytes]:
    """Return (suffix, content) of the mutation of that number: the same wherever it is drawn."""
    draw = Random(number)  # noqa: S311 - to be drawn again
    suffix = draw.choice(KINDS)
    data = SAMPLES[suffix].encode()
    for _ in range(draw.choice((1, 1, 2, 4, 9))):
        data = draw.choice(WAYS)(draw, data)
    return suffix, data


def faults(site: Path, numbers: range) -> Iterator[str]:
    """Import the mutations of `numbers` among whole seeds; yield what is not as it should be."""
    seeds = site / "seeds"
    seeds.mkdir(parents=True)
    (site / "site.yaml").write_text("name: أرشيف\n", "utf-8")
    for number in numbers:
        suffix, content = mutated(number)
        (seeds / f"m{number}.{suffix}").write_bytes(content)
        if number % 25 == 0:
            beside = mutated_sidecar(number)
            (seeds / f"s{number}.txt").write_text(TEXT, "utf-8")
            (seeds / f"s{number}.json").write_bytes(beside)
    whole = {f"seeds/{name}-{suffix}.{suffix}" for name in ("a", "z") for suffix in SAMPLES}
    for name in whole:
        (site / name).write_text(SAMPLES[name.rpartition(".")[2]], "utf-8")

    report = import_seeds(site)

    told = {line.seed.partition("#")[0].rpartition(":")[0] or line.seed for line in report.lines}
    told |= {line.seed.partition("#")[0] for line in report.lines}
    told |= {problem.path for problem in report.problems}
    for line in report.lines:
        for problem in line.problems:
            if problem.code in {"seed-fault", "seed-too-long", "program-fault"}:
                yield f"{line.seed}: {problem.code} {dict(problem.args)}"
        if line.seed.partition("#")[0] in whole and line.outcome == "refused":
            yield f"{line.seed} was whole, and refused: {line.problems}"
    for file in sorted(seeds.iterdir()):
        name = f"seeds/{file.name}"
        if name not in told and not name.startswith("seeds/s"):
            yield f"{name}: not a word"


def mutated_sidecar(number: int) -> bytes:
    """Return a mutated sidecar."""
    draw = Random(number)  # noqa: S311 - as above
    return draw.choice(WAYS)(draw, SIDECAR.encode())


@pytest.mark.slow
def test_whatever_is_mutated_is_imported_or_refused_by_name(tmp_path: Path, soak: bool) -> None:
    count = 50_000 if soak else 2_000
    found: list[str] = []
    for start in range(0, count, BATCH):
        found += faults(tmp_path / str(start), range(start, start + BATCH))
    assert found == []
