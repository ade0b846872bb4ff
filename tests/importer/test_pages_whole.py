"""A law: what the article of a saved page holds is in the article or in the receipt, all of it."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warraq.intake import draft_of, outlet_directory
from warraq.model import Draft
from warraq.seeds import reader

KNOWN = outlet_directory()
HOST = "https://mirror.example"
# {w} stands for a word that is nowhere else, {u} for an address that is nowhere else.
PROSE = (
    "افتتحت البلدية حديقة {w} في حي <a href='{u}'>الجسر</a> بعد عامين من العمل على أرضها المهملة.",
    "وقال <strong>رئيس البلدية {w}</strong> إن الحديقة تضم ملعباً للأطفال ومقاعد وممرات للمشي.",
    "وتستعد البلدية لافتتاح حديقتين {w} في الأحياء <em>الشمالية</em> قبل نهاية العام الحالي هذا.",
)
PARTS = (
    *(f"<p>{text}</p>" for text in PROSE),
    "<p>كلام قصير {w}.</p>",
    "<p><a href='{u}'>رابط وحده {w}</a></p>",
    "<p>اقرأ أيضاً: <a href='{u}'>خبر آخر {w}</a></p>",
    "<p>قبل الرابط الفارغ {w}<a href='{u}'></a> وبعده كلام كثير عن الحديقة وأشجارها ومقاعدها.</p>",
    "<p>فيها <a href='javascript:x(\"{w}\")'>زر {w}</a> لا يفعل شيئاً وكلام يكمل الجملة بعده.</p>",
    "<p>فيها <a href='https://me:{w}@h.example/'>باب {w}</a> عليه قفل وكلام يكمل الجملة بعده.</p>",
    "<ul><li>بند {w} <a href='{u}'>أول</a><ul><li>فرع {w}</li></ul></li><li>بند {w}</li></ul>",
    "<ol start='4'><li>خطوة {w}</li><li><p>خطوة {w}</p><p>تكملة {w}</p></li></ol>",
    "<blockquote><p>هذه الحديقة {w} <a href='{u}'>لكم</a> ولأولادكم من بعدكم.</p></blockquote>",
    "<table><tr><th>{w}<th>سعر<tr><td><a href='{u}'>شجر {w}</a><td><tr><td>{w}<td>2</table>",
    "<pre>يا دار {w} بالعلياء\nأقوت {w} وطال عليها\n\nثم {w} بعدها</pre>",
    "<h3>عنوان فرعي {w}</h3>",
    "<figure><a href='{u}'><img src='{u}.jpg'></a><figcaption>{w}</figcaption></figure>",
    "<div class='share'><a href='{u}'>شارك {w}</a></div>",
    "<aside><h4>ذات صلة</h4><a href='{u}'>خبر {w}</a><img src='{u}.png'></aside>",
    "<iframe src='https://www.youtube.com/embed/{w}'></iframe>",
    "<details><summary>المزيد {w}</summary>تفصيل {w}</details>",
)
LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهي"


def _word(number: int) -> str:
    first, second = divmod(number, len(LETTERS))
    return f"ظض{LETTERS[first % len(LETTERS)]}{LETTERS[second]}ضظ"


def _page(parts: list[str], *, told: bool) -> tuple[str, list[str], list[str]]:
    """Return a page of `parts`, and its own words and addresses."""
    words: list[str] = []
    addresses: list[str] = []
    pieces = []
    for part in (*(f"<p>{text}</p>" for text in PROSE), *parts):
        while "{w}" in part or "{u}" in part:
            if "{w}" in part:
                words.append(_word(len(words)))
                part = part.replace("{w}", words[-1], 1)  # noqa: PLW2901
            if "{u}" in part:
                addresses.append(f"/a/{len(addresses)}x")
                part = part.replace("{u}", addresses[-1], 1)  # noqa: PLW2901
        pieces.append(part)
    head = f"<link rel='canonical' href='{HOST}/2024/garden'>" if told else ""
    return (
        (
            f"<html><head><title>افتتاح حديقة الجسر</title>{head}</head><body><div>"
            f"<h1>افتتاح حديقة الجسر</h1><div class='post-content'>{''.join(pieces)}</div></div>"
            "</body></html>"
        ),
        words,
        addresses,
    )


def _draft(page: str) -> Draft:
    with tempfile.TemporaryDirectory() as folder:
        seed = Path(folder) / "seed.html"
        seed.write_text(page, "utf-8")
        return draft_of(reader.read(seed, Path(folder)), KNOWN)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(PARTS), max_size=8), st.booleans())
def test_nothing_of_an_article_is_lost(parts: list[str], told: bool) -> None:
    page, words, addresses = _page(parts, told=told)
    draft = _draft(page)
    article = draft.article
    assert article.body
    pictures = [figure for figure in (article.image, *article.figures) if figure]
    kept = "\n".join(
        (
            article.body,
            *(f"{f.src} {f.alt} {f.caption} {f.credit}" for f in pictures),
            *(removed.text for removed in draft.receipt.removed),
        )
    )
    assert [word for word in words if word not in kept] == []
    assert [address for address in addresses if address not in kept] == []
