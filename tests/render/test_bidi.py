import re
from html import escape, unescape

import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.render.bidi import isolated, isolated_in_ltr, isolated_text

ISOLATE = re.compile(r"<(/?)bd[io][^<>]*>")
TAG = re.compile(r"</?bd[io][^>]*>")


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-12", "2-1", "+90", "-5", "0931 222 333", "021 555 0148", "+963 41 555 222",
        "#5", "C++", "B-52", "$50", "±3", "2019-2020", "20–25", "2 - 1", "5%-10%", "12/5-15/5",
        "14,950-15,100", "10:30-12:00", "1 234 567-2 345 678", "(021) 555 0148", "5+1", "۱٫۵-۲",
        "Boeing 737", "Python 3.12–3.13", "Real Madrid 2-1 Barcelona", "50 MW", "5-10 km/h", "5G",
        "16-inch", "25°C", "2000 km", "@name", "MV Nour-7", "Windows 11 Pro", "Aleppo's soap",
        "AT&T", "Marks & Spencer", "Fire, water: the long wait", "https://example.org/a?b=1#c",
    ],
)  # fmt: skip
def test_what_a_browser_would_turn_is_isolated_whole(text: str) -> None:
    shown = str(isolated_text(f"قبل {text} بعد"))

    assert re.fullmatch(r"قبل <bdi[^>]*>[^<]*</bdi> بعد", shown)
    assert unescape(TAG.sub("", shown)) == f"قبل {text} بعد"


@pytest.mark.parametrize("text", ["٢٠٢٥-١٠-١٢", "٢٠–٢٥", "١٢/٥ - ١٥/٥", "Boeing ٧٣٧-٨٠٠", "٥ km"])
def test_arabic_indic_digits_are_forced_as_no_isolate_holds_them(text: str) -> None:
    assert str(isolated_text(f"قبل {text} بعد")) == f'قبل <bdo dir="ltr">{text}</bdo> بعد'


@pytest.mark.parametrize(
    "text",
    [
        "10/12", "12:30", "1,234.5", "١٬٢٣٤٫٥", "5", "دمشق", "ارتفع 50%", "كوفيد-19", "سو-35",
        "المادة 12-ب", "2011،2012", "1- 500 ليرة", "عام 2019، 25 قتيلًا", "بين 2019 و2025",
        "من 5 إلى 10", "غرفة (12)", "عدد 2019 150", "1445هـ-2024م", "ارتفع %50",
    ],
)  # fmt: skip
def test_what_shows_right_is_left_alone(text: str) -> None:
    assert str(isolated_text(text)) == text


@pytest.mark.parametrize("text", ["50% من", "«50%»", "(٥٠٪)", "30° ظهرًا"])
def test_a_mark_behind_a_number_is_on_the_same_side_at_the_head_too(text: str) -> None:
    assert re.search(r'<bd[io] dir="ltr">\d+</bd[io]>', str(isolated_text(text)))


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("نقلت Okaz 12 مليونًا", ["Okaz"]),
        ("نقلت Okaz 12 تشرين الأول", ["Okaz"]),
        ("نقلت Okaz: 12 قتيلًا", ["Okaz"]),
        ("في 2024 Reuters قالت", ["Reuters"]),
        ("يوم 2025-10-12 10:20 GMT", ["2025-10-12", "10:20 GMT"]),
        ("بين 5-10، 12-15", ["5-10", "12-15"]),
        ("نسبة 0.5-1%", ["0.5-1"]),
        ("ثمنه 5-10$", ["5-10"]),
        ("بـ20-25 و-5", ["20-25"]),
        ("نشرت Reuters - 12 تشرين", ["Reuters"]),
    ],
)
def test_what_is_read_apart_is_isolated_apart(text: str, apart: list[str]) -> None:
    assert re.findall("<bd[io][^>]*>([^<]*)</", str(isolated_text(text))) == apart


def test_sentence_punctuation_stays_outside() -> None:
    assert isolated("زار Haj.gov.sa.") == "زار <bdi>Haj.gov.sa</bdi>."
    assert isolated("سفينة MV Nour-7، 12 يومًا") == "سفينة <bdi>MV Nour-7</bdi>، 12 يومًا"


def test_a_text_of_latin_letters_alone_is_one_run() -> None:
    assert (
        str(isolated_text("Date both, credit & join."))
        == "<bdi>Date both, credit &amp; join.</bdi>"
    )


def test_a_left_to_right_site_isolates_what_runs_the_other_way() -> None:
    assert str(isolated_in_ltr("Quay opens 2-1.")) == "Quay opens 2-1."
    assert str(isolated_in_ltr("<افتتح الرصيف.")) == "<bdi>&lt;افتتح الرصيف.</bdi>"


def test_markup_code_and_isolates_are_left_alone() -> None:
    html = '<p title="x > Latin 2-1">أ <code>a-1</code> &amp; &#39;<bdi>Okaz</bdi><br></p>'

    assert isolated(html) == html


@given(
    st.lists(
        st.sampled_from(
            [*"0123456789%٪.,:/-+()#&;@°€ \u00a0AZém«ءهـ\u064b😀", "<b>", "<pre>", "&amp;"]
        )
        | st.sampled_from(["2024", "011", " مليون", "(021) 555", "</pre>", " - ", "km"])
    ).map("".join),
    st.sampled_from((0x660, 0x6F0)),
)
def test_eastern_digits_are_read_as_western_ones(html: str, zero: int) -> None:
    eastern = isolated(html.translate({ord("0") + n: zero + n for n in range(10)}))

    western = eastern.translate({zero + n: ord("0") + n for n in range(10)})
    assert ISOLATE.sub(r"<\1bdi>", western) == ISOLATE.sub(r"<\1bdi>", isolated(html))


@given(
    st.lists(
        st.sampled_from(["\u00a0", " ", *"0123٣۴5+-–/%()٫,aBéم\u2212€<>'", "&#39;", "<i x=1>"])
    ).map("".join),
    st.sampled_from("\u2009\u202f"),
)
def test_thin_spaces_are_read_as_no_break_ones(html: str, thin: str) -> None:
    spaced = html.replace("\u00a0", thin)

    assert isolated(spaced).replace(thin, "\u00a0") == isolated(html)


@given(st.text(alphabet="ابت 0127٢۴-–+#$%(.,:/٫abcZé&<>\"'\n", max_size=60))
def test_nothing_is_lost_and_nothing_of_the_text_becomes_markup(text: str) -> None:
    shown = isolated(escape(text))

    assert unescape(TAG.sub("", shown)) == text
    assert shown.count("<bd") == shown.count("</bd") == shown.count("<") // 2


@given(st.text() | st.lists(st.sampled_from("&'<>\"#@%-+(5٧A«»،؟ ءم\u202f\u00e9")).map("".join))
def test_a_text_is_isolated_after_it_is_escaped(text: str) -> None:
    safe = str(markupsafe.escape(text))
    is_latin = re.search("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]", text)
    is_mixed = re.search("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]", text)

    assert isolated_text(text) == (
        f"<bdi>{safe}</bdi>" if is_latin and not is_mixed else isolated(safe)
    )
