"""Tasks of an editor's week at the desk's queues and pages; docs/tasks.md has the counts."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.desk.pictures import picture
from tests.week.archive import FURNITURE, UNDATED, path_of, ten
from tests.week.hand import Hand, at

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def school(hand: Hand, number: int) -> Path:
    """Return the file of the article that came from a seed of `ten`."""
    name = f"seeds/school-{number}.txt"
    files = (hand.site / "content/articles").rglob("*.md")
    return next(file for file in files if name in file.read_text("utf-8"))


def put(site: Path) -> None:
    """Put ten texts where they are imported from."""
    for path, text in ten():
        (site / path).write_text(text, "utf-8")


@pytest.fixture
def imported(hand: Hand) -> None:
    """Ten texts that were imported and recorded yesterday."""
    put(hand.site)
    hand.command("import")
    hand.git("add", "-A")
    hand.git("commit", "-qm", "import")
    hand.steps.clear()


def test_import_ten_texts_and_settle_them(hand: Hand) -> None:
    put(hand.site)
    hand.command("import")
    hand.open("-/changes")
    hand.fill("ما الذي تغيّر؟ جملة تُكتب في السجل", "عشرة أخبار عن المدارس")
    hand.click("سجّلها")
    hand.page.goto(hand.root + "-/")
    hand.waits("مواد بلا مصدر")
    hand.click("مواد بلا مصدر", "link")
    hand.fill("المصدر", "صدى المرسى")
    hand.click("هذا مصدرها")
    hand.open("-/queue/dates")
    hand.click("مدرسة عين التين تستقبل 37", "link")
    hand.fill("يوم النشر", "2024-09-08")
    hand.click("هذا تاريخها")
    hand.open("-/search?q=NOT+topic:*")
    hand.tick("كل ما فيه كلماتك (10)")
    hand.click("عدّل المختار معًا")
    hand.choose("الحقل", "أضف: الموضوع")
    hand.fill("القيمة", "مدارس")
    hand.click("اعرض ما سيتغير")
    hand.click("اكتب هذه التغييرات")
    hand.reads("مدارس")

    assert "outlet: sada-al-marsa" in school(hand, 4).read_text("utf-8")
    assert "date: 2024-09-08" in school(hand, 7).read_text("utf-8")
    assert all("مدارس" in school(hand, n).read_text("utf-8") for n in range(10))
    assert hand.git("status", "--porcelain") == ""
    hand.done("import-ten")


def test_date_forty_articles(hand: Hand) -> None:
    hand.open("-/")
    hand.waits("مواد بلا تاريخ")
    hand.click("مواد بلا تاريخ", "link")
    for _ in range(UNDATED):
        before = hand.page.get_by_role("heading", level=1).inner_text()
        hand.page.get_by_role("group", name="أيام محتملة").get_by_role("button").first.click()
        hand.steps.append("the first day")
        expect(hand.page.get_by_role("heading", level=1)).not_to_have_text(before)

    texts = [hand.file(path_of(f"dd{n:04}")) for n in range(UNDATED)]
    assert all(re.search(r"^date: 2024-05-\d\d$", text, re.MULTILINE) for text in texts)
    assert hand.git("rev-list", "--count", "first..") == str(UNDATED)
    hand.done("date-forty")


def test_join_three_reports(hand: Hand) -> None:
    hand.command("stories", "propose")
    hand.open("-/changes")
    hand.fill("ما الذي تغيّر؟ جملة تُكتب في السجل", "قصص مقترحة")
    hand.click("سجّلها")
    hand.page.goto(hand.root + "-/")
    hand.waits("قصص مقترحة")
    hand.open("-/queue/stories")
    hand.click("المواد المعلَّمة قصة واحدة")
    expect(hand.page.get_by_role("status").first).to_be_visible()

    [story] = (hand.site / "content/stories").glob("*.md")
    text = story.read_text("utf-8")
    assert all(f"bb{n:04}" in text for n in range(3))
    assert "proposed" not in text
    assert hand.git("status", "--porcelain", "content") == ""
    hand.done("join-three")


@pytest.mark.usefixtures("imported")
def test_take_a_line_back(hand: Hand) -> None:
    name = school(hand, 0).stem
    line = hand.page.get_by_role("listitem").filter(has_text="اقرأ العدد الرقم 4100")
    hand.open(f"-/review/{name}")
    hand.steps.append("put it back")
    line.get_by_role("button", name="أعده").click()
    expect(hand.page.get_by_role("status").first).to_be_visible()

    assert "اقرأ العدد الرقم 4100" in school(hand, 0).read_text("utf-8")
    hand.done("line-back")


@pytest.mark.usefixtures("imported")
def test_take_a_line_out_of_all_articles_of_an_outlet(hand: Hand) -> None:
    assert FURNITURE in school(hand, 9).read_text("utf-8")
    row = hand.page.get_by_role("listitem").filter(has_text=FURNITURE)
    hand.open(f"-/review/{school(hand, 0).stem}")
    hand.steps.append("always")
    row.get_by_role("link", name="دائمًا لهذا المصدر").click()
    hand.click("نعم، دائمًا")
    expect(hand.page.get_by_role("status").first).to_be_visible()

    assert FURNITURE in hand.file("content/outlets/sada-al-marsa.md")
    theirs = [school(hand, number).read_text("utf-8") for number in range(10) if number != 4]
    assert not any(FURNITURE in text for text in theirs)
    assert hand.git("rev-list", "--count", "HEAD~1..") == "1"
    hand.done("outlet-always")


def test_mend_a_link_that_leads_nowhere(hand: Hand) -> None:
    at(hand.site, path_of("bb0000"), "جسر المرسى،", "[جسر المرسى](/n/zz9999/)،")
    hand.git("commit", "-qam", "a link")
    hand.page.goto(hand.root + "-/")
    hand.waits("روابط وصور معطوبة")
    hand.open("-/queue/links")
    hand.fill("الرابط الصحيح", "/n/bb0001/")
    hand.click("أصلح الرابط")
    expect(hand.page.get_by_role("status").first).to_be_visible()

    assert "[جسر المرسى](/n/bb0001/)" in hand.file(path_of("bb0000"))
    hand.done("dead-link")


@pytest.mark.usefixtures("imported")
def test_make_a_file_for_a_name_that_is_met_often(hand: Hand) -> None:
    hand.page.goto(hand.root + "-/")
    hand.waits("أسماء بلا ملف")
    hand.open("-/queue/names")
    hand.fill("المفتاح", "haitham-bustani")
    hand.click("أنشئ له ملفًّا")
    expect(hand.page.get_by_role("status").first).to_be_visible()

    made = hand.file("content/people/haitham-bustani.md")
    assert "هيثم البستاني" in made
    assert "role: مدير المدرسة" in made
    hand.done("new-name")


def test_add_a_picture(hand: Hand) -> None:
    hand.open("-/edit/bb0000")
    hand.unfold("الصور")
    hand.hand_over("اختر صورة", picture())
    hand.fill("وصف الصورة", "سيارات تعبر جسرًا فوق النهر")
    hand.press("Control+s")
    hand.reads("حُفظت المادة")

    assert "سيارات تعبر جسرًا" in hand.file(path_of("bb0000"))
    assert len(list((hand.site / "content/media").rglob("*.png"))) == 1
    hand.done("picture")


def test_change_the_logo(hand: Hand) -> None:
    hand.open("-/face")
    hand.hand_over("اختر صورة", picture(), "logo.png")
    hand.click("احفظ")
    expect(hand.page.get_by_role("status").first).to_be_visible()

    text = hand.file("site.yaml")
    assert "logo: " in text
    assert "# الألوان كما اتفقنا عليها في الاجتماع" in text
    hand.done("logo")


def test_take_back_what_was_done_yesterday(hand: Hand) -> None:
    hand.command("rename", "topics/aid", "relief")
    hand.steps.clear()  # that was yesterday
    hand.open("-/changes")
    hand.click("تراجع")
    expect(hand.page.get_by_role("status").first).to_be_visible()

    assert hand.git("diff", "--stat", "first") == ""
    hand.done("undo")


def test_work_on_a_draft_of_the_site_and_publish_it(hand: Hand) -> None:
    hand.open("-/drafts")
    hand.fill("اسمها", "ملف الجسر")
    hand.click("ابدأها")
    hand.open("-/edit/bb0000")
    hand.fill("العنوان", "افتتاح جسر المرسى بعد عامين")
    hand.press("Control+s")
    hand.reads("حُفظت المادة")
    assert "بعد عامين" not in hand.git("show", f"main:{path_of('bb0000')}")
    hand.open("-/drafts")
    hand.click("انشر المسودة")
    expect(hand.page.get_by_role("status").first).to_be_visible()

    assert "بعد عامين" in hand.git("show", f"main:{path_of('bb0000')}")
    assert hand.git("branch", "--show-current") == "main"
    hand.done("draft")


def test_send_a_table_to_a_colleague_and_take_it_back_in(hand: Hand, tmp_path: Path) -> None:
    table = tmp_path / "bridge.csv"
    hand.command("table", "export", "جسر المرسى date:2024-06-02", "--to", str(table))
    text = table.read_text("utf-8-sig")
    assert text.count("جسر المرسى") >= 3
    corrected = text.replace("افتتاح جسر المرسى الجديد أمام السيارات", "افتتاح جسر المرسى الجديد")
    table.write_text(corrected, "utf-8-sig")  # which the colleague did
    hand.command("table", "import", str(table), "--dry-run")
    hand.command("table", "import", str(table))

    assert "title: افتتاح جسر المرسى الجديد\n" in hand.file(path_of("bb0000"))
    assert len(hand.git("show", "--name-only", "--format=").splitlines()) == 1
    hand.done("table")


def test_publish(hand: Hand, tmp_path: Path) -> None:
    there = tmp_path / "there.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(there)], check=True)
    hand.git("remote", "add", "origin", str(there))
    hand.git("push", "-q", "-u", "origin", "main")
    hand.command("rename", "topics/aid", "relief")
    hand.steps.clear()
    hand.command("publish", "--check", code=0)
    hand.open("-/sharing")
    hand.click("أرسل")
    expect(hand.page.get_by_role("status").first).to_be_visible()

    assert hand.git("ls-remote", "origin", "main").split()[0] == hand.git("rev-parse", "HEAD")
    hand.git("remote", "remove", "origin")
    hand.done("publish")
