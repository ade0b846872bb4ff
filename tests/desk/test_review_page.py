"""An import looked at again: what became of each line; lines put back and taken out for good."""

from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser
from tests.desk.imported_archive import Reviewer, as_at_first, lines_in, served_archive
from tests.editing.unlike_seeds import FIRST, SECOND, SEEDS, THIRD, TITLE
from tests.preview.served import Served

from warraq.content import receipts
from warraq.content.frontmatter import article_text, with_body
from warraq.model import Article, Receipt

BUTTON = "اترك تعليق"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served_archive(tmp_path_factory.mktemp("imported")) as running:
        yield running


@pytest.fixture
def editor(served: Served) -> Reviewer:
    return as_at_first(served)


def test_each_line_says_what_became_of_it_and_why(editor: Reviewer) -> None:
    lines = {line.text: line for line in editor.lines("text.txt")}

    assert lines[FIRST].state == "kept"
    assert lines[FIRST].own == FIRST
    assert lines[TITLE].heading == "حُذف: هو العنوان"
    assert lines["المصدر: نشرة المرسى"].heading == "حُذف: سطر المصدر"
    assert lines[BUTTON].heading == "حُذف: التعليقات وما تحتها"
    page = editor.page("text.txt")
    assert "صار العنوان" in page
    assert "عُرف منه المصدر: <bdi" in page
    assert "دليل على التاريخ" in page


@pytest.mark.parametrize("seed", [*[*SEEDS][:-1], "wire.ndjson#71", "wire.ndjson#72"])
def test_a_line_of_any_seed_goes_out_and_comes_back(editor: Reviewer, seed: str) -> None:
    before = editor.path_of(seed).read_bytes()
    lines = editor.lines(seed)
    kept = [line for line in lines if line.state == "kept"]
    assert {line.state for line in lines} == {"kept", "removed"}

    editor.decide(seed, kept[-1].text)
    assert editor.line(seed, kept[-1].text).heading.startswith("حذفه محرر")
    assert editor.path_of(seed).read_bytes() != before
    editor.decide(seed, kept[-1].text)

    assert editor.path_of(seed).read_bytes() == before
    assert editor.git("rev-list", "--count", "first..HEAD") == "2"
    assert editor.git("status", "--porcelain", "content") == ""


def test_a_removed_line_comes_back_to_its_place_in_one_commit(editor: Reviewer) -> None:
    editor.decide("text.txt", BUTTON)

    assert editor.article("text.txt").body.strip().split("\n\n") == [FIRST, SECOND, THIRD, BUTTON]
    assert editor.line("text.txt", BUTTON).state == "back"
    title = editor.article("text.txt").title
    assert editor.git("log", "-1", "--format=%an %s") == f"محرر أعاد سطرًا إلى «{title}»: «{BUTTON}»"
    assert editor.git("show", "--stat", "--format=", "HEAD").count("|") == 1


def test_decisions_survive_an_import_of_the_same_and_of_a_later_seed(editor: Reviewer) -> None:
    editor.decide("text.txt", BUTTON)
    editor.decide("text.txt", THIRD)
    after = editor.path_of("text.txt").read_bytes()
    assert editor.article("text.txt").body.strip().split("\n\n") == [FIRST, SECOND, BUTTON]

    editor.import_again()
    assert editor.path_of("text.txt").read_bytes() == after

    seed = editor.site / "seeds" / "text.txt"
    seed.write_text(seed.read_text("utf-8").replace(FIRST, FIRST + " وقد فُتح ليلًا."), "utf-8")
    editor.import_again()

    body = editor.article("text.txt").body.strip().split("\n\n")
    assert body == [FIRST + " وقد فُتح ليلًا.", SECOND, BUTTON]
    states = {line.text or line.own: line.state for line in editor.lines("text.txt")}
    assert (states[THIRD], states[BUTTON]) == ("out", "back")


def test_decisions_about_seeds_of_any_shape_survive_an_import_again(editor: Reviewer) -> None:
    seeds = [*[*SEEDS][:-1], "wire.ndjson#71", "wire.ndjson#72"]
    for seed in seeds:
        lines = editor.lines(seed)
        gone = [line.text for line in lines if line.state == "removed"]
        kept = [line.text for line in lines if line.state == "kept"]
        editor.decide(seed, gone[-1])
        editor.decide(seed, kept[0])
    decided = {seed: editor.path_of(seed).read_bytes() for seed in seeds}

    editor.import_again()

    assert {seed: editor.path_of(seed).read_bytes() for seed in seeds} == decided
    for seed in seeds:
        assert {"back", "out"} <= {line.state for line in editor.lines(seed)}, seed


def test_the_notice_takes_the_decision_back(editor: Reviewer) -> None:
    own = editor.id_of("text.txt")
    status, _ = editor.press("text.txt", editor.line("text.txt", BUTTON).button)
    made = editor.git("rev-parse", "HEAD")
    assert status == 303

    _, page = editor.get(f"/-/review/{own}?done={made}")

    assert 'action="/-/changes"' in page
    assert f'value="{made}"' in page


def test_a_paragraph_that_changed_meanwhile_is_not_taken_out_unseen(editor: Reviewer) -> None:
    button = editor.line("text.txt", SECOND).button
    path = editor.path_of("text.txt")
    edited = path.read_text("utf-8").replace("ستة أشهر", "سبعة أشهر")
    path.write_text(edited, "utf-8")

    status, page = editor.press("text.txt", button)

    assert status == 409
    assert "تغيّرت هذه الفقرة" in page
    assert path.read_text("utf-8") == edited
    assert [line.state for line in lines_in(page) if "سبعة أشهر" in line.own] == ["edited"]


@pytest.mark.parametrize("part", ["", "9-9-abcdef12", "x" * 5000, "../../etc", "1-1-'\"<b>"])
def test_a_line_that_is_not_there_changes_nothing(editor: Reviewer, part: str) -> None:
    for name in ("out", "back"):
        status, page = editor.press("text.txt", (name, part))

        assert status == 409
        assert "لم يعد في الملف الخام سطر كهذا" in page
    assert editor.git("status", "--porcelain", "content") == ""


def test_a_decision_that_is_met_already_changes_nothing(editor: Reviewer) -> None:
    button = editor.line("text.txt", BUTTON).button
    editor.press("text.txt", button)
    head = editor.git("rev-parse", "HEAD")

    assert editor.press("text.txt", button)[0] == 303
    assert editor.git("rev-parse", "HEAD") == head


def test_a_seed_that_changed_or_went_shows_the_removed_lines_alone(editor: Reviewer) -> None:
    seed = editor.site / "seeds" / "text.txt"
    seed.write_text("شيء آخر\n", "utf-8")
    changed = editor.page("text.txt")
    seed.unlink()
    gone = editor.page("text.txt")

    for page, why in ((changed, "ليس هذا الملف الخام كما كان"), (gone, "وليس هنا الآن")):
        assert why in page
        assert "هذه الأسطر التي حُذفت وحدها" in page
        found = lines_in(page)
        assert BUTTON in [line.text for line in found]
        assert [line.button for line in found] == [None] * len(found)


def test_an_article_without_a_receipt_says_so(editor: Reviewer) -> None:
    own = editor.id_of("text.txt")
    (editor.site / receipts.path_of(own)).unlink()

    response, page = editor.get(f"/-/review/{own}")

    assert response.status == 200
    assert "لا إيصال استيراد لهذه المادة" in page
    assert f'href="/-/edit/{own}"' in page
    assert "لا مادة بالمعرّف" in editor.get("/-/review/abcdef")[1]
    assert editor.get("/-/review/abcdef")[0].status == 404


def test_receipts_of_other_versions_and_broken_ones_are_read_as_far_as_they_go(
    editor: Reviewer,
) -> None:
    own = editor.id_of("text.txt")
    path = editor.site / receipts.path_of(own)
    old = receipts.decode(path.read_bytes(), "x")
    path.write_text(
        f'{{"id": "{own}", "seed": "{old.seed}", "sha256": "{old.sha256}", "later": [1],'
        f' "removed": [{{"rule": "rule-of-old", "text": "{BUTTON}", "first": 13, "last": 13}},'
        ' {"rule": "share", "text": "ليس هنا", "first": 4, "last": 4}]}',
        "utf-8",
    )
    page = editor.page("text.txt")
    assert "rule-of-old" in page
    assert "ليس هنا" in page

    path.write_text("{", "utf-8")
    response, page = editor.get(f"/-/review/{own}")
    assert (response.status, "تتعذر قراءة إيصال الاستيراد" in page) == (200, True)


def test_an_article_that_is_in_no_commit_yet_says_so(editor: Reviewer) -> None:
    note = "لم تُسجَّل في التاريخ بعد"
    assert note not in editor.page("text.txt")
    path = editor.path_of("text.txt")
    path.write_text(path.read_text("utf-8") + "\nكلمة أخرى.\n", "utf-8")

    assert note in editor.page("text.txt")
    editor.decide("text.txt", BUTTON)
    assert "كلمة أخرى." in editor.article("text.txt").body
    assert editor.git("rev-parse", "HEAD") == editor.git("rev-parse", "first")


def test_what_an_editor_wrote_stays_whatever_is_decided(editor: Reviewer) -> None:
    path = editor.path_of("text.txt")
    own = f"# تعليق\n\n{FIRST}\n\nكلمة من المحرر عن هذا الخبر.\n\n\n{SECOND}\n\n{THIRD}"
    written = with_body(path.read_text("utf-8"), own).replace("\n", "\r\n")
    path.write_bytes(written.replace("id:", "# ملاحظة\r\nzebra: 1\r\nid:").encode())
    before = path.read_bytes()
    assert {line.state for line in editor.lines("text.txt")} >= {"own", "kept", "removed"}

    editor.decide("text.txt", BUTTON)
    editor.decide("text.txt", BUTTON)

    assert path.read_bytes() == before


def test_a_line_that_became_the_headline_was_taken_out_by_nobody(editor: Reviewer) -> None:
    seed = f"جزيرة كورسيكا\n\n{FIRST.replace('البلدية', 'الجزيرة')}\n\n{SECOND}\n"
    (editor.site / "seeds" / "island.txt").write_text(seed, "utf-8")
    editor.import_again(again=False)

    assert editor.article("island.txt").title == "جزيرة كورسيكا"
    assert editor.line("island.txt", "جزيرة كورسيكا").heading == "حُذف: هو العنوان"


@pytest.mark.browser
def test_a_line_is_put_back_by_keyboard_alone_and_without_scripts(
    editor: Reviewer, chromium: Browser
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    root, _, token = editor.served.address.partition("?")
    page.goto(f"{root}-/desk.css?{token}")
    page.goto(f"{root}-/review/{editor.id_of('text.txt')}")
    page.locator("li", has_text=BUTTON).get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**done=*")

    assert "أعاد سطرًا إلى" in page.get_by_role("status").inner_text()
    assert page.url.partition("#")[2].startswith("line-")
    assert "أُعيد: كان قد حُذف" in page.locator("li.back").inner_text()
    page.keyboard.press("Tab")  # goes on where the editor was
    page.keyboard.press("Enter")
    page.wait_for_url("**done=*")
    page.locator("li.removed", has_text=BUTTON).wait_for()
    context.close()

    assert editor.git("rev-list", "--count", "first..HEAD") == "2"
    assert editor.git("diff", "first", "HEAD") == ""


HOSTILE = (
    "خبر عن <script>alert(1)</script> وما بعده\n"
    "</textarea><img src=x onerror=alert(2)> سطر فيه وسوم لا تعمل في أي صفحة من الصفحات.\n"
    "نص \u202eمقلوب\u2066 بمحارف اتجاه لا تُرى، ويبقى السطر كما هو في الملف الخام كله.\n"
    f"{'كلمة ' * 100_000}\n" + "".join(f"سطر رقم {n} من سطور كثيرة.\n" for n in range(20_000))
)


def test_hostile_seeds_are_shown_as_text_and_cut_with_a_word(editor: Reviewer) -> None:
    # As if imported: that takes its time, and what is shown is made of seed and receipt alone.
    (editor.site / "seeds" / "hostile.txt").write_text(HOSTILE, "utf-8")
    receipt = Receipt("abc123", "seeds/hostile.txt", sha256(HOSTILE.encode()).hexdigest())
    article = Article("abc123", "خبر من ملف غريب", body="سطر رقم 0 من سطور كثيرة.")
    for path, content in (
        (receipts.path_of("abc123"), receipts.encode(receipt)),
        ("content/articles/ab/abc123.md", article_text(article).encode()),
    ):
        (editor.site / path).parent.mkdir(parents=True, exist_ok=True)
        (editor.site / path).write_bytes(content)

    response, page = editor.get(f"/-/review/{editor.id_of('hostile.txt')}")

    assert response.status == 200
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert "ما لا يُعرض، وعدد حروفه" in page
    assert len(page) < 600_000
    assert len(lines_in(page)) == 200
    last = editor.page("hostile.txt", "?page=99999999")
    assert "سطر رقم 19999" in last
    assert 'rel="next"' not in last


def test_the_list_has_every_import_with_a_link_and_the_form_leads_there(editor: Reviewer) -> None:
    _, page = editor.get("/-/review")
    own = editor.id_of("text.txt")

    assert page.count('href="/-/review/') == 7
    assert f'href="/-/review/{own}"' in page
    assert f'href="/-/review/{own}"' in editor.get(f"/-/edit/{own}")[1]
    of_marsa = editor.get(f"/-/review?{urlencode({'outlet': 'نشرة المرسى'})}")[1]
    assert of_marsa.count('href="/-/review/') == 2
    assert editor.get("/-/review?order=none&page=x&outlet=%3Cb%3E")[0].status == 200


def test_a_receipt_names_no_file_but_an_article(editor: Reviewer) -> None:
    receipt = editor.site / receipts.FOLDER / "aa" / "aaaa00.json"
    receipt.parent.mkdir(exist_ok=True)
    told = '[{"field": "title", "value": "من خارج الأرشيف"}]'
    receipt.write_text(f'{{"id": "../../site", "decisions": {told}}}', "utf-8")

    page = editor.get("/-/review")[1]
    assert "من خارج الأرشيف" not in page
    assert page.count('href="/-/review/') == 7


def test_orders_put_first_what_they_say(editor: Reviewer) -> None:
    def first(order: str) -> str:
        return editor.get(f"/-/review?order={order}")[1].partition('href="/-/review/')[2][:16]

    most = max(editor.receipts(), key=lambda one: sum(r.first > 0 for r in one.removed))
    assert first("removed").startswith(most.id[:12])
    open_one = editor.get("/-/review?order=open")[1].partition("<h2>")[2].partition("</li>")[0]
    assert "بلا مصدر" in open_one
    assert "بلا تاريخ" in open_one


def test_what_has_been_decided_in_an_article_is_open_no_more(editor: Reviewer) -> None:
    link = f'href="/-/review/{editor.id_of("wrapped.txt")}"'

    def said() -> str:
        return editor.get("/-/review")[1].partition(link)[2].partition("</li>")[0]

    assert "بلا مصدر" in said()
    file = editor.path_of("wrapped.txt")
    text = file.read_text("utf-8")
    file.write_text(text.replace("\ntitle:", "\nsource: وكالة\ntitle:", 1), "utf-8")

    assert "بلا مصدر" not in said()
    assert "بلا تاريخ" in said()


def test_an_article_that_is_gone_stays_in_the_list_without_a_link(editor: Reviewer) -> None:
    own = editor.id_of("text.txt")
    editor.path_of("text.txt").unlink()

    page = editor.get("/-/review")[1]
    assert f'href="/-/review/{own}"' not in page
    assert "حُذفت المادة من الأرشيف" in page
