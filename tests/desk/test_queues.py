"""The queues by HTTP: every question is decided once, and what of the files that changes."""

import re

import pytest
from lxml import html
from tests.desk.editor import Editor
from tests.desk.waiting_archive import ASKED, Asked
from tests.preview.served import eventually


def rows(editor: Editor, queue: str) -> dict[str, str]:
    """Return the decisions of a queue as its list has them: what is said, and the address."""
    page = html.fromstring(editor.get(f"/-/queue/{queue}")[1])
    found = {a.text_content(): a.get("href") for a in page.xpath("//ol[@class='list']//a")}
    case = page.xpath("//*[@id='case']")
    key = page.xpath("//form[@class='ask']//*[@name='at']")
    return found or ({case[0].text_content(): f"?at={key[0].get('value')}"} if key else {})


def address_of(editor: Editor, queue: str, title: str) -> str:
    found = [at for said, at in rows(editor, queue).items() if title == said or f"{title} " in said]
    assert found, (title, rows(editor, queue))
    return re.sub(r"^\?", f"/-/queue/{queue}?", found[0])


def answered(editor: Editor, address: str, answer: dict[str, str]) -> tuple[int, str]:
    """Fill in the form of a decision and press a button."""
    page = html.fromstring(editor.get(address)[1])
    is_by_hand = answer["do"] == "lines"
    (form,) = page.xpath(
        "//details[@class='lines']//form" if is_by_hand else "//form[@class='ask']"
    )
    known = [(name, value or "") for name, value in form.form_values() if name not in answer]
    if is_by_hand:
        answer = answer | {"new": form.fields["old"].replace("date: 2024-13-01", answer["new"])}
    given = [(name, value) for name, value in answer.items() if name != "member"]
    given += [("member", one) for one in answer.get("member", "").split()]
    return editor.post(address.partition("?")[0], known + given)


def diff(editor: Editor) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines that the last commit took from articles, and those that it put there."""
    text = editor.git("show", "--format=", "-U0", "HEAD", "--", "content", ":!content/.imports")
    lines = [line for line in text.splitlines() if not line.startswith(("---  ", "+++ ", "--- "))]
    gone = tuple(line[1:] for line in lines if line.startswith("-"))
    return gone, tuple(line[1:] for line in lines if line.startswith("+"))


@pytest.mark.parametrize("asked", ASKED, ids=[f"{one.queue} {one.answer['do']}" for one in ASKED])
def test_a_decision_changes_its_lines_and_is_one_commit(desk: Editor, asked: Asked) -> None:
    head = desk.git("rev-parse", "HEAD")
    address = address_of(desk, asked.queue, asked.title)
    before = rows(desk, asked.queue)

    status, text = answered(desk, address, asked.answer)

    assert (status, text) == (303, "")
    assert (desk.git("rev-parse", "HEAD~1"), desk.git("status", "--porcelain", "content")) == (
        head,
        "",
    )
    assert diff(desk) == (asked.gone, asked.new)
    assert desk.git("log", "-1", "--format=%an %s").startswith("محرر ")
    left = rows(desk, asked.queue)
    assert len(left) == len(before) - 1
    assert address not in left.values()


def test_two_windows_decide_once_and_lose_nothing(desk: Editor) -> None:
    address = address_of(desk, "dates", "تاريخ في نافذتين")
    answer = {"do": "date", "day": "2023-01-01"}
    page = html.fromstring(desk.get(address)[1])
    (form,) = page.xpath("//form[@class='ask']")
    other = dict(form.form_values()) | {"do": "date", "day": "2022-02-02", "basis": "كتبته بيدي"}

    assert answered(desk, address, answer)[0] == 303
    head = desk.git("rev-parse", "HEAD")
    status, text = desk.post("/-/queue/dates", other)

    assert status == 409
    assert "decided already" in text
    assert "كتبته بيدي" in text
    assert desk.git("rev-parse", "HEAD") == head


def test_what_was_decided_in_the_file_is_passed_over(desk: Editor) -> None:
    address = address_of(desk, "sources", "مصدر في الملف")
    file = desk.served.site / "content/articles/aa/aaab02.md"
    file.write_text(file.read_text("utf-8").replace("date:", "source: وكالة\ndate:"), "utf-8")

    assert "مصدر في الملف" not in html.fromstring(desk.get(address)[1]).xpath("string(//h1)")
    desk.git("commit", "-qam", "by hand")


def test_an_answer_that_does_not_fit_is_kept_and_says_why(desk: Editor) -> None:
    head = desk.git("rev-parse", "HEAD")
    address = address_of(desk, "dates", "تاريخ مرفوض")
    for answer, told in (
        ({"do": "date", "day": "٣ أيار", "basis": "سند طويل"}, "no date that can be read"),
        ({"do": "date", "day": "2024-02-31", "basis": "سند طويل"}, "2024-02-31"),
        ({"do": "nothing", "basis": "سند طويل"}, "no answer was chosen"),
    ):
        status, text = answered(desk, address, answer)
        assert (status, told in text, "سند طويل" in text) == (422, True, True)
    assert desk.git("rev-parse", "HEAD") == head


def test_lines_that_changed_meanwhile_are_not_overwritten(desk: Editor) -> None:
    address = address_of(desk, "dates", "تاريخ مرفوض")
    page = html.fromstring(desk.get(address)[1])
    (form,) = page.xpath("//details[@class='lines']//form")
    sent = dict(form.form_values()) | {"do": "lines", "new": "ما كتبته أنا"}
    file = desk.served.site / "content/articles/aa/aaab03.md"
    before = file.read_text("utf-8")
    file.write_text(before.replace("topics: [roads]", "topics: [roads, جسور]"), "utf-8")

    status, text = desk.post("/-/queue/dates", sent)

    assert (status, "ما كتبته أنا" in text) == (409, True)
    assert "ما كتبته أنا" not in file.read_text("utf-8")
    file.write_text(before, "utf-8")


@pytest.mark.parametrize(
    "answer",
    [
        {"do": "link", "address": "javascript:alert(1)"},
        {"do": "link", "address": "//evil.example/"},
        {"do": "link", "address": "x> <script>"},
    ],
)
def test_a_link_leads_to_no_script(desk: Editor, answer: dict[str, str]) -> None:
    status, _ = answered(desk, address_of(desk, "links", "رابط يبقى"), answer)

    assert status == 422


def test_no_file_is_made_outside_and_no_other_article_is_read(desk: Editor) -> None:
    head = desk.git("rev-parse", "HEAD")
    name = address_of(desk, "names", "سامي الحداد")
    copy = address_of(desk, "copies", "نسخة مجهولة")
    made = {"do": "file", "kind": "people", "name": "x"}

    for key in ("../../x", "a/b", "", "X"):
        assert answered(desk, name, made | {"key": key})[0] == 422
    assert answered(desk, name, made | {"kind": "articles", "key": "x"})[0] == 422
    assert answered(desk, copy, {"do": "copy:../../../site"})[0] == 422
    assert answered(desk, copy, {"do": "copy:aaaa01"})[0] == 422  # no flag names it
    assert desk.git("rev-parse", "HEAD") == head


def test_strangers_decide_nothing(desk: Editor) -> None:
    served, head = desk.served, desk.git("rev-parse", "HEAD")
    address = address_of(desk, "dates", "تاريخ مرفوض")
    (form,) = html.fromstring(desk.get(address)[1]).xpath("//form[@class='ask']")
    fields = dict(form.form_values()) | {"do": "keep"}

    assert served.get("/-/")[0].status == 403
    assert served.get("/-/queue/dates")[0].status == 403
    for headers in ({"Cookie": ""}, {"Origin": "http://evil.example"}, {"Host": "evil.example"}):
        assert desk.post("/-/queue/dates", fields, **headers)[0] in {400, 403, 421}
    assert desk.post("/-/queue/dates", fields | {"form_token": "x"})[0] == 403
    assert desk.post("/-/queue/nothing", fields)[0] == 404
    assert desk.post("/-/queue/dates", fields | {"at": "../x"})[0] == 409
    assert desk.git("rev-parse", "HEAD") == head


def test_hostile_words_are_shown_and_do_nothing(desk: Editor) -> None:
    address = address_of(desk, "flags", "<img src=x onerror=alert(1)>")
    _, text = desk.get(address)

    assert "<img" not in text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_a_decision_is_taken_back_from_the_page_after_it(desk: Editor) -> None:
    file = desk.served.site / "content/articles/aa/aaab10.md"
    before = file.read_bytes()
    address = address_of(desk, "dates", "تاريخ يُتراجع عنه")
    assert answered(desk, address, {"do": "keep"})[0] == 303
    assert file.read_bytes() != before
    commit = desk.git("rev-parse", "HEAD")
    _, text = desk.get(f"/-/queue/dates?done={commit}")
    (form,) = html.fromstring(text).xpath("//form[@action='/-/changes']")

    status, _ = desk.post("/-/changes", dict(form.form_values()))

    assert status == 303
    assert file.read_bytes() == before
    assert eventually(lambda: "تاريخ يُتراجع عنه" in desk.get("/-/queue/dates")[1])
