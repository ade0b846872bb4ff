"""Days and hours from outside: a small archive in Damascus, built once, and what its pages tell."""

import json
import re
from pathlib import Path

import pytest
from tests.commands.conftest import Run

from warraq.base.config import parse
from warraq.pipeline.build import build
from warraq.pipeline.plain import build as plain

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
