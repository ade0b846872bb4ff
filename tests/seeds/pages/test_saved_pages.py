"""Saved pages of many makes: their links, lists, tables and emphasis, and what the receipt tells."""
# ruff: noqa: E501 - pages stand in one line

from pathlib import Path
from typing import NamedTuple

import pytest

from warraq.intake import draft_of, outlet_directory
from warraq.seeds import reader

KNOWN = outlet_directory()
A = "<p>أنهت فرق الصيانة في مدينة الرملة إصلاح الجسر الخشبي القديم بعد أربعة أشهر من العمل المتواصل ليلاً ونهاراً.</p>"
B = "<p>وقالت مهندسة المشروع هالة درويش إن الأخشاب جاءت من غابات الشمال، وإن الدعامات ستبقى نصف قرن على الأقل.</p>"
C = "<p>ومن المنتظر أن يعود المشاة إلى الجسر صباح الأحد المقبل، فيما تُمنع السيارات من عبوره حتى نهاية الشهر.</p>"
T = "إصلاح الجسر الخشبي في الرملة"


def _page(
    inside: str,
    head: str = "",
    cls: str = "entry-content",
    url: str = "https://ramla.example/2023/bridge",
) -> str:
    link = f"<link rel='canonical' href='{url}'>" if url else ""
    return f"<!doctype html><html><head><title>{T} - صوت الرملة</title>{link}{head}</head><body><article><h1>{T}</h1><div class='{cls}'>{A}{inside}{B}{C}</div></article></body></html>"


class Sample(NamedTuple):
    """A page, what its body holds, what it does not, and what is told in the receipt."""

    name: str
    page: str
    body: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


SAMPLES: list[Sample] = []


def _add(name: str, page: str, *lists: "tuple[str, ...] | list[str]") -> None:
    SAMPLES.append(Sample(name, page, *map(tuple, lists)))


_add(
    "gutenberg table with caption",
    _page(
        "<figure class='wp-block-table'><table><thead><tr><th>المادة</th><th>الكمية</th><th>السعر</th></tr></thead><tbody><tr><td>خشب <a href='/oak'>بلوط</a></td><td>40</td><td></td></tr><tr><td>مسامير</td><td>900</td><td>12</td></tr></tbody></table><figcaption>مواد الجسر</figcaption></figure>"
    ),
    [
        "| المادة | الكمية | السعر |\n|---|---|---|\n| خشب [بلوط](https://ramla.example/oak) | 40 | |\n| مسامير | 900 | 12 |"
    ],
    (),
    ["مواد الجسر"],
)
_add(
    "blogger brs",
    f"<!doctype html><html><head><title>{T}</title><link rel='canonical' href='https://r.blogspot.example/1.html'></head><body><div class='post hentry'><h3 class='post-title'>{T}</h3><div class='post-body entry-content'><div dir='rtl'>أنهت فرق الصيانة في مدينة الرملة إصلاح <a href='https://w.example/b' target='_blank'>الجسر الخشبي</a> القديم بعد أربعة أشهر من العمل.<br><br><b>خشب الشمال.</b> وقالت مهندسة المشروع هالة درويش إن الأخشاب جاءت من غابات الشمال البعيدة.<br><br>ومن المنتظر أن يعود المشاة إلى الجسر صباح الأحد المقبل، فيما تُمنع السيارات من عبوره.</div></div></div></body></html>",
    ["[الجسر الخشبي](https://w.example/b)", "**خشب الشمال.** وقالت"],
)
_add(
    "old layout tables",
    f"<html><head><title>{T}</title></head><body><table><tr><td><a href='i.htm'>الرئيسية</a></td><td><a href='s.htm'>رياضة</a></td></tr></table><table width=90%><tr><td><font size=5><b>{T}</b></font></td></tr><tr><td><font size=3><p>أنهت فرق الصيانة إصلاح <a href='http://old.example/b.htm'>الجسر</a> القديم بعد أربعة أشهر من العمل المتواصل ليلاً ونهاراً.</p>{B}{C}</font></td></tr></table></body></html>",
    ["[الجسر](http://old.example/b.htm)"],
    ["رياضة"],
)
_add(
    "word paste",
    _page(
        "<p class=MsoNormal><b><span lang=AR-SA>وتأتي هذه الأعمال ضمن خطة البلدية لترميم الجسور الستة في المدينة.</span></b><o:p></o:p></p><p class=MsoNormal><span>وكان <i><span>مجلس المدينة</span></i> قد أقر الخطة في جلسة علنية حضرها سكان الحي كلهم.</span></p>"
    ),
    [
        "\n\nوتأتي هذه الأعمال ضمن خطة البلدية لترميم الجسور الستة في المدينة.\n\n",
        "وكان *مجلس المدينة* قد أقر",
    ],
)
_add(
    "interview",
    _page(
        "<p><strong>لماذا الخشب وليس الحديد في جسر كهذا؟</strong></p><p>لأن الخشب من هذه الأرض، وقد <a href='/h'>بُني به</a> الجسر أول مرة.</p><p><strong>هالة:</strong> والحديد يصدأ سريعاً قرب الماء كما يعرف أهل المدينة جميعاً.</p>"
    ),
    [
        "\n\nلماذا الخشب وليس الحديد في جسر كهذا؟\n\n",
        "[بُني به](https://ramla.example/h)",
        "\n\nهالة: والحديد",
    ],
)
_add(
    "br poem",
    _page(
        "<p>يا جسر الرملة العتيق<br>حملت خطانا إلى الماء<br>وعدت بنا <a href='/p'>في المساء</a></p>"
    ),
    ["[في المساء](https://ramla.example/p)", "يا جسر الرملة العتيق", "حملت خطانا إلى الماء"],
)
_add(
    "definition list",
    _page(
        "<dl><dt>الطول</dt><dd>مئة وعشرون <a href='/m'>متراً</a></dd><dt>العرض</dt><dd>ستة أمتار لا غير</dd></dl>"
    ),
    ["الطول", "مئة وعشرون [متراً](https://ramla.example/m)", "ستة أمتار لا غير"],
)
_add(
    "footnotes",
    _page(
        "<p>ويذكر المؤرخون أن الجسر بُني أول مرة في عهد الوالي سليم<sup><a href='#fn1' id='r1'>[1]</a></sup> ثم هُدم مرتين.</p><ol><li id='fn1'>تاريخ الرملة، ج 2، <a href='https://lib.example/t'>المكتبة</a>. <a href='#r1'>↑</a></li></ol>"
    ),
    ["https://lib.example/t", "تاريخ الرملة"],
)
_add(
    "tag links",
    _page(
        "<p>وتشرف <a href='/tag/1'>وزارة الأشغال</a> على <a href='/tag/2'>جسور</a> <a href='/tag/3'>المدينة</a> كلها منذ أن <a href='/tag/4'>تأسست البلدية</a> في العهد القديم.</p>"
    ),
    [
        "[وزارة الأشغال](https://ramla.example/tag/1) على [جسور](https://ramla.example/tag/2) [المدينة](https://ramla.example/tag/3)"
    ],
)
_add(
    "bold pointer",
    _page(
        "<p><strong>اقرأ أيضاً: <a href='/x1'>جسور المدينة الستة في صور</a></strong></p><p><strong>شاهد أيضا</strong><br><a href='/x2'>فيديو من فوق الجسر القديم</a></p>"
    ),
    (),
    ["جسور المدينة الستة", "فيديو من فوق"],
    [
        "https://ramla.example/x1",
        "https://ramla.example/x2",
        "اقرأ أيضاً: جسور المدينة الستة في صور",
    ],
)
_add(
    "link over a break",
    _page(
        "<p>وصدر عن البلدية <a href='/doc'>بيان طويل<br>نُشر أمس</a> على موقعها الرسمي وفيه تفاصيل الخطة والمواعيد كلها.</p>"
    ),
    ["https://ramla.example/doc", "بيان طويل", "نُشر أمس"],
)
_add(
    "nested quotes",
    _page(
        "<blockquote><p>قال الوالي يومها:</p><blockquote><p>لن يُبنى بعد اليوم جسر من خشب.</p></blockquote><cite><a href='/src'>تاريخ الرملة</a></cite></blockquote>"
    ),
    ["> قال الوالي يومها:", "> > لن يُبنى بعد اليوم جسر من خشب.", "تاريخ الرملة"],
    (),
    (),
)
_add(
    "spans",
    _page(
        "<table><caption>مواعيد الفتح</caption><tr><th>اليوم</th><th>من</th><th>إلى</th></tr><tr><td rowspan=2>الأحد</td><td>7</td><td>12</td></tr><tr><td>15</td><td><a href='/late'>20</a></td></tr><tr><td>الاثنين</td><td colspan=2>مغلق</td></tr></table>"
    ),
    [
        "| الأحد | 7 | 12 |\n| | 15 | [20](https://ramla.example/late) |\n| الاثنين | مغلق | |",
        "مواعيد الفتح",
    ],
)
_add(
    "floated picture",
    _page(
        "<p><a href='/big.jpg'><img src='/small.jpg' width=400 alt='الجسر'></a>وكان الجسر قد أُغلق في الشتاء الماضي بعد أن جرف السيل <a href='/flood'>دعامتين</a> من دعاماته الثماني.</p>"
    ),
    ["[دعامتين](https://ramla.example/flood)"],
    (),
    ["https://ramla.example/big.jpg"],
)
_add(
    "hashtags",
    _page(
        "<p>وتداول الناشطون صور الجسر تحت وسم <a href='https://x.example/h/b'>#جسر_الرملة</a> وشارك فيه <a href='https://x.example/u'>@ramla_voice</a> وآلاف غيره من أبناء المدينة.</p>"
    ),
    [r"[#جسر\_الرملة](https://x.example/h/b)", r"[@ramla\_voice](https://x.example/u)"],
)
_add(
    "numbered list goes on",
    _page(
        "<ol><li>فك الألواح القديمة</li></ol><p>ثم بعد شهر من العمل في الورشة تأتي المرحلة التالية.</p><ol start='2'><li>تركيب <a href='/d'>الدعامات</a></li><li value='5'>دهان الجسر</li></ol>"
    ),
    ["1. فك الألواح القديمة", "2. تركيب [الدعامات](https://ramla.example/d)", "5. دهان الجسر"],
)
_add(
    "odd addresses",
    _page(
        "<p>انظر <a href='/صور/الجسر القديم'>الصور</a> و<a href='https://a.example/x\ny'>الوثيقة</a> و<a href=' https://b.example/z '>الخريطة</a> و<a href='file:///C:/x.htm'>الملف</a> التي نشرتها البلدية أمس.</p>"
    ),
    [
        "[الصور](https://ramla.example/صور/الجسر%20القديم)",
        "https://a.example/xy",
        "[الخريطة](https://b.example/z)",
        "والملف التي نشرتها",
    ],
    (),
    ["file:///C:/x.htm"],
)
_add(
    "marks in text",
    _page(
        "<p>كتب على اللوحة: *ممنوع* و_خطر_ و[انتبه](x) ثم <a href='/s'>سعر [2] * 3_4</a> وتحته <b>توقيع البلدية</b> بحبر أسود لا يمحى.</p>"
    ),
    [r"\*ممنوع\*", r"[سعر \[2\] \* 3\_4](https://ramla.example/s)"],
    ["**توقيع"],
)
_add(
    "named anchors",
    _page(
        "<p><a name='a1'></a><a id='a2'>وتضم الخطة</a> ستة جسور أخرى في <a href='#a1'>الحي القديم</a> من المدينة وعلى أطرافها.</p>"
    ),
    ["\n\nوتضم الخطة ستة جسور أخرى في الحي القديم من المدينة"],
)
_add(
    "base element",
    _page(
        "<p>ونشرت البلدية <a href='doc.pdf'>نص القرار</a> على موقعها أمس مع خرائط وصور ومواعيد مفصلة.</p>",
        head="<base href='https://files.ramla.example/2023/'>",
        url="",
    ),
    ["[نص القرار](https://files.ramla.example/2023/doc.pdf)"],
)
_add(
    "saved by a browser",
    "<!-- saved from url=(0034)https://ramla.example/2023/bridge -->\n"
    + _page(
        "<p>ونشرت البلدية <a href='../doc'>نص القرار</a> على موقعها أمس مع خرائط وصور ومواعيد مفصلة.</p>",
        url="",
    ),
    ["[نص القرار](https://ramla.example/doc)"],
)
_add(
    "data address",
    _page(
        f"<p>وفي الخطة <a href='data:text/plain;base64,{'QUJD' * 3000}'>ملف مرفق</a> فيه الخرائط والصور والمواعيد كلها مفصلة.</p>"
    ),
    ["وفي الخطة ملف مرفق فيه"],
    ["base64"],
)
_add(
    "amp",
    _page(
        "<amp-img src='/a.jpg' width=600 height=400 alt='الجسر'></amp-img><p>وزار <a href='/gov'>المحافظ</a> الجسر أمس وقال إن <em>المدينة كلها</em> فخورة بما أنجزه أبناؤها.</p><amp-youtube data-videoid='abc123'></amp-youtube>",
        cls="article-body",
    ),
    ["[المحافظ](https://ramla.example/gov)", "*المدينة كلها*"],
    (),
    ["abc123"],
)
_add(
    "share bar and tags",
    _page("")[: -len("</div></article></body></html>")]
    + "<div class='post-tags'>الوسوم: <a href='/tag/b'>جسور</a> <a href='/tag/r'>الرملة</a></div><ul class='social-links'><li><a href='https://f.example/share?u=1'>فيسبوك</a></li></ul></div></article></body></html>",
    (),
    ["فيسبوك", "الوسوم"],
    ["https://ramla.example/tag/b", "https://f.example/share?u=1"],
)
_add(
    "bold names everywhere",
    _page(
        "<p>وحضر الحفل <b>هالة درويش</b> و<b>سليم عواد</b>، ومعهما <strong>رئيس البلدية</strong> وعدد من سكان الحي والطلاب والمعلمين.</p>"
    ),
    ["**هالة درويش** و**سليم عواد**، ومعهما **رئيس البلدية**"],
)
_add(
    "league table",
    _page(
        "<table><tr><th>الفريق</th><th>لعب</th><th>نقاط</th></tr>"
        + "".join(
            f"<tr><td><a href='/t/{i}'>نادي {n}</a></td><td>{i}</td><td>{3 * i}</td></tr>"
            for i, n in enumerate(("الجسر", "النهر", "السوق"), 1)
        )
        + "</table>"
    ),
    [
        "| [نادي الجسر](https://ramla.example/t/1) | 1 | 3 |\n| [نادي النهر](https://ramla.example/t/2) | 2 | 6 |"
    ],
)
_add(
    "list of links is no furniture?",
    _page(
        "<p>وثائق الخطة كما نشرتها البلدية على موقعها أمس:</p><ul><li>القرار الأول بشأن الجسر الخشبي، <a href='/d1'>هنا</a></li><li>القرار الثاني بشأن الجسور الأخرى، <a href='/d2'>هنا</a></li></ul>"
    ),
    [
        "- القرار الأول بشأن الجسر الخشبي، [هنا](https://ramla.example/d1)",
        "[هنا](https://ramla.example/d2)",
    ],
)
_add(
    "bare address",
    _page(
        "<p>ونُشرت الوثائق كلها على <a href='https://docs.example/a_b'>https://docs.example/a_b</a> لمن أراد أن يطلع عليها من السكان.</p>"
    ),
    ["على <https://docs.example/a_b> لمن"],
)
_add(
    "em around a quote",
    _page(
        "<p>وأضافت هالة <em>«هذا الجسر بيتنا»</em>، ثم شكرت كل من حمل لوحاً أو دق مسماراً في هذا العمل الطويل.</p>"
    ),
    ["وأضافت هالة *«هذا الجسر بيتنا»*، ثم"],
)
_add(
    "byline link",
    f"<!doctype html><html><head><title>{T}</title><link rel='canonical' href='https://ramla.example/1'></head><body><article><h1>{T}</h1><div class='entry-content'><p>كتبت <a href='/author/h'>سمر نجم</a></p>{A}{B}{C}</div></article></body></html>",
    (),
    ["سمر نجم"],
    ["https://ramla.example/author/h"],
)


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.name for sample in SAMPLES])
def test_a_page_keeps_what_its_writer_wrote(sample: Sample, tmp_path: Path) -> None:
    (tmp_path / "seed.html").write_text(sample.page, "utf-8")
    draft = draft_of(reader.read(tmp_path / "seed.html", tmp_path), KNOWN)
    body = f"\n\n{draft.article.body}\n\n"
    told = "\n".join(removed.text for removed in draft.receipt.removed)
    assert [words for words in sample.body if words not in body] == []
    assert [words for words in sample.never if words in body] == []
    assert [words for words in sample.told if words not in told] == []
