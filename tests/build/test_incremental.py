"""The cached build against the plain one: the same bytes after every edit."""

import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from tests.commands.conftest import tree

from warraq.base.problems import Problem, WarraqError
from warraq.build.build_context import PARALLEL_FROM, ParallelFrom
from warraq.build.full import build as plain
from warraq.build.incremental import build
from warraq.render.theme_paths import theme_folder

OLD_YEAR, OLD_TOPIC = 2017, "economy"  # a year and a topic of the sample
SAMPLE = Path(__file__).parents[1] / "sites" / "sample"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "site"))


def assert_same(site: Path, *, jobs: int = 1, parallel_from: ParallelFrom = PARALLEL_FROM) -> bool:
    """Build both ways and compare; when content is broken both must say the same and do nothing.

    Return whether there was something to compare.
    """
    expected = outcome(lambda: plain(site, into=site / "plain"))
    built = partial(build, into=site / "public", jobs=jobs, parallel_from=parallel_from)
    assert outcome(lambda: built(site)) == expected
    if not expected:
        assert tree(site / "public") == tree(site / "plain")
    return not expected


def outcome(run: Callable[[], object]) -> tuple[Problem, ...]:
    """Return the problems that stopped a build, none when it ended well."""
    try:
        run()
    except WarraqError as fault:
        return fault.problems
    return ()


def articles(site: Path) -> list[Path]:
    return sorted((site / "content" / "articles").rglob("*.md"))


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new, 1), "utf-8")


def retitle(site: Path, draw: random.Random) -> None:
    replaced(draw.choice(articles(site)), "title: ", f"title: معدّل{draw.randrange(99)} ")


def add_words(site: Path, draw: random.Random) -> None:
    path = draw.choice(articles(site))
    path.write_text(
        path.read_text("utf-8") + f"\nفقرة زيدت {draw.randrange(99)} عن دمشق.\n", "utf-8"
    )


def redate(site: Path, draw: random.Random) -> None:
    path = draw.choice(articles(site))
    day = f"20{draw.randrange(15, 26)}-0{draw.randrange(1, 10)}-1{draw.randrange(10)}"
    lines = [f"date: {day}" if x.startswith("date: ") else x for x in path.read_text().split("\n")]
    path.write_text("\n".join(lines), "utf-8")


def redate_to_the_hour(site: Path, draw: random.Random) -> None:
    """Date by hours near New Year's night, or by what is known of a day."""
    path = draw.choice(articles(site))
    hour, offset = draw.choice(["22:30", "23:30", "00:30"]), draw.choice(["Z", "+03:00", "-05:00"])
    edtf = draw.choice(["2020-XX", "2020-01-XX", "[2019-12-31,2020-01-01]", "2020~", "201X"])
    line = f"date: {draw.choice(['2019-12-31', '2020-01-01'])}T{hour}:00{offset}"
    if draw.random() < 0.5:
        line = f"date_info: {{status: inferred, edtf: '{edtf}'}}"
    lines = path.read_text("utf-8").split("\n")
    kept = [x for x in lines if not x.startswith(("date: ", "date_info: {"))]
    if "date_info:" not in kept:
        path.write_text("\n".join([kept[0], line, *kept[1:]]), "utf-8")


def commit(site: Path, draw: random.Random) -> None:
    """Save an edit in git, one of white space alone or one that readers see."""
    path = draw.choice(articles(site))
    text = path.read_text("utf-8")
    path.write_text(text + draw.choice(["\n\n", "\nفقرة زيدت.\n"]), "utf-8")
    who = {"NAME": "هدى", "EMAIL": "h@example.org", "DATE": f"2025-10-1{draw.randrange(10)}T23:30Z"}
    env = {f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in who.items()}
    for words in (("init", "-q"), ("add", "content"), ("commit", "-q", "-m", "حفظ")):
        subprocess.run(["git", *words], cwd=site, check=True, env=os.environ | env)


def undate(site: Path, draw: random.Random) -> None:
    path = draw.choice(articles(site))
    lines = [x for x in path.read_text("utf-8").split("\n") if not x.startswith("date: ")]
    path.write_text("\n".join(lines), "utf-8")


def add(site: Path, draw: random.Random) -> None:
    key = f"{draw.getrandbits(48):012x}"
    text = draw.choice(articles(site)).read_text("utf-8").split("\n")
    lines = [f'id: "{key}"' if x.startswith("id: ") else x for x in text]
    lines = [x for x in lines if not x.startswith("aliases")]
    (site / f"content/articles/{key}.md").write_text("\n".join(lines), "utf-8")


def reprint(site: Path, draw: random.Random) -> None:
    """Say, or say no more, that an article has another's text; some such sayings are refused."""
    path, other = draw.sample(articles(site), 2)
    lines = [x for x in path.read_text("utf-8").split("\n") if not x.startswith("same_text_as")]
    day = next((x for x in other.read_text("utf-8").split("\n") if x.startswith("date: ")), "")
    said = [f'same_text_as: "{other.stem}"'] if draw.random() < 0.8 else []
    if said and day and draw.random() < 0.5:
        lines = [day if x.startswith("date: ") else x for x in lines]  # one list holds both
    path.write_text("\n".join([lines[0], *said, *lines[1:]]), "utf-8")


def copy(site: Path, draw: random.Random) -> None:
    """Say of an article that it is a copy of another, often of another year, and retitle copies."""
    path, other = draw.sample(articles(site), 2)
    lines = [x for x in path.read_text("utf-8").split("\n") if not x.startswith("copy_of")]
    path.write_text("\n".join([lines[0], f'copy_of: "{other.stem}"', *lines[1:]]), "utf-8")
    for one in articles(site):
        if "\ncopy_of: " in one.read_text("utf-8") and draw.random() < 0.7:
            replaced(one, "title: ", f"title: معدّل{draw.randrange(99)} ")


def carry(site: Path, draw: random.Random) -> None:
    """Say that an article came through an outlet, or through none."""
    path = draw.choice(articles(site))
    outlet = draw.choice(sorted((site / "content/outlets").glob("*.md"))).stem
    via = [f"via: [{{outlet: {outlet}}}]"] if draw.random() < 0.7 else []
    lines = [x for x in path.read_text("utf-8").split("\n") if not x.startswith("via: ")]
    path.write_text("\n".join([lines[0], *via, *lines[1:]]), "utf-8")


def remove(site: Path, draw: random.Random) -> None:
    draw.choice(articles(site)).unlink()


def rename(site: Path, draw: random.Random) -> None:
    path = draw.choice(articles(site))
    (site / "content/articles/moved").mkdir(exist_ok=True)
    path.rename(site / "content/articles/moved" / path.name)


def draft(site: Path, draw: random.Random) -> None:
    shown = [path for path in articles(site) if "\ndraft: " not in path.read_text("utf-8")]
    replaced(draw.choice(shown), "---\n", "---\ndraft: true\n")


def rename_somebody(site: Path, draw: random.Random) -> None:
    kind = draw.choice(["people", "outlets", "topics", "places", "stories"])
    path = draw.choice(sorted((site / "content" / kind).glob("*.md")))
    replaced(path, "name: ", f"name: {draw.choice(['الجديد', 'السابق'])} ")


def add_somebody(site: Path, draw: random.Random) -> None:
    words = [w for file in articles(site) for w in file.read_text("utf-8").split() if w.isalpha()]
    name = draw.choice([w for w in words if len(w) > 5])
    (site / f"content/people/new-{draw.randrange(999)}.md").write_text(f"---\nname: {name}\n---\n")


def share_a_name(site: Path, draw: random.Random) -> None:
    kind = draw.choice(["people", "places", "outlets"])
    text = draw.choice(sorted((site / "content" / kind).glob("*.md"))).read_text("utf-8")
    path = site / f"content/{kind}/double-{draw.randrange(2)}.md"
    if path.exists():
        path.unlink()
    else:
        path.write_text(text, "utf-8")


def remove_somebody(site: Path, draw: random.Random) -> None:
    kind = draw.choice(["people", "places", "organizations", "stories", "topics"])
    draw.choice(sorted((site / "content" / kind).glob("*.md"))).unlink()


def rename_key(site: Path, draw: random.Random) -> None:
    folder = site / "content" / draw.choice(["pages", "stories"])
    path = draw.choice(sorted(folder.glob("*.md")))
    path.rename(path.with_name(f"moved-{draw.randrange(99)}.md"))


def picture(site: Path, draw: random.Random) -> None:
    (site / "content/media").mkdir(exist_ok=True)
    path = site / f"content/media/{draw.randrange(2)}.png"
    if path.exists() and draw.random() < 0.5:
        path.unlink()
    else:
        path.write_bytes(draw.randbytes(40))
    article = draw.choice(articles(site))
    article.write_text(article.read_text("utf-8") + f"\n![صورة](media/{path.name})\n", "utf-8")


def withhold(site: Path, draw: random.Random) -> None:
    line = f"rights: {{display: {draw.choice(['full', 'excerpt', 'none'])}}}"
    path = draw.choice([*articles(site), *sorted((site / "content/outlets").glob("*.md"))])
    lines = [x for x in path.read_text("utf-8").split("\n") if not x.startswith("rights:")]
    path.write_text("\n".join([lines[0], line, *lines[1:]]), "utf-8")


def correct(site: Path, draw: random.Random) -> None:
    kind = draw.choice(["correction", "clarification", "retraction"])
    path = draw.choice(articles(site))
    lines = [x for x in path.read_text("utf-8").split("\n") if not x.startswith("corrections:")]
    if not any(x.startswith(("  - ", "- date")) for x in lines):
        note = f"corrections: [{{date: 2025-11-0{draw.randrange(1, 9)}, kind: {kind}, note: قيل}}]"
        path.write_text("\n".join([lines[0], note, *lines[1:]]), "utf-8")


def take_down(site: Path, draw: random.Random) -> None:
    path = draw.choice(articles(site))
    taken = "status: removed\nremoved: {date: 2025-01-01, reason: طلب}\n"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace(taken, "") if taken in text else text.replace("\n", f"\n{taken}", 1), "utf-8"
    )


def claim(site: Path, draw: random.Random) -> None:
    """Give a file an old address or a former key: a free one, a live page's, or another file's."""
    kinds = ["articles", "people", "topics", "stories", "outlets"]
    path = draw.choice(sorted((site / "content" / draw.choice(kinds)).rglob("*.md")))
    lines = [x for x in path.read_text("utf-8").split("\n") if not x.startswith(CLAIMS)]
    if draw.random() < 0.7:
        if "articles" in path.parts:
            live = [f"/n/{p.stem}/" for p in articles(site)] + [
                "/index.html",
                "/Topics/",
                "/CNAME/a/",
            ]
            free = ["/old.html", "/OLD.html", "/old.html/part/", "/سابق/", "/search/label/x/"]
            lines.insert(1, f"aliases: [{draw.choice(live if draw.random() < 0.3 else free)}]")
        else:
            keys = sorted(p.stem for p in path.parent.glob("*.md"))
            key = draw.choice(keys) if draw.random() < 0.3 else f"former-{draw.randrange(2)}"
            lines.insert(1, f"formerly: [{key}]")
    path.write_text("\n".join(lines), "utf-8")


CLAIMS = ("aliases: [/", "formerly:")


def synonyms(site: Path, draw: random.Random) -> None:
    path = site / "content" / "synonyms.yaml"
    lists = [["دمشق", "الشام"], ["وزير", "صاحب حقيبة"], ["سوق", "بازار", "البازار"]]
    chosen = draw.sample(lists, draw.randrange(4)) if path.exists() else lists[:2]
    text = "".join(f"  - [{', '.join(one)}]\n" for one in chosen)
    if not chosen and draw.randrange(2):
        path.unlink(missing_ok=True)
    else:
        path.write_text(f"synonyms:\n{text or draw.choice(['', '  - خطأ'])}", "utf-8")


def static(site: Path, draw: random.Random) -> None:
    path = (
        site / "static" / draw.choice(["CNAME", ".well-known/security.txt", "old.html", "feed.xml"])
    )
    if path.exists() and draw.random() < 0.5:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(draw.randbytes(20))


def restyle_parts(site: Path, draw: random.Random) -> None:
    name = draw.choice(["partials/masthead.html", "partials/cards.html", "words/ar.yaml"])
    name = draw.choice([name, "assets/site.css", "feeds/atom.xml"])
    path = site / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = (theme_folder() / name).read_text("utf-8")
    note = {".html": "{{# {} #}}", ".xml": "{{# {} #}}", ".yaml": "# {}", ".css": "/* {} */"}
    path.write_text(f"{text}\n{note[path.suffix].format(draw.randrange(99))}\n", "utf-8")
    if name.startswith("partials/"):
        path.write_text(text.replace(">", f' data-turn="{draw.randrange(99)}">', 1), "utf-8")


def restyle(site: Path, draw: random.Random) -> None:
    (site / "templates/pages").mkdir(parents=True, exist_ok=True)
    name = draw.choice(["article", "shelf", "month", "home"])
    (site / f"templates/pages/{name}.html").write_text(
        f'{{% extends "warraq/pages/{name}.html" %}}{{# {draw.randrange(99)} #}}', "utf-8"
    )


def reconfigure(site: Path, draw: random.Random) -> None:
    key, values = draw.choice(
        [
            ("months", ["levantine", "egyptian", "maghreb", "dual"]),
            ("time_zone", ["UTC", "Asia/Damascus", "America/New_York"]),
            ("history", ["git", "none"]),
            ("outputs", ["{article_json: false, csv: false}", "{shelf_feeds: full}", "{}"]),
        ]
    )
    lines = (site / "site.yaml").read_text("utf-8").split("\n")
    kept = [x for x in lines if not x.startswith(f"{key}:")]
    line = f"{key}: {draw.choice(values)}"
    (site / "site.yaml").write_text("\n".join([*kept, line, ""]), "utf-8")


def spoil_output(site: Path, draw: random.Random) -> None:
    files = sorted(p for p in (site / "public").rglob("*") if p.is_file())
    path = draw.choice(files)
    if path.name != ".warraq-output":
        path.unlink()
        if draw.random() < 0.5:
            path.write_text("spoilt")
    (site / "public" / "foreign.txt").write_text("not ours")


Edit = Callable[[Path, random.Random], None]
EDITS: list[Edit] = [
    *(retitle, add_words, redate, undate, add, remove, rename, draft, rename_somebody),
    *(
        add_somebody,
        share_a_name,
        remove_somebody,
        rename_key,
        picture,
        withhold,
        correct,
        reprint,
        copy,
        carry,
        take_down,
        static,
        synonyms,
        *[claim] * 3,
        redate_to_the_hour,
        commit,
        restyle,
        restyle_parts,
        reconfigure,
    ),
    spoil_output,
]


ROUNDS: dict[Edit, int] = {synonyms: 8, claim: 6, commit: 4, reprint: 8, carry: 4, copy: 6}


@pytest.mark.slow
@pytest.mark.parametrize("edit", dict.fromkeys(EDITS), ids=lambda e: e.__name__)
def test_one_edit_comes_out_as_a_clean_build_would(site: Path, edit: Edit) -> None:
    build(site, into=site / "public")
    compared = changed = 0

    for seed in range(ROUNDS.get(edit, 2)):
        before = tree(site)
        edit(site, random.Random(seed))  # noqa: S311 - a test's dice
        changed += tree(site) != before
        if assert_same(site):
            compared += 1
        else:
            put_back(site, before)

    assert changed, "the edit is none"
    assert compared, "every edit was refused"


def put_back(site: Path, files: dict[str, bytes]) -> None:
    for path in tree(site).keys() - files.keys():
        (site / path).unlink()
    for path, content in files.items():
        if not (site / path).exists() or (site / path).read_bytes() != content:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(content)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_a_row_of_edits_never_drifts(site: Path, seed: int, soak: bool) -> None:
    draw = random.Random(seed)  # noqa: S311 - as above
    build(site, into=site / "public")

    for _ in range(100 if soak else 8):
        draw.choice(EDITS)(site, draw)
        assert_same(site)


def test_nothing_changed_writes_nothing(site: Path) -> None:
    build(site, into=site / "public")
    before = {p: p.stat().st_mtime_ns for p in (site / "public").rglob("*")}

    again = build(site, into=site / "public")

    assert (again.outcome.changed, again.outcome.removed) == (0, 0)
    assert {p: p.stat().st_mtime_ns for p in (site / "public").rglob("*")} == before


def test_content_touched_but_not_changed_is_not_read_again(site: Path) -> None:
    build(site, into=site / "public")
    for file in (site / "content").rglob("*.*"):
        os.utime(file)

    built = build(site, into=site / "public")

    assert built.templates == ()
    assert_same(site)


@pytest.mark.slow
@pytest.mark.parametrize("month", ["known", "new"])
def test_a_new_article_has_all_months_looked_at_only_if_its_month_is_new(
    site: Path, month: str
) -> None:
    build(site, into=site / "public")
    months = sorted((site / "public/archive").glob("*/??/"))
    known = "-".join(months[0].parts[-2:])
    day = f"{known}-15" if month == "known" else f"{OLD_YEAR}-06-01"
    text = f'---\nid: "0add00000000"\ntitle: خبر\ndate: {day}\n---\n\nنص.\n'
    (site / "content/articles/0add00000000.md").write_text(text, "utf-8")

    looked_at = {name: pages for name, pages, _ in build(site, into=site / "public").templates}

    assert looked_at["pages/month.html"] == (1 if month == "known" else len(months) + 1)
    assert_same(site)


@pytest.mark.slow
def test_several_processes_write_the_same(site: Path) -> None:
    assert_same(site, jobs=2, parallel_from=ParallelFrom(items=6))


@pytest.mark.slow
@pytest.mark.parametrize("verify", [False, True])
def test_several_processes_find_and_mend_what_was_harmed(site: Path, verify: bool) -> None:
    few = ParallelFrom(folders=5)
    build(site, into=site / "public", jobs=3)
    before = tree(site / "public")
    files = [site / "public" / path for path in sorted(before)]
    harmed = files[1 :: len(files) // 9]  # the first is the marker
    for at, file in enumerate(harmed):
        if at % 3 == 0:
            file.unlink()
        elif at % 3 == 1:  # a new file of this name, as most programs write
            file.with_name("aside").write_bytes(file.read_bytes() + b" ")
            file.with_name("aside").replace(file)
        else:
            file.with_name(f"{file.name}.foreign").write_bytes(b"")
    if verify:  # the same size and time, and other bytes
        changed = next(file for file in reversed(files) if file not in harmed)
        stat, content = changed.stat(), changed.read_bytes()
        changed.write_bytes(bytes([content[0] ^ 1]) + content[1:])
        os.utime(changed, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert tree(site / "public") != before

    built = build(site, into=site / "public", jobs=3, verify=verify, parallel_from=few)

    assert tree(site / "public") == before
    assert built.outcome.removed == 3


@pytest.mark.slow
@pytest.mark.parametrize("harm", ["cut", "flipped", "foreign", "gone", "unsealed"])
def test_a_harmed_cache_costs_time_and_nothing_else(site: Path, harm: str) -> None:
    build(site, into=site / "public")
    file = site / ".warraq" / "cache.db"
    content = bytearray(file.read_bytes())
    if harm == "cut":
        file.write_bytes(content[: len(content) // 2])
    elif harm == "flipped":
        content[len(content) // 3] ^= 0x40
        file.write_bytes(content)
    elif harm == "foreign":
        file.write_bytes(b"not a database" * 100)
    elif harm == "gone":
        shutil.rmtree(site / ".warraq")
    else:
        (site / ".warraq" / "cache.seal").unlink()
    add_words(site, random.Random(1))  # noqa: S311 - as above

    assert_same(site)


def test_a_broken_file_leaves_the_cache_good(site: Path) -> None:
    build(site, into=site / "public")
    path = articles(site)[0]
    text = path.read_text("utf-8")
    path.write_text(text.replace("title: ", "title: [", 1), "utf-8")
    assert_same(site)

    path.write_text(text, "utf-8")

    assert (site / ".warraq/cache.seal").exists()
    assert_same(site)


def test_older_articles_change_no_page_but_those_that_show_them(site: Path) -> None:
    build(site, into=site / "public")
    before = tree(site / "public")
    keys = [f"0add{at:08}" for at in range(12)]
    for at, key in enumerate(keys):
        text = f"""---
id: "{key}"
title: قديم {at}
date: {OLD_YEAR}-06-{at + 1:02}
topics: [{OLD_TOPIC}]
---

نص لا يسمّي أحدًا.
"""
        (site / f"content/articles/{key}.md").write_text(text, "utf-8")
    build(site, into=site / "public")
    after = tree(site / "public")

    changed = {path for path in before if after.get(path) != before[path]}
    told = (*keys, f"archive/{OLD_YEAR}/06/")  # the month is a new one, and has neighbours
    holding = {path for path in changed if any(t.encode() in after.get(path, b"") for t in told)}
    shown = re.compile(
        rf"(archive/|archive/{OLD_YEAR}/(\d\d/)?|topics/|topics/{OLD_TOPIC}/({OLD_YEAR}/)?)index.html"
        r"|data/index.html|sitemap(-pages)?.xml|index.html|search/.*"
    )
    assert keys[0] not in before
    assert holding
    assert {path for path in changed - holding if not shown.fullmatch(path)} == set()
    assert not any(path.startswith("n/") for path in changed - holding)
