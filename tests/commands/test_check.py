"""`warraq check` on small sites: each fault told once, with its file, its line and what to do."""

import json
from pathlib import Path

import pytest
from tests.commands.conftest import Run, tree

from warraq.base.problems import Problem, format_problem
from warraq.build.incremental import build
from warraq.commands.check import check

SITE = "name: أرشيف\nbase_url: https://archive.example/\nhistory: none\n"
SOURCED = "date: 2025-01-01\nsource: {name: صحيفة}\ntopics: [موضوع]\n"


def write(site: Path, files: dict[str, str]) -> Path:
    """Write a site: path → text; a name alone is an article of that id, its text the body."""
    for name, text in {"site.yaml": SITE, **files}.items():
        path, whole = name, text
        if "/" not in name and "." not in name:
            path = f"content/articles/{name[:2]}/{name}.md"
            whole = text if text.startswith("---") else article(name, text)
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(whole, "utf-8")
    return site


def article(key: str, body: str = "نص.", head: str = "") -> str:
    """Return an article with nothing wrong; the first line of `head` is line 7."""
    return f'---\nid: "{key}"\ntitle: خبر\n{SOURCED}{head}---\n\n{body}\n'


def problems_of(site: Path) -> list[tuple[str, int, str]]:
    """Return (file, line, code) of all that is wrong, each worded in both languages."""
    found = check(site)
    for problem in found:
        assert format_problem(problem, "ar")
        assert format_problem(problem, "en")
    return [(problem.path.rpartition("/")[2], problem.line, problem.code) for problem in found]


def args_of(problems: tuple[Problem, ...]) -> list[dict[str, str]]:
    return [dict(problem.args) for problem in problems]


def test_a_site_with_nothing_wrong_says_nothing(tmp_path: Path) -> None:
    assert problems_of(write(tmp_path, {"abcdef000001": "نص."})) == []


@pytest.mark.parametrize(
    "broken",
    [
        '---\nid: "abcdef000001"\ntitle: "خبر\n---\n\nنص.\n',
        '---\nid: "abcdef000001"\ntitle: خبر\n',
        f'---\nid: "ABC"\ntitle: خبر\n{SOURCED}---\n\nنص.\n',
        "نص بلا مقدمة.\n",
    ],
)
def test_an_article_that_cannot_be_read_is_there(tmp_path: Path, broken: str) -> None:
    site = write(
        tmp_path,
        {
            "content/articles/ab/abcdef000001.md": broken,
            "content/media/a.png": "png",
            "content/pages/about.md": "---\nname: عنا\n---\n\n[خبر](/n/abcdef000001/)\n",
            "abcdef000002": article("abcdef000002", head='copy_of: "abcdef000001"\n'),
            "content/stories/x.md": "---\nname: قصة\narticles: [abcdef000001, abcdef000002]\n---\n",
        },
    )

    assert [file for file, _, _ in problems_of(site)] == ["abcdef000001.md"]


def test_an_authority_file_that_cannot_be_read_is_there(tmp_path: Path) -> None:
    head = "people: [salem]\nvia: [{outlet: paper}]\n"
    site = write(
        tmp_path,
        {
            "content/people/salem.md": "---\nname: 'سالم\n---\n",
            "content/outlets/paper.md": "---\nname: [صحيفة\n---\n",
            "abcdef000001": article("abcdef000001", "[سالم](/people/salem/)", head),
        },
    )

    assert sorted(problems_of(site)) == [
        ("paper.md", 2, "yaml-broken"),
        ("salem.md", 2, "yaml-broken"),
    ]


def test_what_is_named_and_not_there_has_the_line_of_its_name(tmp_path: Path) -> None:
    head = "people:\n- سالم\n- nobody\nvia: [{name: ناقل}, {outlet: paper}]\ncopy_of: zzzzzz\n"
    site = write(
        tmp_path,
        {
            "abcdef000001": article("abcdef000001", head=head),
            "content/stories/x.md": "---\nname: قصة\narticles:\n- abcdef000001\n- zzzzzz\n---\n",
            "content/articles/cc/copy.md": article("abcdef000001"),
        },
    )

    found = {(line, code) for file, line, code in problems_of(site) if file == "abcdef000001.md"}
    assert found == {(9, "authority-missing"), (10, "authority-missing"), (11, "copy-missing")}
    assert {("x.md", 5, "story-article"), ("copy.md", 2, "id-twice")} <= set(problems_of(site))


def test_whose_text_it_is_names_the_first_that_has_it(tmp_path: Path) -> None:
    same = 'same_text_as: "abcdef00000{}"\n'
    site = write(
        tmp_path,
        {
            "abcdef000001": article("abcdef000001"),
            "abcdef000002": article("abcdef000002", head=same.format(1)),
            "abcdef000003": article("abcdef000003", head=same.format(2)),
            "abcdef000004": article("abcdef000004", head=same.format(9)),
            "abcdef000005": article("abcdef000005", head=same.format(5)),
        },
    )

    assert [(file, code) for file, _, code in problems_of(site)] == [
        ("abcdef000003.md", "same-text-chain"),
        ("abcdef000004.md", "same-text-missing"),
        ("abcdef000005.md", "same-text-missing"),
    ]


def test_the_prints_of_a_removed_text_are_named(tmp_path: Path) -> None:
    gone = "status: removed\nremoved: {date: 2025-06-02, reason: سبب}\n"
    same = 'same_text_as: "abcdef000001"\n'
    keys = [f"abcdef00000{n}" for n in range(1, 5)]
    heads = (gone, same, same, f"{same}draft: true\n")
    texts = {key: article(key, head=head) for key, head in zip(keys, heads, strict=True)}
    texts[keys[1]] = texts[keys[1]].replace("2025-01-01", "2025-01-02")
    site = write(tmp_path, texts)

    found = [p for p in check(site) if p.code == "same-text-removed"]
    assert [Path(p.path).stem for p in found] == keys[1:3]
    assert [dict(p.args)["next"] for p in found] == [keys[2], keys[2]]
    assert build(site, into=site / "public")

    first = site / f"content/articles/ab/{keys[2]}.md"
    first.write_text(first.read_text("utf-8").replace(same, ""), "utf-8")
    other = site / f"content/articles/ab/{keys[1]}.md"
    other.write_text(other.read_text("utf-8").replace(keys[0], keys[2]), "utf-8")
    assert "same-text-removed" not in {p.code for p in check(site)}


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, run: Run) -> None:
    done = run(tmp_path / "nowhere", "check")

    assert done.returncode == 2
    assert f"{tmp_path / 'nowhere'}: error[site-folder]" in done.stdout

    (tmp_path / "empty").mkdir()
    assert str(tmp_path / "empty") in run(tmp_path / "empty", "build").stdout


def test_a_program_reads_the_same(tmp_path: Path, run: Run) -> None:
    site = write(tmp_path, {"abcdef000001": article("abcdef000001", head="people: [nobody]\n")})

    (found,) = json.loads(run(site, "check", "--format", "json").stdout)

    assert (found["line"], found["code"], found["args"]["key"]) == (
        7,
        "authority-missing",
        "nobody",
    )


LINKED = {
    "abcdef000002": "نص.",
    "abcdef000003": article("abcdef000003", head="draft: true\n"),
    "abcdef000004": article(
        "abcdef000004", head="status: removed\nremoved: {date: 2025-02-01, reason: طلب}\n"
    ),
    "abcdef000005": article("abcdef000005", head="aliases: [/2015/old.html]\n"),
    "content/people/salem.md": "---\nname: سالم\n---\n",
    "static/reports/2020.pdf": "%PDF",
    "static/reports/index.html": "<p>",
    "content/pages/about.md": "---\nname: عن الأرشيف\n---\n",
    "content/stories/one.md": "---\nname: قصة\narticles: [abcdef000002]\n---\n",
    "content/stories/none.md": "---\nname: قصة\narticles: [abcdef000003]\n---\n",
}


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("[أ](abcdef000002.md)", ""),
        ("[أ](../ab/abcdef000002.md#fn:1)", ""),
        ("[أ](/n/abcdef000002/)", ""),
        ("[أ](/n/abcdef000002)", ""),
        ("[أ](/n/abcdef000002/article.json)", ""),
        ("[أ](../abcdef000002/)", ""),
        ("[أ](https://archive.example/n/abcdef000002/ 'عنوان')", ""),
        ("[أ](/people/salem/)", ""),
        ("[أ](/people/salem/index.html?q=1#x)", ""),
        ("[أ](/pages/about/)", ""),
        ("[أ](/stories/one/)", ""),
        ("[أ](/archive/2025/01/)", ""),
        ("[أ](/2015/old.html)", ""),
        ("[أ](/search/?q=خبر)", ""),
        ("[أ](/assets/site.css) [ب](/favicon.ico)", ""),
        ("[أ](/reports/2020.pdf) [ب](/reports/) [ج](/reports/index.html)", ""),
        ("[أ](https://elsewhere.example/n/zzzzzz/)", ""),
        ("[أ](mailto:a@b.example) <c@d.example>", ""),
        ("[أ](#fn:1) نص[^1]\n\n[^1]: حاشية", ""),
        ("`[أ](/people/nobody/)`", ""),
        ("\\[أ](/people/nobody/)", ""),
        ("[مهم]: كلام ليس رابطًا", ""),
        ("[أ](abcdef000009.md)", "link-dead"),
        ("[أ](/n/abcdef000009/)", "link-dead"),
        ("[أ](https://archive.example/n/abcdef000009/)", "link-dead"),
        ("[أ](/people/nobody/)", "link-dead"),
        ("[أ](/People/salem/)", "link-dead"),
        ("[أ](/archive/2024/)", "link-dead"),
        ("[أ](/media/report.pdf)", "link-dead"),
        ("[أ](report.pdf)", "link-dead"),
        ("[أ][ب]\n\n[ب]: /people/nobody/", "link-dead"),
        ('<a href="/people/nobody/">أ</a>', "link-dead"),
        ("[أ](/stories/none/)", "link-dead"),
        ("[أ](abcdef000003.md)", "link-draft"),
        ("[أ](/n/abcdef000004/)", "link-removed"),
        ("[أ]()", "link-empty"),
    ],
)
def test_a_link_that_leads_nowhere_is_told(tmp_path: Path, link: str, code: str) -> None:
    site = write(tmp_path, {**LINKED, "abcdef000001": f"فقرة أولى.\n\n{link}"})

    found = [(line, found) for file, line, found in problems_of(site) if file == "abcdef000001.md"]

    line = 13 if link.endswith("[ب]: /people/nobody/") else 11
    assert found == ([(line, code)] if code else [])


PICTURES = {"content/media/a.png": "png", "content/media/2025/Photo.JPG": "jpg"}


@pytest.mark.parametrize(
    ("picture", "codes"),
    [
        ("![وصف](a.png)", []),
        ("![وصف](/media/2025/Photo.JPG 'عنوان')", []),
        ('<img src="a.png" alt="وصف">', []),
        ("[![وصف](a.png)](/archive/)", []),
        ("![](a.png)", ["picture-alt"]),
        ('<img src="a.png">', ["picture-alt"]),
        ("![وصف](b.png)", ["picture-missing"]),
        ("![وصف](2025/photo.jpg)", ["picture-missing-near"]),
        ("![وصف](Photo.JPG)", ["picture-missing-near"]),
        ("![](b.png)", ["picture-alt", "picture-missing"]),
        ("![وصف](https://elsewhere.example/a.png)", ["picture-remote"]),
        ("![وصف][ص]\n\n[ص]: b.png", ["picture-missing"]),
    ],
)
def test_a_picture_of_a_text_is_there_and_described(
    tmp_path: Path, picture: str, codes: list[str]
) -> None:
    site = write(tmp_path, {**PICTURES, "abcdef000001": picture})

    assert sorted(code for _, _, code in problems_of(site) if code != "media-unused") == codes


def test_pictures_of_the_front_matter_are_held_against_media(tmp_path: Path) -> None:
    head = (
        "image: {src: b.png, alt: وصف}\nfigures:\n- a.png\n- {src: 2025/Photo.JPG, alt: ''}\n"
        "- src: https://pictures.example/c.png\n  alt: وصف\n- src: https://other.example/d.png\n"
    )
    site = write(tmp_path, {**PICTURES, "abcdef000001": article("abcdef000001", head=head)})
    (site / "site.yaml").write_text(SITE + "image_hosts: [pictures.example]\n", "utf-8")

    assert problems_of(site) == [
        ("abcdef000001.md", 7, "picture-missing"),
        ("abcdef000001.md", 9, "picture-alt"),
        ("abcdef000001.md", 10, "picture-alt"),
        ("abcdef000001.md", 13, "picture-remote"),
    ]


def test_a_picture_far_too_large_is_told(tmp_path: Path) -> None:
    site = write(tmp_path, {**PICTURES, "abcdef000001": "![وصف](a.png) ![وصف](2025/Photo.JPG)"})
    with (site / "content/media/a.png").open("r+b") as file:
        file.truncate(30_000_000)

    (found,) = check(site)

    assert (found.path, found.code) == ("content/media/a.png", "picture-large")
    assert dict(found.args) == {"size": "30"}


def test_the_texts_of_authorities_and_the_menu_are_read_too(tmp_path: Path) -> None:
    menu = (
        "navigation:\n- {label: أ, url: /topics/}\n- label: ب\n  url: /people/nobody/\n"
        "- {label: ج, url: https://elsewhere.example/}\n- {label: د, url: /archive/2025/}\n"
    )
    site = write(
        tmp_path,
        {
            "site.yaml": SITE + menu,
            "abcdef000001": "نص.",
            "content/people/salem.md": "---\nname: سالم\n---\n\nنص.\n\n[أ](/people/nobody/)\n",
        },
    )

    assert problems_of(site) == [("salem.md", 7, "link-dead"), ("site.yaml", 7, "menu-dead")]


def test_two_files_that_share_a_name_are_both_named(tmp_path: Path) -> None:
    site = write(
        tmp_path,
        {
            "abcdef000001": "قال سالم العلي.",
            "content/people/salem.md": "---\nname: سالم العلي\n---\n",
            "content/people/salem-2.md": "---\nname: سالم\naliases: [سالم العلي]\n---\n",
            "content/organizations/ali.md": "---\nname: العلي\naliases: [سالم العلي]\n---\n",
        },
    )

    (found,) = check(site)

    assert (found.path, found.line) == ("content/organizations/ali.md", 3)
    assert dict(found.args) == {
        "name": "سالم العلي",
        "others": "content/people/salem-2.md، content/people/salem.md",
    }


def test_a_headline_of_ours_waits_until_an_editor_has_written_one(bare: Path, run: Run) -> None:
    assert run(bare, "import", "--jobs", "1").returncode == 0
    (path,) = bare.glob("content/articles/4d/*.md")

    assert (path.name, 3, "open-title") in problems_of(bare)

    path.write_text(path.read_text("utf-8").replace("title: ", "title: كتبه المحرر: ", 1), "utf-8")
    assert "open-title" not in {code for _, _, code in problems_of(bare)}


def test_articles_without_topic_or_source_are_counted(tmp_path: Path) -> None:
    bare = '---\nid: "{}"\ntitle: خبر\n{}---\n\nنص.\n'
    site = write(
        tmp_path,
        {
            "abcdef000001": bare.format("abcdef000001", ""),
            "abcdef000002": bare.format("abcdef000002", "topics: [موضوع]\n"),
            "abcdef000003": bare.format("abcdef000003", "draft: true\n"),
        },
    )

    assert [(p.path, p.code, dict(p.args)["count"]) for p in check(site)] == [
        ("content/articles", "articles-sourceless", "2"),
        ("content/articles", "articles-topicless", "1"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("words/ar.yaml", "home: الصفحة الأولى\nmonths: ''\n", []),
        ("words/ar.yaml", "# لا شيء\n", []),
        ("words/ar.yaml", "home: 'x\n", [(1, "yaml-broken")]),
        ("words/ar.yaml", "home: أ\nsaerch: ب\n", [(2, "word-unknown-near")]),
        ("words/ar.yaml", "qqqqqq: ب\n", [(1, "word-unknown")]),
        ("words/ar.yaml", "search: '{x} ابحث'\n", [(1, "word-gap")]),
        ("words/ar.yaml", "count_articles: '{n} مادة'\n", [(1, "word-shape")]),
        ("words/ar.yaml", "count_articles: {one: مادة}\n", [(1, "word-shape")]),
        ("words/ar.yaml", "count_articles:\n  one: مادة\n  other: '{m}'\n", [(3, "word-gap")]),
        ("words/ar.yaml", "home: [أ]\n", [(1, "word-shape")]),
        ("words/en.yaml", "months: [a, b]\n", [(1, "word-shape")]),
        ("words/fr.yaml", "home: Accueil\n", [(0, "template-unread-near")]),
        ("words/ar.yml", "home: أ\n", [(0, "template-unread-near")]),
        ("assets/my.css", "p{}", []),
        ("README", "ملاحظة", []),
        ("pages/article.html", '{% extends "warraq/pages/article.html" %}', []),
        ("pages/article.html", "{% block x %}\n{% endif %}", [(2, "template-broken")]),
        ("pages/article.html", "\n{{ x|no_such_filter }}", [(2, "template-broken")]),
        ("pages/article.html", "\n{% include 'partials/no.html' %}", [(2, "template-missing")]),
        ("pages/article.html", "{% include 'no.html' ignore missing %}", []),
        ("pages/article.html", "\n{{ part('no', root) }}", [(2, "template-missing")]),
        ("pages/article.html", "\n\n{{ words.serch }}", [(3, "template-word-near")]),
        ("pages/article.html", "{{ words.home }} {% set words = 1 %}", []),
        ("article.html", "<p>", [(0, "template-unread-near")]),
        ("layouts/base.html", "<p>", [(0, "template-unread-near")]),
        ("extra/mine.html", "<p>", [(0, "template-unread")]),
        ("site.css", "p{}", [(0, "template-unread-near")]),
    ],
)
def test_templates_and_words_are_looked_at(
    tmp_path: Path, name: str, text: str, found: list[tuple[int, str]]
) -> None:
    site = write(tmp_path, {"abcdef000001": "نص.", f"templates/{name}": text})

    assert [(line, code) for _, line, code in problems_of(site)] == found


@pytest.mark.parametrize("folder", ["template", "Templates", "theme", "layouts"])
def test_a_folder_of_templates_that_nobody_reads_is_told(tmp_path: Path, folder: str) -> None:
    site = write(tmp_path, {"abcdef000001": "نص.", f"{folder}/pages/article.html": "<p>"})

    assert problems_of(site) == [(folder, 0, "template-folder")]


def test_a_template_and_a_word_of_ones_own_are_used(tmp_path: Path) -> None:
    extends = '{% extends "warraq/pages/article.html" %}{% include "mine/note.html" %}'
    site = write(
        tmp_path,
        {
            "abcdef000001": "نص.",
            "templates/pages/article.html": extends,
            "templates/mine/note.html": "{{ words.our_note }}",
            "templates/words/ar.yaml": "our_note: ملاحظة\n",
        },
    )

    assert problems_of(site) == []


def test_a_word_without_a_file_is_a_name_unless_it_is_near_a_key(tmp_path: Path, run: Run) -> None:
    site = write(
        tmp_path,
        {
            "content/topics/sea-road.md": "---\nname: طريق البحر\nformerly: [coast-road]\n---\n",
            "abcdef000001": article("abcdef000001", head="tags: [covid-19, '2019']\n"),
            "abcdef000002": article("abcdef000002", head="tags: [sea-raod]\n"),
            "abcdef000003": article("abcdef000003", head="tags:\n- covid-19\n- coast-road\n"),
            "abcdef000004": article("abcdef000004", head="authors: [admin]\n"),
        },
    )

    assert problems_of(site) == [
        ("articles", 0, "name-keyless"),
        ("articles", 0, "name-keyless"),
        ("abcdef000002.md", 7, "name-near-key"),
        ("abcdef000003.md", 9, "name-near-key"),
    ]
    alone, *_ = (args for args in args_of(check(site)) if args.get("kind") == "topics")
    assert (alone["count"], alone["names"]) == ("2", "covid-19، 2019")
    assert run(site, "build").returncode == 0
    page = (site / "public/n/abcdef000001/index.html").read_text("utf-8")
    assert ">covid-19<" in page
    assert "admin" in (site / "public/n/abcdef000004/index.html").read_text("utf-8")


@pytest.mark.slow
def test_a_name_becomes_a_link_once_it_has_a_file(tmp_path: Path, run: Run) -> None:
    site = write(tmp_path, {"abcdef000001": article("abcdef000001", head="tags: [harbour]\n")})
    assert run(site, "build").returncode == 0
    page = site / "public/n/abcdef000001/index.html"
    assert 'href="../../topics/harbour/"' not in page.read_text("utf-8")

    write(site, {"content/topics/harbour.md": "---\nname: المرفأ\n---\n"})
    assert run(site, "build").returncode == 0
    assert 'href="../../topics/harbour/"' in page.read_text("utf-8")
    grown = tree(site / "public")
    (site / "content/topics/harbour.md").unlink()
    assert run(site, "build").returncode == 0
    assert ">harbour<" in page.read_text("utf-8")
    write(site, {"content/topics/harbour.md": "---\nname: المرفأ\n---\n"})
    assert run(site, "build", "--clean").returncode == 0
    assert tree(site / "public") == grown
