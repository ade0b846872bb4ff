"""Each phrase of the boilerplate rules goes from a page, and stays in a poem or a list."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from warraq.intake import draft_of, outlet_directory
from warraq.intake.lines import boilerplate
from warraq.intake.text.folding import fold_pattern, phrase, words
from warraq.model import Draft, RawDocument

RULES = Path(boilerplate.__file__).parents[1] / "rules" / "boilerplate"
KNOWN = outlet_directory()
# In a body the name of a section or of a writer's box is a subheading.
HEADINGS = ("author-box", "category")

HEADLINE = "عودة الحافلات إلى طريق القلعة"
STORY = (
    "عادت الحافلات إلى طريق القلعة صباح الخميس بعد توقف دام ستة أسابيع بسبب انهيار جزء من الجسر.",
    "وقال مدير النقل إن الورشات عملت ليلا كي لا تتأخر المدارس عن موعدها.",
    "وأضاف أن المرحلة الثانية تبدأ في الربيع.",
)
OPENING = ("الرئيسية", HEADLINE, "الأحد 5 أيار 2019 - 10:30", "")
CLOSING = ("", "شارك الخبر", "جميع الحقوق محفوظة © 2019")
ABOVE = ("الرئيسية", "{}", *OPENING[1:], *STORY, *CLOSING)
BELOW = (*OPENING, *STORY, "", "{}", *CLOSING[1:])
BETWEEN = (*OPENING, STORY[0], "{}", *STORY[1:], *CLOSING)

VERSE = (
    "القمر الذي نسيناه على السطح",
    "صار له جناحان من ضوء وملح",
    "{}",
    "نامت البيوت على كتفيه",
    "ولم ينم أحد في الحارة القديمة",
)
PRICES = ("بندورة: 40", "خيار: 35", "{}", "بصل: 18", "باذنجان: 22")
ITEMS = ("- مرآة مكسورة", "- دفتر بلا غلاف", "- {}", "- مفتاحان", "- معطف لا يخص أحدا")

# A line for each pattern that no labelled case meets.
PATTERNED = {
    "breadcrumb": ("أنت هنا: الرئيسية / محليات",),
    "broadcaster": (
        "list 2 of 4",
        "لقراءة بقية التحقيق اضغط هنا",
        "شاهد تفاصيل اللقاء على البث المباشر",
    ),
    "clock": ("آخر تحديث GMT 10:35", "3 ساعات مضت", "4/5/19 10:30"),
    "comments": ("التعليق (4)", "سيظهر تعليقك بعد أن يراه المحرر"),
    "contact": ("للتواصل معنا أرسلوا رسالة إلى الرقم 4455667",),
    "counter": ("أقل من دقيقة", "شاهده 1,204 من الزوار", "قرئ 312 مرة"),
    "first-printing": (
        "ترجمة خاصة عن «مرآة الشرق»",
        "رابط المقال الأصلي: مرآة الشرق",
        "للاطلاع على المقال كامل من صفحته",
    ),
    "follow": (
        "استمع إلى بودكاست حكايا السوق",
        "أضف مرآة الشرق كمصدر مفضل لديك",
        "قناتنا على تلغرام",
        "متاح على Google Play",
        "@miraat_alsharq",
        "صفحة الجريدة: https://m.example",
        "Discover more from Miraat",
        "Subscribe to get the latest posts",
        "يمكنكم متابعة صفحات الجريدة كلها",
    ),
    "footer": ("2019 © مرآة الشرق",),
    "form": ("رقم الهاتف (اختياري)",),
    "masthead": ("المشرف العام: نبيل شاهين",),
    "photo-credit": ("Getty Images", "تعليق الصورة حافلة على الجسر"),
    "rating": ("متوسط التقييم: 4.5",),
    "related": (
        "خبر يهمك: إغلاق جسر الوادي شهرا",
        "قد يعجبك: إغلاق جسر الوادي شهرا",
        "اقرأ أيضا إغلاق جسر الوادي شهرا",
    ),
    "share": ("Copied copy URL",),
    "signature": ("يتبع",),
    "widget": ("الرطوبة: 45%", "حالة الطقس اليوم", "غيوم متفرقة"),
}


def test_the_rules_are_where_these_tests_read_them() -> None:
    assert sum(1 for _ in RULES.glob("*.yaml")) > 20


def entries() -> Iterator[tuple[str, str]]:
    """Yield each phrase that is a whole line, or begins one, with its rule."""
    for path in sorted(RULES.glob("*.yaml")):
        for block in yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader):  # noqa: S506
            for entry in (*block.get("phrases", ()), *block.get("starts", ())):
                if words(entry):
                    yield path.stem, entry


def drafted(lines: tuple[str, ...], entry: str) -> Draft:
    """Return the draft of a text whose line {} is `entry`."""
    text = "\n".join(lines).replace("{}", entry)
    return draft_of(RawDocument("seeds/a.txt", text, "ab" * 32), KNOWN)


def kept(draft: Draft) -> list[str]:
    """Return the lines of the body, folded."""
    return [phrase(line) for line in draft.article.body.split("\n") if phrase(line)]


@pytest.mark.slow
@pytest.mark.parametrize("page", [ABOVE, BELOW, BETWEEN], ids=["above", "below", "between"])
def test_every_phrase_goes_where_a_page_has_it(page: tuple[str, ...]) -> None:
    story = [phrase(line) for line in STORY]
    stays = [
        (rule, entry) for rule, entry in entries()
        if not (page is BETWEEN and _heads(rule, entry))
        and ((draft := drafted(page, entry)).article.title, kept(draft)) != (HEADLINE, story)
    ]  # fmt: skip
    assert stays == []


def _heads(rule: str, entry: str) -> bool:
    """Tell whether a phrase may head a part of the article."""
    return rule in HEADINGS or (rule == "most-read" and " " in entry)


@pytest.mark.slow
@pytest.mark.parametrize(
    "lines",
    [
        (*OPENING[:1], "قمر على السطح", *OPENING[2:], *VERSE, *CLOSING),
        ("أسعار السوق هذا الصباح", *PRICES),
        ("ما تركه المستأجر في الغرفة", *ITEMS),
    ],
    ids=["verse on a page", "prices", "items"],
)
def test_every_phrase_stays_among_the_lines_of_a_poem_or_a_list(lines: tuple[str, ...]) -> None:
    own = lines[1:] if lines[0] != OPENING[0] else VERSE
    lost = [
        (rule, entry) for rule, entry in entries()
        if kept(drafted(lines, entry)) != [phrase(line.replace("{}", entry)) for line in own]
    ]  # fmt: skip
    assert lost == []


def test_every_phrase_answers_to_the_rule_it_stands_in() -> None:
    """Else it is dead: a rule before it knows the line already."""
    behind = [(rule, entry, boilerplate.boilerplate_rule(entry)) for rule, entry in entries()]
    dead = [
        (rule, entry) for rule, entry, match in behind
        if (match is None or match.rule != rule)
        and (
            (more := boilerplate.boilerplate_rule(f"{entry} سطر كذا")) is None or more.rule != rule
        )
    ]  # fmt: skip
    assert dead == []


def test_every_pattern_that_no_case_meets_has_a_line_that_does() -> None:
    known = [(fold_pattern(p), rule) for rule, p in patterns(seen=False)]
    lines = [
        (rule, boilerplate.normalized_line(line))
        for rule, group in PATTERNED.items()
        for line in group
    ]
    idle = [
        pattern for pattern, rule in known
        if not any(re.fullmatch(pattern, bare) for own, bare in lines if own == rule)
    ]  # fmt: skip
    assert idle == []


@pytest.mark.parametrize("rule", PATTERNED)
def test_its_line_goes_below_an_article_and_stays_in_a_list(rule: str) -> None:
    story = [phrase(line) for line in STORY]
    below = {line: kept(drafted(BELOW, line)) for line in PATTERNED[rule]}
    assert below == dict.fromkeys(PATTERNED[rule], story)
    lines = PATTERNED[rule]
    listed = {line: kept(drafted(("ما كتب على الحائط", *VERSE), line)) for line in lines}
    wanted = {line: [phrase(own.replace("{}", line)) for own in VERSE] for line in lines}
    assert listed == wanted


def patterns(*, seen: bool) -> Iterator[tuple[str, str]]:
    """Yield the patterns that a labelled case has `seen`, or those that none has."""
    for path in sorted(RULES.glob("*.yaml")):
        for block in yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader):  # noqa: S506
            for pattern, place in block.get("patterns", {}).items():
                if bool(place) == seen:
                    yield path.stem, pattern
