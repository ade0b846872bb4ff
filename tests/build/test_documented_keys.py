"""Every key of docs/format.md does something: another value changes a page, or what is imported."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import msgspec
import pytest

from warraq.archive.catalogue import in_memory
from warraq.base import config
from warraq.base.config import KEYS
from warraq.base.problems import stop_on_errors
from warraq.build import full
from warraq.build.index_input import record_of, search_files, stories_of
from warraq.content import store
from warraq.content.frontmatter import ARTICLE, AUTHORITY, parse_article, parse_authority
from warraq.importer.run import import_seeds
from warraq.intake import draft_of, outlet_directory
from warraq.model import Draft, Fact, Outlet, OutputFile, RawDocument
from warraq.prose.entries import compose, names_of
from warraq.prose.markdown import html_of
from warraq.render import site_pages as render
from warraq.render.context import RenderContext
from warraq.render.environment import Theme, theme_of

ROOT = Path(__file__).parents[2]
FORMAT = (ROOT / "docs" / "format.md").read_text("utf-8")

BODY = """أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر الشمالي.

وقال رئيسها ناجي عبود إن العمل استغرق ستة أشهر كاملة وإن كلفته بلغت مليوني دينار."""
SITE = {"name": "أرشيف المرسى", "time_zone": "Asia/Damascus", "history": "none"}
ARTICLE_KEYS = {
    "id": '"aaa111"',
    "title": "فتح الطريق الساحلي",
    "date": "2025-03-31T23:30:00+03:00",
    "source": "نشرة المرسى",
    "people": "[naji-abboud]",
}
STORY = {"name": "فتح الطريق", "articles": "[aaa111, bbb222]", "status": "proposed"}
AUTHORITY_KEYS = {
    "outlets": {"name": "نشرة المرسى"},
    "authors": {"name": "سمر نجم"},
    "people": {"name": "ناجي عبود"},
    "places": {"name": "المرسى"},
    "organizations": {"name": "البلدية"},
    "topics": {"name": "طرق"},
    "stories": STORY,
    "pages": {"name": "من نحن"},
}

# key → what to write instead, or in addition: several lines of YAML may be needed to see it.
ON_SITE: dict[str, dict[str, str]] = {
    "name": {"name": "أرشيف آخر"},
    "description": {"description": "أخبار المرسى"},
    "base_url": {"base_url": "https://archive.example/a/"},
    "lang": {"lang": "en"},
    "time_zone": {"time_zone": "Asia/Dubai"},
    "months": {"months": "maghreb"},
    "digits": {"digits": "arab"},
    "hijri": {"hijri": "true"},
    "week_start": {"week_start": "monday"},
    "rights": {"rights": "{display: excerpt}"},
    "stories": {"stories": "{show_proposed: false}"},
    "outputs": {"outputs": "{shelf_feeds: full}"},
    **{
        key: {"outputs": f"{{{key}: false}}"}
        for key in ("article_json", "citations", "csv", "json_feeds")
    },
    "shelf_feeds": {"outputs": "{shelf_feeds: none}"},
    "fonts": {"fonts": "naskh"},
    "logo": {"logo": "a.png"},
    "logo_dark": {"logo": "a.png", "logo_dark": "b.png"},
    "icon": {"icon": "a.png"},
    "share": {"share": "a.png"},
    "colours": {"colours": '{accent: "#075"}'},
    **{key: {"colours": f'{{{key}: "#345"}}'} for key in ("accent", "link", "paper", "ink")},
    "extra_css": {"extra_css": "[own.css]"},
    "font_files": {"font_files": "[own.woff2]"},
    "foot": {"foot": "يصدره فريق المرسى"},
    "robots": {"outputs": "{robots: false}"},
    "navigation": {"navigation": "[{label: مواضيع, url: /topics/}]"},
    "contact": {"contact": "desk@archive.example"},
    "feed_id": {"feed_id": "archive.example,2020"},
    "image_hosts": {"image_hosts": "[img.example]"},
}
IN_ARTICLE: dict[str, dict[str, str]] = {
    "id": {"id": '"ccc333"'},
    "external_ids": {"external_ids": "{wordpress: 7}"},
    "title": {"title": "عنوان آخر"},
    "title_status": {"title_status": "generated"},
    "description": {"description": "ملخص"},
    "date": {"date": "2024-01-02"},
    "date_info": {"date_info": "{status: inferred, basis: سألنا رئيس البلدية}"},
    "event_date": {"event_date": "2025-03-30"},
    "lastmod": {"lastmod": "2025-05-01"},
    "draft": {"draft": "true"},
    "aliases": {"aliases": "[/old/story.html]"},
    "lang": {"lang": "en"},
    "section": {"section": "محليات"},
    "topics": {"topics": "[roads]"},
    "people": {"people": "[ناجي]"},
    "places": {"places": "[marsa]"},
    "organizations": {"organizations": "[هيئة الطرق]"},
    "authors": {"authors": "[samar-najm]"},
    "tags": {"tags": "[roads]"},
    "categories": {"categories": "[roads]"},
    "dateline": {"dateline": "المرسى"},
    "source": {"source": "{name: نشرة المرسى, url: 'https://marsa.example/1'}"},
    "via": {"via": "[ناقل نت]"},
    "cited": {"cited": "[{name: البلدية, kind: ministry}]"},
    "image": {"image": "{src: a.png, alt: جسر}"},
    "figures": {"figures": "[{src: a.png, alt: جسر}]"},
    "corrections": {"corrections": "[{date: 2025-04-02, kind: update, note: زيد المبلغ}]"},
    "status": {"status": "removed", "removed": "{date: 2025-06-02, reason: طلب}"},
    "removed": {"status": "removed", "removed": "{date: 2025-06-03, reason: سبب آخر}"},
    "copy_of": {"copy_of": '"bbb222"'},
    "same_text_as": {"same_text_as": '"bbb222"'},
    "rights": {"rights": "{holder: البلدية}"},
    "not": {"people": "[]", "not": "{people: [naji-abboud]}"},
    "provenance": {"provenance": f"{{seed: seeds/x.txt, sha256: {'a' * 64}}}"},
}
IN_AUTHORITY: dict[str, dict[str, str]] = {
    "name": {"name": "اسم آخر"},
    "title": {"name": "", "title": "اسم آخر"},
    "aliases": {"aliases": "[تسمية أخرى]"},
    "formerly": {"formerly": "[old-key]"},
    "role": {"role": "صفته"},
    "wikidata": {"wikidata": "Q42"},
    "description": {"description": "سطر عنه"},
    "coordinates": {"coordinates": "33.5138, 36.2765"},
    "url": {"url": "https://own.example/"},
    "country": {"country": "ليبيا"},
    "type": {"type": "magazine"},
    "rights": {"rights": "{display: excerpt}"},
    "articles": {"articles": "[aaa111]"},
    "status": {"status": "confirmed"},
    "reasons": {"reasons": "[في اليوم نفسه]"},
    "event_date": {"event_date": "2025-03-30"},
    "place": {"place": "المرسى"},
}
# Keys within keys: what stands before, and what then.
WITHIN: dict[str, tuple[str, str]] = {
    "date_info": ("{status: inferred}", "{status: conflicting}"),
    "date_info.basis": ("{status: inferred, basis: text}", "{status: inferred, basis: received}"),
    "date_info.edtf": ("{status: inferred}", "{status: inferred, edtf: 2025-03~}"),
    "date_info.candidates": ("{status: inferred}", "{status: inferred, candidates: [2025-03-30]}"),
    "date_info.evidence": ("{status: inferred}", "{status: inferred, evidence: [اليوم الأحد]}"),
    "date_info.note": ("{status: inferred}", "{status: inferred, note: وصل في نيسان}"),
    "source.name": ("{name: نهار}", "{name: ليل}"),
    "source.outlet": ("{name: نهار}", "{name: نهار, outlet: nashra}"),
    "source.basis": ("{name: نهار}", "{name: نهار, basis: byline}"),
    "via.url": ("[{name: ناقل}]", "[{name: ناقل, url: 'https://naqil.example/7'}]"),
    "cited.kind": ("[{name: إكس}]", "[{name: إكس, kind: post}]"),
    "image.alt": ("{src: a.png, alt: جسر}", "{src: a.png, alt: طريق}"),
    "image.caption": ("{src: a.png, alt: جسر}", "{src: a.png, alt: جسر, caption: الجسر}"),
    "image.credit": ("{src: a.png, alt: جسر}", "{src: a.png, alt: جسر, credit: سمر}"),
    "corrections.kind": (
        "[{date: 2025-04-02, kind: update, note: ن}]",
        "[{date: 2025-04-02, kind: retraction, note: ن}]",
    ),
    "rights.holder": ("{display: full}", "{display: full, holder: البلدية}"),
    "rights.display": ("{display: full}", "{display: none}"),
    "rights.index": ("{index: true}", "{index: false}"),
    "rights.machines": ("{machines: true}", "{machines: false}"),
    "provenance.seed": (
        f"{{seed: a.txt, sha256: {'a' * 64}}}",
        f"{{seed: b.txt, sha256: {'a' * 64}}}",
    ),
}
# key of an outlet → its value, and what else must be known of the seed to see what it does.
TEACHING = {
    "hosts": ("[marsa.example]", {"url": "https://www.marsa.example/1"}),
    "handles": ("['@marsa_paper']", {"handle": "@marsa_paper"}),
    "bylines": ("[تحرير قسم المرسى]", {}),
    "disclaimers": ("[الصفحة لا تتحمل ما نُقل عن سواها]", {}),
    "furniture": ("[نشكر قراء النشرة الأوفياء]", {}),
    "categories": ("[بلديات المرسى]", {}),
    "keep": ("[اترك تعليقًا]", {"outlet": "نشرة المرسى"}),
}
# What is not tried here: the language of messages (tests/commands), git (tests/content).
ELSEWHERE = {"messages", "history"}
BY_NAME = {
    "theme_api",
    "content_schema",
    "seed_id",
    "import",
    "flags",
    "settled",
}  # a test each, below


def test_every_documented_key_is_asked_for_its_effect() -> None:
    tables = re.findall(r"^\| (`[^|]+) \|", FORMAT, re.MULTILINE)
    documented = {key for cell in tables for key in re.findall(r"`(\w+)`", cell)}
    asked = {*ON_SITE, *IN_ARTICLE, *IN_AUTHORITY, *TEACHING, *BY_NAME, *ELSEWHERE}

    assert documented - asked == set()
    assert asked - documented - {"tags", "categories", "title"} == set()
    assert {*ARTICLE, *KEYS, *(k for keys in AUTHORITY.values() for k in keys)} <= asked


def yaml(values: Mapping[str, str]) -> str:
    return "".join(f"{key}: {value}\n" for key, value in values.items() if value)


def written(folder: Path, **changes: dict[str, str]) -> Path:
    """Write the sample archive to `folder`; `changes` are of site, article or a kind's file."""
    files = {"site.yaml": yaml(SITE | changes.get("site", {}))}
    article = ARTICLE_KEYS | changes.get("article", {})
    other = {"id": '"bbb222"', "title": "الطريق يُفتح اليوم", "date": "2025-04-02", "source": "نهار"}
    remote = "\n\n![جسر](https://img.example/b.png)"
    files["content/articles/a.md"] = f"---\n{yaml(article)}---\n\n{BODY}{remote}\n"
    files["content/articles/b.md"] = f"---\n{yaml(other)}---\n\n{BODY}\n"
    names = {"outlets": "nashra", "people": "naji-abboud", "topics": "roads", "places": "marsa",
             "authors": "samar-najm", "organizations": "baladiya", "pages": "about",
             "stories": "road"}  # fmt: skip
    for kind, key in names.items():
        values = AUTHORITY_KEYS[kind] | changes.get(kind, {})
        files[f"content/{kind}/{key}.md"] = f"---\n{yaml(values)}---\n"
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (folder / "content" / "media").mkdir(exist_ok=True)
    (folder / "content" / "media" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder


def published(site: Path) -> Iterator[OutputFile]:
    """Yield what a build of `site` publishes, as the plain build makes it, one after another."""
    settings, _ = config.load(site)
    content = store.load(site)
    stop_on_errors(content.problems)
    names = names_of(content.authorities)
    shown = [article for article in content.articles if not article.draft]
    entries = {a.id: compose(a, names, settings) for a in shown}
    with in_memory() as catalogue:
        catalogue.put(entry.card for entry in entries.values())
        full.put_authorities(catalogue, content.authorities, settings)
        theme = theme_for(msgspec.json.encode(settings))
        context = RenderContext(
            catalogue,
            theme.wording,
            entry_of=entries.__getitem__,
            body_of=lambda authority: html_of(authority.body),
        )
        yield from render.files(context, theme)
        yield from full.media_files(site, context.pictures())
        stories = stories_of(content.authorities)
        records = (r for entry in entries.values() if (r := record_of(entry, stories)))
        yield from search_files(records, content.authorities)


@lru_cache
def theme_for(settings: bytes) -> Theme:
    return theme_of(msgspec.json.decode(settings, type=config.SiteConfig), Path("/nowhere"))


def differs(site: Path, base: Mapping[str, bytes]) -> bool:
    """Tell whether `site` publishes anything else than `base`; make no more once that is clear."""
    seen = set()
    for file in published(site):
        if base.get(file.path) != file.content:
            return True
        seen.add(file.path)
    return seen != base.keys()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    site = written(tmp_path_factory.mktemp("base"))
    return {file.path: file.content for file in published(site)}


@pytest.mark.parametrize("key", ON_SITE)
def test_a_setting_changes_what_is_published(
    key: str, base: dict[str, bytes], tmp_path: Path
) -> None:
    assert differs(written(tmp_path, site=ON_SITE[key]), base)


@pytest.mark.parametrize("key", IN_ARTICLE)
def test_a_key_of_an_article_changes_what_is_published(
    key: str, base: dict[str, bytes], tmp_path: Path
) -> None:
    if key == "removed":
        site = written(tmp_path / "gone", article=IN_ARTICLE["status"])
        base = {file.path: file.content for file in published(site)}

    story = {"articles": "[ccc333, bbb222]"} if key == "id" else {}
    assert differs(written(tmp_path / "site", article=IN_ARTICLE[key], stories=story), base)


@pytest.mark.parametrize("key", WITHIN)
def test_a_key_within_a_key_changes_what_is_published(key: str, tmp_path: Path) -> None:
    name = key.partition(".")[0]
    before, after = ({name: value} for value in WITHIN[key])
    base = {f.path: f.content for f in published(written(tmp_path / "one", article=before))}

    assert differs(written(tmp_path / "other", article=after), base)


SHOWN = [
    (kind, key) for kind, keys in AUTHORITY.items() for key in keys
    if key not in TEACHING
]  # fmt: skip


@pytest.mark.parametrize(("kind", "key"), SHOWN)
def test_a_key_of_an_authority_file_changes_what_is_published(
    kind: str, key: str, base: dict[str, bytes], tmp_path: Path
) -> None:
    values = (
        {"aliases": "[old-road]"} if (kind, key) == ("stories", "aliases") else IN_AUTHORITY[key]
    )
    assert differs(written(tmp_path, **{kind: values}), base)


@pytest.mark.parametrize("key", ["theme_api", "content_schema"])
def test_a_version_that_this_program_does_not_know_is_refused(key: str) -> None:
    assert [p.code for p in config.parse(f"name: x\n{key}: 2\n")[1]] == ["setting-invalid"]


def test_flags_are_what_import_saw_and_leave_with_the_editors_word(tmp_path: Path) -> None:
    site = written(tmp_path)
    (site / "seeds").mkdir()
    (site / "seeds" / "a.txt").write_text(f"فتح الطريق الساحلي ، اليوم\n{BODY}\n", "utf-8")
    import_seeds(site)
    (made,) = (site / "content" / "articles").glob("??/*.md")
    flagged = made.read_text("utf-8")
    article, _ = parse_article(flagged, "x.md")
    assert article is not None
    assert [flag.kind for flag in article.flags] == ["spacing"]

    settled = re.sub(r"flags:\n(?:[- ].*\n)+", "", flagged)
    made.write_text(settled, "utf-8")
    import_seeds(site)
    assert made.read_text("utf-8") == settled


def test_the_seed_of_an_article_is_known_again_by_its_provenance(tmp_path: Path) -> None:
    site = written(tmp_path, site={"seed_id": "'n-([0-9]+)'"})
    (site / "seeds").mkdir()
    (site / "seeds" / "n-4711421.txt").write_text(f"فتح الطريق الساحلي اليوم\n{BODY}\n", "utf-8")

    assert import_seeds(site).lines[0].outcome == "imported"
    assert import_seeds(site).lines[0].outcome == "unchanged"
    assert [path.stem for path in (site / "content" / "articles").glob("??/*.md")] == ["4711421"]


def test_the_fields_of_an_export_are_mapped(tmp_path: Path) -> None:
    site = written(tmp_path, site={"import": "{fields: {title: zeile, body: satz}}"})
    (site / "seeds").mkdir()
    record = {"id": 7, "zeile": "فتح الطريق الساحلي اليوم", "satz": BODY}
    (site / "seeds" / "all.ndjson").write_text(json.dumps(record) + "\n", "utf-8")
    import_seeds(site)

    (made,) = (site / "content" / "articles").glob("??/*.md")
    assert "title: فتح الطريق الساحلي اليوم" in made.read_text("utf-8")


SEED = f"""بلديات المرسى
فتح الطريق الساحلي بعد صيانته
تحرير قسم المرسى
{BODY}
نشكر قراء النشرة الأوفياء
الصفحة لا تتحمل ما نُقل عن سواها
اترك تعليقًا"""


@pytest.mark.parametrize("key", TEACHING)
def test_a_key_of_an_outlet_teaches_the_importer(key: str) -> None:
    value, facts = TEACHING[key]

    untaught = "name: نشرة المرسى\n"
    assert drafted(f"{untaught}{key}: {value}\n", facts) != drafted(untaught, facts)


def drafted(outlet: str, facts: Mapping[str, str]) -> Draft:
    taught, problems = parse_authority(f"---\n{outlet}---\n", "x.md", "outlets", "nashra")
    assert isinstance(taught, Outlet)
    assert problems == []
    known = tuple(Fact(key, value, "sidecar") for key, value in facts.items())
    return draft_of(
        RawDocument("seeds/a.txt", SEED, "ab" * 32, facts=known), outlet_directory([taught])
    )
