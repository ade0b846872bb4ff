"""The face's form as values: what it reads of a site.yaml, and the lines that it changes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.base.config import parse
from warraq.base.problems import WarraqError
from warraq.desk.face_fields import merged, sent_values, values_of

LINES = (
    "name: أرشيف  # اسمنا",
    "description: 'سطر: فيه نقطتان'",
    "foot: |\n  سطر\n  وآخر",
    "foot: >-\n  نص   طويل\n\n  وفقرة",
    "# تعليق وحده",
    "",
    "lang: no",
    "hijri: true",
    'digits: "arab"',
    "logo: media/شعار.png",
    "share: /card.png # هنا",
    "colours: {accent: '#00695C', link: {light: \"#00539b\", dark: '#8cc2ff'}}",
    "colours:\n  # لنا\n  accent: '#00695c'\n  ink:\n    dark: '#eeeeee' # داكن",
    "navigation:\n- {label: أ, url: /topics/}  # أولًا\n- label: ب\n  url: https://a.example/",
    'navigation: [{label: أ, url: /}, {url: /x/, label: "ب"}]',
    "extra_css: [own.css, b.css]",
    "font_files: [a.woff2, 'b.woff2'] # خط",
    "mine: {a: [1, 2]} # ليس منا",
    "import: {fields: {title: headline}}",
    "months:",
)
FILES = st.lists(st.sampled_from(LINES), unique_by=lambda line: line.partition(":")[0]).map(
    lambda lines: "\n".join(lines) + "\n"
)


def sent(values: dict[str, str]) -> dict[str, str]:
    """Return what a form that holds `values` says: with empty inputs and places in the menu."""
    rows = {name.split(".")[1] for name in values if name.startswith("navigation.")}
    places = {f"navigation.{row}.at": str(int(row) + 1) for row in rows}
    empty = {"navigation.98.at": "99", "navigation.98.label": "", "months": "", "extra_css.9": ""}
    return sent_values(empty | values | places)


@given(FILES)
def test_a_form_sent_as_it_was_opened_changes_nothing(text: str) -> None:
    assert merged(text, sent(values_of(text)), text) == (text, (), ())


@given(FILES, FILES)
def test_a_form_makes_of_one_file_the_face_of_another_and_leaves_the_rest(
    text: str, other: str
) -> None:
    wanted = sent(values_of(other))

    changed = merged(text, wanted, text).text

    assert values_of(changed) == wanted
    kept = [line for line in ("mine: {a: [1, 2]} # ليس منا", "# تعليق وحده") if line in text]
    assert [line for line in kept if line not in changed] == []
    back = merged(changed, values_of(text), changed).text
    assert values_of(back) == values_of(text)


@pytest.mark.parametrize(
    ("text", "form", "changed"),
    [
        ("name: أ # هنا\nx: 1\n", {"name": "ب"}, "name: ب # هنا\nx: 1\n"),
        ("---\nname: أ\n", {"name": "أ", "lang": "no"}, "---\nname: أ\nlang: 'no'\n"),
        ("# أ\n--- # ب\nname: أ\n", {"name": "ب"}, "# أ\n--- # ب\nname: ب\n"),
        ("name: أ", {"name": "أ", "hijri": "true"}, "name: أ\nhijri: true\n"),
        (
            "name: أ\ncolours:\n  ink: '#111111' # حبر\n",
            {"name": "أ", "colours.ink.light": "#111111", "colours.link.dark": "#8cc2ff"},
            "name: أ\ncolours:\n  ink: '#111111' # حبر\n  link:\n    dark: '#8cc2ff'\n",
        ),
        (
            "name: أ\nnavigation:\n- {label: أ, url: /a/} # أ\n- {label: ب, url: /b/}\n",
            {
                "name": "أ",
                "navigation.0.label": "أ",
                "navigation.0.url": "/a/",
                "navigation.0.at": "3",
                "navigation.1.label": "ب",
                "navigation.1.url": "/b/",
                "navigation.1.at": "1",
            },
            "name: أ\nnavigation:\n- {label: ب, url: /b/}\n- {label: أ, url: /a/} # أ\n",
        ),
        ("name: أ\nfoot: ب\n", {"name": "أ"}, "name: أ\n"),
    ],
)
def test_only_the_lines_of_what_changed_are_written(
    text: str, form: dict[str, str], changed: str
) -> None:
    assert merged(text, sent_values(form), text).text == changed


@pytest.mark.parametrize("text", ["{name: أ, lang: ar}\n", "{name: أ,\n lang: ar}\n"])
def test_a_layout_without_lines_is_refused_rather_than_spoilt(text: str) -> None:
    with pytest.raises(WarraqError) as caught:
        merged(text, {"name": "ب", "lang": "ar", "foot": "ج"}, text)

    assert {problem.code for problem in caught.value.problems} <= {"settings-layout", "yaml-broken"}


def test_two_who_change_one_thing_are_told_and_two_things_are_kept() -> None:
    opened, now = "name: أ\nfoot: ب\n", "name: ج\nfoot: ب\n"

    assert merged(opened, {"name": "د", "foot": "ب"}, now).conflicts == ("name",)
    assert merged(opened, {"name": "أ", "foot": "ه"}, now).text == "name: ج\nfoot: ه\n"
    assert merged(opened, {"name": "ج", "foot": "ب"}, now).changed == ()


HOSTILE: Any = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_whatever_is_typed_stays_one_value(name: str, foot: str, label: str) -> None:
    form = sent_values(
        {"name": f"أ{name}", "foot": foot, "navigation.0.label": label, "navigation.0.url": "/"}
    )

    text = merged("name: أ\n", form, "name: أ\n").text

    assert values_of(text) == form
    config, _ = parse(text)
    assert config.name == form["name"]
    assert config.foot == form.get("foot", "")
