import ast
import re
import runpy
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path
from typing import cast

import click
import pytest
from babel import Locale
from babel.messages.pofile import read_po
from click import Group

import warraq
from warraq.base.config import KEYS
from warraq.base.marked_yaml import compose, pairs
from warraq.base.problems import Language, catalogue, message, plural_form
from warraq.cli import main
from warraq.content.frontmatter import ARTICLE, AUTHORITY, parse_article, parse_authority
from warraq.desk.page_templates import words
from warraq.desk.page_templates import words as desk_words
from warraq.model import AuthorityKind
from warraq.preview.labels import words as labels
from warraq.seeds import sidecar

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator" / "warraq"
SOURCES = [*PACKAGE.rglob("*.py"), *(ROOT / "templates").rglob("*"), *PACKAGE.rglob("*.js")]
GAP = re.compile(r"{(\w+)(?::([\w-]+))?}")  # its name, and what is counted
# In architecture.md a file or folder is named in backticks, or as docs/… in running text.
PLACE = re.compile(r"`([\w.-]+/[\w./-]*|\w+\.(?:py|toml))`|(docs/[\w/-]+\.md)")
FUNCTION = re.compile(r"`(\w+)\(\)`")


def test_both_languages_word_the_same_codes_with_the_same_gaps() -> None:
    english, arabic = catalogue("en"), catalogue("ar")

    assert english.keys() == arabic.keys()
    for code in messages():
        for part in ("message", "fix"):
            found = [
                {name for name, _ in GAP.findall(all_[code][part])} for all_ in (english, arabic)
            ]
            assert found[0] == found[1], code


def messages() -> list[str]:
    return [code for code in catalogue("en") if not code.startswith("count-")]


def test_what_is_counted_has_every_plural_form_that_its_language_tells_apart() -> None:
    for language, forms in (("en", {"one"}), ("ar", {"one", "two", "few", "many"})):
        words = catalogue(language)
        texts = [text for code in messages() for text in words[code].values()]
        texts += desk_words("en" if language == "en" else "ar").values()
        counted = {noun for text in texts for _, noun in GAP.findall(text) if noun}

        assert counted == {code.removeprefix("count-") for code in words if code[:6] == "count-"}
        assert all(words[f"count-{n}"].keys() - {"zero"} == forms | {"other"} for n in counted)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_plural_forms_are_those_of_cldr(language: Language) -> None:
    locale = Locale.parse(language)

    assert [n for n in range(1200) if plural_form(n, language) != locale.plural_form(n)] == []


@pytest.mark.parametrize(
    ("number", "english", "arabic"),
    [
        (0, "0 articles → 0 files in x", "لا مواد ← لا ملفات في x"),
        (1, "1 article → 1 file in x", "مادة واحدة ← ملف واحد في x"),
        (2, "2 articles → 2 files in x", "مادتان ← ملفان في x"),
        (5, "5 articles → 5 files in x", "5 مواد ← 5 ملفات في x"),
        (11, "11 articles → 11 files in x", "11 مادة ← 11 ملفًّا في x"),
        (100, "100 articles → 100 files in x", "100 مادة ← 100 ملف في x"),
    ],
)
def test_a_count_is_told_as_one_says_it(number: int, english: str, arabic: str) -> None:
    counts = {"articles": number, "files": number, "changed": 0, "removed": 0}

    assert message("say-built", "en", output="x", undated="", **counts).startswith(english)
    assert message("say-built", "ar", output="x", undated="", **counts).startswith(arabic)


def test_every_code_is_used_and_every_used_code_is_worded() -> None:
    sources = "\n".join(p.read_text("utf-8") for p in PACKAGE.rglob("*.py"))
    used = set(re.findall(r'\b(?:error|warning|message)\(\s*"([a-z-]+)"', sources))
    mentioned = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', sources))

    assert used <= catalogue("en").keys()
    # A reason's code is put together from what it names.
    assert {c for c in messages() if not c.startswith("say-reason-")} <= mentioned


@pytest.mark.parametrize(("page", "name"), [("problems.md", "problems"), ("tasks.md", "week")])
def test_a_generated_page_is_up_to_date(page: str, name: str) -> None:
    written = runpy.run_path(str(ROOT / "scripts" / "write-docs"))[name]()

    assert written == (ROOT / "docs" / page).read_text("utf-8")


def test_help_and_usage_errors_are_in_arabic_too() -> None:
    source = Path(warraq.__file__).parent / "locale" / "ar" / "LC_MESSAGES" / "messages.po"
    with source.open("rb") as catalogue, source.with_suffix(".mo").open("rb") as compiled:
        written = {
            str(one.id): str(one.string) for one in read_po(catalogue) if isinstance(one.id, str)
        }
        arabic = GNUTranslations(compiled)

    def told(command: click.Command) -> Iterator[str]:
        yield command.help or ""
        yield from (one.help or "" for one in command.params if isinstance(one, click.Option))
        for below in command.commands.values() if isinstance(command, click.Group) else ():
            yield from told(below)

    # A new one is translated in that file; then `make golden`.
    assert {text for text in told(main) if text and text not in written} == set()
    assert {
        text for text, told in written.items() if text and arabic.gettext(text) != told
    } == set()


def test_every_command_and_key_is_documented() -> None:
    assert isinstance(main, Group)
    text = (ROOT / "README.md").read_text("utf-8") + (ROOT / "docs/format.md").read_text("utf-8")

    keys = {*ARTICLE, *KEYS, *(key for readers in AUTHORITY.values() for key in readers)}
    assert [c for c in main.commands if f"warraq {c}" not in text] == []
    assert [key for key in sorted(keys) if f"`{key}`" not in text] == []


def test_every_example_of_the_editors_guide_can_be_read() -> None:
    text = (ROOT / "docs" / "editors.ar.md").read_text("utf-8")
    examples = re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)

    assert len(examples) > 10
    assert [e for e in examples if _faults_of_example(e)] == []


def test_what_the_editors_guide_names_is_written_so_on_the_desk() -> None:
    text = (ROOT / "docs" / "editors.ar.md").read_text("utf-8").partition("## وراء المكتب")[0]
    every = (*words("ar").values(), *labels("ar").values(), *_messages_in_arabic())
    said = {re.sub(r"{[^}]*}", "XLSX", word) for word in every}
    an_editors_own = {"اليوم الأحد", "أخبار تشرين الأول من صدى المرسى"}

    named = {one.rstrip("…") for one in re.findall("«([^»]+)»", " ".join(text.split()))}
    rows = {row.strip() for row in re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)} - {"القائمة"}
    wanted = (named | rows) - an_editors_own
    assert len(wanted) > 50
    assert {one for one in wanted if not any(one in word for word in said)} == set()


def _messages_in_arabic() -> Iterator[str]:
    return (one.get("message", "") for one in catalogue("ar").values())


def _faults_of_example(example: str) -> bool:
    place = re.search(r"^# (content/(\w+)/(?:\w+/)?([\w-]+)\.md|seeds/.*)$", example, re.MULTILINE)
    if place and place[1].startswith("seeds/"):
        root = compose(example, "x.yaml")
        return root is None or not {key for key, _, _ in pairs(root)} <= set(sidecar.KEYS)
    if place and place[2] != "articles":
        kind = cast("AuthorityKind", place[2])
        return bool(parse_authority(example, "x.md", kind, place[3])[1])
    whole = example if place else f'---\nid: "abc123"\ntitle: x\n{example}---\n'
    article, problems = parse_article(whole, "x.md")
    return bool(problems) or article is None or bool(article.extra)


def test_every_command_of_the_editors_guide_is_there() -> None:
    assert isinstance(main, Group)
    text = (ROOT / "docs" / "editors.ar.md").read_text("utf-8")
    shell = "".join(re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))

    assert set(re.findall(r"^warraq (\w+)", shell, re.MULTILINE)) <= main.commands.keys()


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "SECURITY.md"])
def test_every_file_that_contributors_are_sent_to_is_there(name: str) -> None:
    named = re.findall(r"\b(?:docs|generator|tests|benchmarks|scripts)/[\w./-]+", _text(name))

    assert named
    assert [n for n in named if "NUMBER" not in n and not (ROOT / n.rstrip(".")).exists()] == []


def test_all_tell_the_same_version() -> None:
    changes = re.search(r"^## ([\d.]+) – ([\d-]+)$", _text("CHANGELOG.md"), re.MULTILINE)
    citation = _text("CITATION.cff")

    assert changes
    assert changes[1] == warraq.__version__
    assert f"version: {changes[1]}\n" in citation
    assert f'date-released: "{changes[2]}"' in citation


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", ["architecture.md", "glossary.md"])
def test_every_file_that_a_document_names_is_there(name: str) -> None:
    text = _text(f"docs/{name}")
    made = (".public.warraq/", ".warraq/")  # by a build; not in a checkout
    named = {"".join(found) for found in PLACE.findall(text)}
    named = {name for name in named if not name.startswith(made) and "…" not in name}

    assert len(named) > 25
    assert [n for n in sorted(named) if not any((p / n).exists() for p in (ROOT, PACKAGE))] == []


def test_every_function_that_the_architecture_names_is_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    sources = "\n".join(
        p.read_text("utf-8") for p in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.js")]
    )
    defined = set(re.findall(r"\b(?:def|function) (\w+)\(", sources))

    assert [name for name in FUNCTION.findall(text) if name not in defined] == []


def test_the_architecture_can_be_read_in_an_evening() -> None:
    assert len((ROOT / "docs" / "architecture.md").read_text("utf-8").splitlines()) <= 160


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_source_holds_an_invisible_character(path: Path) -> None:
    if path.is_file() and path.suffix in {".py", ".js", ".html", ".css", ".yaml", ".xml"}:
        found = re.findall(
            "[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", path.read_text("utf-8")
        )
        assert found == []


# What an Arab editor would not write, and what is written instead.
UNIDIOMATIC = {
    "بذرة|البذور": "الملف الخام",
    "أثاث": "زوائد الصفحة",
    "شاهدة": "إشعار حذف",
    "مقالة|مقالات": "مادة",
    "أذون(?!ات)": "أذونات",
    "[اى]\N{ARABIC FATHATAN}": "the tanwin stands on the letter before its alif",
    "البرامج النصية": "جافاسكربت",
    "عنوان(?:ها|ه)? (?:قديم|دائم|الصفحة(?! الأصلية)|الموقع)|هذا العنوان|العنوان القديم": "رابط",
}
ARABIC_TEXTS = (
    *(PACKAGE / name for name in ("base/messages/ar.yaml", "preview/words.yaml")),
    *sorted((PACKAGE / "desk" / "words").iterdir()),
    *(ROOT / name for name in ("templates/words/ar.yaml", "docs/editors.ar.md")),
    ROOT / "docs" / "glossary.md",
    *(path for path in (PACKAGE / "starter").rglob("*") if path.is_file()),
)


@pytest.mark.parametrize("path", ARABIC_TEXTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_arabic_is_as_an_editor_writes_it(path: Path) -> None:
    text = path.read_text("utf-8")

    assert {bad: found for bad in UNIDIOMATIC if (found := re.findall(bad, text))} == {}


# What others say in English: git, an exception that nobody foresaw.
FOREIGN_REASONS = {
    "base/problems.py",
    "content/git_history.py",
    "preview/afterwards.py",
    "preview/builder.py",
}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.stem)
def test_the_reason_of_a_problem_is_worded_too(path: Path) -> None:
    calls = (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call))
    of_problems = (c for c in calls if ast.unparse(c.func) in {"error", "warning", "refused"})
    reasons = [k.value for call in of_problems for k in call.keywords if k.arg == "why"]
    constant = [str(r.value) for r in reasons if isinstance(r, ast.Constant)]
    others = [ast.unparse(r) for r in reasons if not isinstance(r, ast.Constant)]

    assert set(constant) <= catalogue("ar").keys()
    if path.relative_to(PACKAGE).as_posix() not in FOREIGN_REASONS:
        assert set(others) <= {"reason_code(fault)", "why", "key"}
