"""Days and hours from outside: a small archive in Damascus, built once, and what its pages tell."""

import json
import re
from pathlib import Path

import pytest
from tests.commands.conftest import Run, tree

from warraq.base.config import parse
from warraq.build.full import build as plain
from warraq.build.incremental import build
from warraq.commands.check import check

RFC_3339 = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)"
MOMENTS = {  # as written → the day and the hour that clocks in Damascus told
    "ab0001": ("2019-12-31T23:30:00Z", "2020-01-01T01:30:00+02:00"),
    "ab0002": ("2019-12-31", "2019-12-31"),
    "ab0003": ("2020-01-01T03:00:00+09:00", "2019-12-31T20:00:00+02:00"),
    "ab0004": ("2018-06-30T22:15:00+00:00", "2018-07-01T01:15:00+03:00"),
    "ab0005": ("2018-06-30T23:59:59+03:00", "2018-06-30T23:59:59+03:00"),
    "ab0006": ("1910-05-05T22:00:00Z", "1910-05-06T00:25:00+02:25"),  # +02:25:12 by the sun
    "ab0007": ("1911-05-05", "1911-05-05"),
}


def archive(folder: Path, zone: str, articles: dict[str, str]) -> Path:
    (folder / "content/articles").mkdir(parents=True)
    (folder / "site.yaml").write_text(
        f"name: أرشيف\ntime_zone: {zone}\nbase_url: https://archive.example/\nmessages: en\n"
    )
    for key, head in articles.items():
        text = f'---\nid: "{key}"\ntitle: "خبر {key}"\n{head}\n---\n\nنص الخبر.\n'
        (folder / f"content/articles/{key}.md").write_text(text)
    return folder


@pytest.fixture(scope="module")
def damascus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    heads = {key: f"date: {written}" for key, (written, _) in MOMENTS.items()}
    heads["ab0001"] += "\nlastmod: 2021-12-31T22:30:00Z"
    site = archive(tmp_path_factory.mktemp("damascus"), "Asia/Damascus", heads)
    build(site, into=site / "public")
    return site / "public"


@pytest.mark.parametrize(("key", "told"), [(key, told) for key, (_, told) in MOMENTS.items()])
def test_a_moment_is_told_and_shelved_as_clocks_of_the_site_told_it(
    key: str, told: str, damascus: Path
) -> None:
    page = (damascus / f"n/{key}/index.html").read_text()
    year, month, day = map(int, told[:10].split("-"))
    record = json.loads((damascus / f"n/{key}/article.json").read_text())
    of_year = json.loads((damascus / f"data/articles-{year}.json").read_text())

    assert f'datetime="{told}"' in page
    assert f'"datePublished":"{told}"' in page
    assert record["date"] == told
    assert told in [r["date"] for r in of_year if r["id"] == key]
    shelf = (damascus / f"archive/{year}/{month:02}/index.html").read_text()
    of_day = shelf[shelf.index(f'id="d{day:02}"') :]
    assert f"n/{key}/" in re.split(r'id="d\d\d"', of_day)[1]
    if len(told) > 10:
        assert told[11:16] in page


def test_every_stamp_for_machines_has_an_offset_of_whole_minutes(damascus: Path) -> None:
    found = []
    for file in sorted(damascus.rglob("*")):
        if file.name in {"feed.xml", "feed.json"} or file.name.startswith("sitemap"):
            text = file.read_text()
            found += re.findall(r"<(?:published|updated)>([^<]*)", text)
            found += re.findall(r'"date_(?:published|modified)": ?"([^"]*)', text)
            found += [s for s in re.findall(r"<lastmod>([^<]*)", text) if len(s) > 10]

    assert len(found) > 4 * len(MOMENTS)
    assert [stamp for stamp in found if not re.fullmatch(RFC_3339, stamp)] == []


def test_the_last_edit_is_told_in_the_sites_zone_too(damascus: Path) -> None:
    assert (
        '"dateModified":"2022-01-01T00:30:00+02:00"'
        in (damascus / "n/ab0001/index.html").read_text()
    )


def test_within_a_day_articles_stand_in_the_order_of_their_hours(tmp_path: Path) -> None:
    heads = {"ab0001": "date: 2020-05-01T09:00:00+09:00", "ab0002": "date: 2020-05-01T08:00:00Z"}
    site = archive(tmp_path, "Asia/Damascus", heads)

    plain(site, into=site / "public")

    feed = (site / "public/feed.xml").read_text()
    assert feed.index("ab0002") < feed.index("ab0001")  # eleven o'clock before three


@pytest.mark.parametrize(
    ("zone", "meant"),
    [
        ("Damascus", "Asia/Damascus"),
        ("asia/damascus", "Asia/Damascus"),
        ("Asia/Bagdad", "Asia/Baghdad"),
        ("New York", "America/New_York"),
        ("GMT+3", "Etc/GMT-3"),
        ("دمشق", "Asia/Damascus"),
        ("../../etc/passwd", "UTC"),
    ],
)
def test_an_unknown_zone_is_an_error_that_names_the_nearest(zone: str, meant: str) -> None:
    _, problems = parse(f'name: أرشيف\ntime_zone: "{zone}"\n')

    assert [(p.code, p.severity, p.line) for p in problems] == [("time-zone-unknown", "error", 2)]
    assert meant in dict(problems[0].args)["want"]


def test_an_unknown_zone_ends_every_command_with_two(tmp_path: Path, run: Run) -> None:
    site = archive(tmp_path, "Damascus", {"ab0001": "date: 2020-05-01"})

    for command in ("check", "build"):
        done = run(site, command)
        assert done.returncode == 2
        assert "Asia/Damascus" in done.stdout + done.stderr
    assert not (site / "public").exists()


def test_an_import_reads_the_day_of_an_hour_in_the_sites_zone(tmp_path: Path, run: Run) -> None:
    site = archive(tmp_path, "Asia/Damascus", {})
    (site / "seeds").mkdir()
    body = "قال المتحدث اليوم الأربعاء إن المفاوضات مستمرة في المدينة منذ أيام.\n" * 3
    (site / "seeds/one.txt").write_text(f"عنوان الخبر الأول في الأرشيف\n\n{body}")
    (site / "seeds/one.yaml").write_text("date: 2019-12-31T23:30:00Z\n")

    assert run(site, "import").returncode == 0

    article = next((site / "content/articles").rglob("*.md")).read_text()
    assert "edtf: '2020-01-01'" in article


@pytest.fixture(scope="module")
def vague(tmp_path_factory: pytest.TempPathFactory) -> Path:
    heads = {
        "ab0001": "date_info: {status: inferred, edtf: '2025-10-XX'}",
        "ab0002": "date_info: {status: inferred, edtf: '[2025-10-11,2025-10-12]'}",
        "ab0003": "date_info: {status: inferred, edtf: 2025~}",
        "ab0004": "date_info: {status: inferred, edtf: 201X}",
        "ab0005": "date: 2025-01-01\nevent_date: 2024-10/2024-12",
        "ab0006": "date: 2025-01-01\nevent_date: 2024-12-24?",
        "ab0007": "date_info: {status: conflicting, candidates: [2025-05-11, 2025-XX-08]}",
    }
    site = archive(tmp_path_factory.mktemp("vague"), "UTC", heads)
    (site / "site.yaml").write_text("name: أرشيف\nmonths: levantine\nhistory: none\n")
    build(site, into=site / "public")
    plain(site, into=site / "plain")
    assert tree(site / "public") == tree(site / "plain")
    return site / "public"


@pytest.mark.parametrize(
    ("key", "told", "shelf"),
    [
        ("ab0001", "أحد أيام تشرين الأول 2025", "archive/2025/10/"),
        ("ab0002", "السبت 11 تشرين الأول 2025 أو الأحد 12 تشرين الأول 2025", "archive/2025/10/"),
        ("ab0003", "نحو 2025", "archive/2025/"),
        ("ab0004", "سنة بين 2010 و2019", "archive/undated/"),
        ("ab0005", "تشرين الأول 2024 إلى كانون الأول 2024", "archive/2025/01/"),
        ("ab0006", "24 كانون الأول 2024 (غير مؤكد)", "archive/2025/01/"),
        ("ab0007", "اليوم 8 من أحد شهور 2025", "archive/undated/"),
    ],
)
def test_what_is_known_of_a_day_is_told_in_words_and_shelved(
    key: str, told: str, shelf: str, vague: Path
) -> None:
    page = re.sub(r"<[^>]+>", "", (vague / f"n/{key}/index.html").read_text())

    assert told in " ".join(page.split())
    assert f"n/{key}/" in (vague / shelf / "index.html").read_text()


def test_only_days_that_are_certain_reach_machines_as_the_days_of_an_event(vague: Path) -> None:
    assert '"temporalCoverage":"2024-10/2024-12"' in (vague / "n/ab0005/index.html").read_text()
    assert "temporalCoverage" not in (vague / "n/ab0006/index.html").read_text()


@pytest.mark.parametrize(
    "line",
    [
        "event_date: 2025-02-31",
        "event_date: 2025-13",
        "date_info: {edtf: 2023-02-29}",
        "date_info: {candidates: [2025-10-12, 2025-06-31~]}",
        "date: 2025-02-31",
        "corrections: [{date: 2025-09-31, kind: update, note: ن}]",
    ],
)
def test_a_day_that_never_was_is_an_error(line: str, tmp_path: Path) -> None:
    site = archive(tmp_path, "UTC", {"ab0001": line})

    assert [(p.code, p.line) for p in check(site) if p.severity == "error"] == [("date-invalid", 4)]


def test_editors_find_a_vague_day_by_what_is_known_of_it(tmp_path: Path, run: Run) -> None:
    heads = {
        "ab0001": "date_info: {status: inferred, edtf: '[2025-10-11,2025-10-12]'}",
        "ab0002": "date: 2019-12-31T23:30:00Z",
    }
    site = archive(tmp_path / "site", "Asia/Damascus", heads)

    found = [
        run(site, "search", f"date:{day}", XDG_CACHE_HOME=str(tmp_path)).stdout
        for day in ("2025-10", "2020-01-01")
    ]

    assert [re.findall(r"ab\d{4}(?=\.md)", text) for text in found] == [["ab0001"], ["ab0002"]]
    assert found[0].startswith("2025-10 ")
