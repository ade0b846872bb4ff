from tests.intake.drafts import BODY, TITLE, drafted

from warraq.content.frontmatter import article_text
from warraq.intake.text.repair import repair_characters


def test_direction_marks_are_dropped_and_flagged() -> None:
    draft = drafted(f"{TITLE}\n{BODY}\N{RIGHT-TO-LEFT OVERRIDE}")
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in draft.article.body
    assert ("bidi", "U+202E") in {(f.kind, f.text) for f in draft.article.flags}


def test_what_nobody_sees_is_dropped_from_text_and_facts_and_flagged() -> None:
    text = f"{TITLE}\n2010\x962011: أعلنت\u202e\x07 البلدية \x81ذلك.\n{BODY}"
    draft = drafted(text, ("author", "سالم\u2066 \x93علي\x94", "sidecar"))

    kept = article_text(draft.article)
    assert "2010–2011: أعلنت البلدية ذلك." in kept
    assert draft.article.authors == ("سالم “علي”",)
    assert not [c for c in "\u202e\u2066\x07\x81\x93\x94\x96" if c in kept]
    assert [(f.kind, f.text) for f in draft.article.flags if f.kind in {"bidi", "control"}] == [
        ("bidi", "U+202E"),
        ("control", "U+0007 U+0081"),
        ("control", "U+0096"),
        ("bidi", "U+2066"),
        ("control", "U+0093"),
        ("control", "U+0094"),
    ]


def test_a_text_without_oddities_comes_out_as_it_is() -> None:
    assert repair_characters("عاد الوفد\nإلى البلدة") == ("عاد الوفد\nإلى البلدة", (), ())


def test_presentation_forms_and_stretched_words_are_noted() -> None:
    text, flags, notes = repair_characters("ﻋﺎﺩ محمـــد")  # Muhammad came back
    assert (text, flags) == ("عاد محمد", ())
    assert [note.meaning for note in notes] == ["presentation-forms", "tatweel"]


def test_line_ends_of_every_kind_are_one() -> None:
    assert repair_characters("أ\r\nب\u2028ج\x0bد")[0] == "أ\nب\nج\nد"
