"""Tasks of an editor's week at the form and on the command line; docs/tasks.md has the counts."""

import pytest
from tests.week.archive import RELIEF, files, path_of
from tests.week.hand import Hand, at

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_correct_a_number_and_tell_readers(hand: Hand) -> None:
    hand.open("-/edit/bb0000")
    hand.correct("النص بصيغة Markdown", "1200 مترًا", "120 مترًا")
    hand.unfold("تصويبات تُعلن للقراء")
    hand.fill("التاريخ", "2024-06-03")
    hand.choose("النوع", "تصويب")
    hand.fill("نص الإشعار", "ذكرنا أن طول الجسر 1200 متر، والصحيح 120 مترًا.")
    hand.press("Control+s")
    hand.reads("حُفظت المادة")

    text = hand.file(path_of("bb0000"))
    assert "وطوله 120 مترًا" in text
    assert "والصحيح 120 مترًا" in text
    hand.done("correct")


def test_take_an_article_down(hand: Hand) -> None:
    hand.open("-/edit/cc0003")
    hand.unfold("الحقوق والحذف")
    hand.fill("تاريخ الحذف", "2024-06-03")
    hand.fill("السبب", "طلب المذكور حذفها، وتحققنا من طلبه.")
    hand.press("Control+s")
    hand.reads("حُفظت المادة")

    assert "status: removed" in hand.file(path_of("cc0003"))
    hand.done("take-down")


def test_say_that_a_name_is_somebody_else(hand: Hand) -> None:
    hand.open("-/edit/bb0001")
    hand.unfold("ليس هذا هو")
    hand.fill("مفتاح الشخص", "salim-haddad")
    hand.press("Control+s")
    hand.reads("حُفظت المادة")

    assert "salim-haddad" in hand.file(path_of("bb0001")).partition("not:")[2]
    hand.done("not-this-person")


def test_two_editors_at_one_article(hand: Hand) -> None:
    path = path_of("bb0002")
    hand.open("-/edit/bb0002")
    at(hand.site, path, "topics: [port]", "topics: [port, aid]")  # a colleague's pull comes in
    hand.fill("العنوان", "جسر المرسى يُفتح بعد عامين من العمل")
    hand.press("Control+s")
    hand.reads("حُفظت المادة")

    assert "topics: [port, aid]" in hand.file(path)
    assert "يُفتح" in hand.file(path)
    hand.done("two-editors")


def test_give_three_hundred_articles_another_topic(hand: Hand) -> None:
    hand.command("rename", "topics/aid", "relief")

    changed = [text for path, text in files() if "/aa" in path]
    assert len(changed) == RELIEF
    assert all("topics: [relief]" in hand.file(path) for path, _ in files() if "/aa" in path)
    assert "aid" in hand.file("content/topics/relief.md")
    hand.done("rename")


def test_merge_two_people(hand: Hand) -> None:
    hand.command("merge", "people/saleem-haddad", "people/salim-haddad")

    assert not hand.is_there("content/people/saleem-haddad.md")
    assert "سليم حداد" in hand.file("content/people/salim-haddad.md")
    assert all("[salim-haddad]" in hand.file(path_of(f"cc{n:04}")) for n in range(8))
    hand.done("merge")


def test_add_a_topic_to_all_that_a_query_finds(hand: Hand) -> None:
    hand.command("edit", "جسر المرسى date:2024-06-02", "--add", "topic=جسور", "--dry-run")
    hand.command("edit", "جسر المرسى date:2024-06-02", "--add", "topic=جسور")

    assert all("جسور" in hand.file(path_of(f"bb{n:04}")) for n in range(3))
    hand.done("bulk")
