"""JSON as programs dump it: lines, arrays, envelopes; and what a broken record costs."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.base.problems import Problem
from warraq.intake import draft_of, outlet_directory
from warraq.model import Article, RawDocument
from warraq.seeds.exports import export_records, json_records

BODY = "غرست المدرسة ثلاثين شتلة زيتون على جانبي الطريق المؤدي إلى عين الماء."
MORE = "وسقاها التلاميذ بالتناوب طوال الصيف، فلم يمت منها غير شتلتين اثنتين."
ONE = {"id": "a1", "title": "زيتون المدرسة", "body": f"{BODY}\n\n{MORE}", "date": "2016-03-02"}
TWO = {**ONE, "id": "a2", "title": "عين الماء"}


def _read(site: Path, content: str | bytes, name: str = "d.json") -> list[RawDocument | Problem]:
    path = site / name
    path.write_bytes(
        content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    )
    return list(export_records.documents(path, site))


def _articles(found: list[RawDocument | Problem]) -> list[Article]:
    known = outlet_directory()
    return [draft_of(f, known).article for f in found if isinstance(f, RawDocument)]


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


API = [{"type": "node--article", "id": r["id"],
        "attributes": {"title": r["title"], "body": {"value": r["body"], "format": "html"},
                       "created": r["date"]}} for r in (ONE, TWO)]  # fmt: skip
REST = [{key: [{"value": value}] for key, value in {**r, "created": r["date"], "date": ""}.items()}
        for r in (ONE, TWO)]  # fmt: skip
SEARCH = [{"_index": "n", "_id": r["id"], "_source": {k: v for k, v in r.items() if k != "id"}}
          for r in (ONE, TWO)]  # fmt: skip
ADMIN = [{"type": "header", "version": "5"}, {"type": "database", "name": "x"},
         {"type": "table", "name": "content", "data": [ONE, TWO]}]  # fmt: skip
SHAPES: dict[str, str | bytes] = {
    "lines": f"{_json(ONE)}\n{_json(TWO)}\n",
    "lines in UTF-16": f"{_json(ONE)}\n{_json(TWO)}\n".encode("utf-16"),
    "a script": f"/* 2016 */\nvar posts = [{_json(ONE)}, // one\n/* two */ {_json(TWO)}];\n",
    "lines with remarks": f"# 2016\n{_json(ONE)}\n# end\n{_json(TWO)}\n",
    "lines with commas": f"{_json(ONE)},\n{_json(TWO)},\n",
    "record separators": f"\x1e{_json(ONE)}\n\x1e{_json(TWO)}\n",
    "indented, one after another": f"{_json(ONE, 1)}\n{_json(TWO, 1)}",
    "an array": _json([ONE, TWO]),
    "an array, indented, after a mark": "\ufeff" + _json([ONE, TWO], 2),
    "an array a line": f"[{_json(ONE)}]\n[{_json(TWO)}]\n",
    "ids for keys": _json({r["id"]: {k: v for k, v in r.items() if k != "id"} for r in (ONE, TWO)}),
    "posts": _json({"posts": [ONE, TWO], "total": 2}),
    "data": _json({"status": "ok", "data": [ONE, TWO]}, 1),
    "within data": _json({"data": {"articles": [ONE, TWO]}}),
    "edges of a graph": _json({"data": {"posts": {"edges": [{"node": ONE}, {"node": TWO}]}}}),
    "hits": _json({"took": 1, "hits": {"total": {"value": 2}, "hits": SEARCH}}),
    "lines of a search engine": "\n".join(map(_json, SEARCH)),
    "an interface of Drupal": _json({"data": API, "included": [{"type": "user", "id": "7"}]}),
    "records of Drupal": _json(REST),
    "a dump of tables": _json(ADMIN, 1),
    "cut at the end": _json([ONE, TWO])[:-1],
}


@pytest.mark.parametrize("kind", SHAPES)
@pytest.mark.parametrize("chunk", [16, 1024 * 1024])
def test_records_are_found_in_every_envelope(
    tmp_path: Path, kind: str, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_records, "_CHUNK", chunk)
    found = _read(tmp_path, SHAPES[kind])
    assert [(a.title, a.body, list(a.external_ids.values())) for a in _articles(found)] == [
        (r["title"], r["body"], [r["id"]]) for r in (ONE, TWO)
    ]
    assert {a.date.iso for a in _articles(found) if a.date} == {"2016-03-02"}
    assert not [f for f in found if isinstance(f, Problem)]


@pytest.mark.parametrize("name", ["d.jsonl", "d.json", "D.NDJSON", "d.jl"])
def test_one_record_in_a_file_is_one(tmp_path: Path, name: str) -> None:
    """Crawlers write a file for each page."""
    tags = {"tags": [{"name": "زيتون"}], "items": [{"a": 1}]}
    (article,) = _articles(_read(tmp_path, _json({**ONE, **tags}, 1), name))
    assert (article.title, article.topics) == (ONE["title"], ("زيتون",))


BROKEN = [
    '{"id": 1, "title": "x',
    '{"id": 1, "title": "قال "نعم" له", "body": "x"}',
    '{"id": 1, "title": ',
    '{"id": 1 "title": 2}',
    "{'id': 1}",
    '{"id": [1, {"x": 2}',
    "x",
    "null",
    "{" * 9,
]


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("shape", ["{0}\n{1}\n{2}\n", "[{0},\n{1},\n{2}]", "[{0}, {1}, {2}]"])
def test_a_broken_record_harms_no_other(tmp_path: Path, broken: str, shape: str) -> None:
    found = _read(tmp_path, shape.format(_json(ONE), broken, _json(TWO)))
    assert [a.title for a in _articles(found)] == [ONE["title"], TWO["title"]]
    assert [p for p in found if isinstance(p, Problem)]


def test_a_broken_record_is_named_by_its_line(tmp_path: Path) -> None:
    found = _read(tmp_path, f"{_json(ONE)}\n\n{BROKEN[1]}\n{_json(TWO)}\n")
    assert [p.line for p in found if isinstance(p, Problem)] == [3]


@given(st.lists(st.dictionaries(st.text(max_size=5), st.text() | st.integers() | st.none())))
def test_every_object_of_an_array_is_found(values: list[dict[str, object]]) -> None:
    given_values = [{**v, "body": "x", "n": n} for n, v in enumerate(values)]
    with TemporaryDirectory() as folder:
        path = Path(folder, "d.json")
        path.write_text(json.dumps({"posts": given_values}), "utf-8")
        found = [f.record["n"] for f in json_records.records(path) if not f.fault]
    assert found == list(range(len(values)))


GHOST = {"db": [{"meta": {"exported_on": 1, "version": "5.9"}, "data": {
    "posts": [
        {"id": "p1", "title": "زيتون المدرسة", "slug": "zaytun",
         "html": f"<p>{BODY}</p><p>{MORE}</p>",
         "status": "published", "type": "post", "visibility": "public",
         "published_at": "2016-03-02T08:00:00.000Z", "custom_excerpt": "خلاصة",
         "feature_image": "https://g.example/1.jpg"},
        {"id": "p2", "title": "للمشتركين", "slug": "x", "html": f"<p>{BODY}</p>",
         "status": "published", "type": "post", "visibility": "paid"},
        {"id": "p3", "title": "من نحن", "slug": "about", "html": "<p>نحن.</p>", "type": "page"},
    ],
    "posts_authors": [{"id": "1", "post_id": "p1", "author_id": "u1"}],
    "posts_tags": [{"id": "1", "post_id": "p1", "tag_id": "t1"},
                   {"id": "2", "post_id": "p1", "tag_id": "t2"}],
    "tags": [{"id": "t1", "name": "زيتون"}, {"id": "t2", "name": "#hidden"}],
    "users": [{"id": "u1", "name": "ليلى نصار", "email": "l@g.example"}],
}}]}  # fmt: skip


@pytest.mark.parametrize("chunk", [64, 1024 * 1024])
@pytest.mark.parametrize("wrapped", [True, False])
def test_a_post_of_ghost_has_its_writers_tags_and_state(
    tmp_path: Path, chunk: int, wrapped: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_records, "_CHUNK", chunk)
    found = _read(tmp_path, _json(GHOST if wrapped else GHOST["db"][0]))
    first, second = _articles(found)
    assert (first.title, first.body) == ("زيتون المدرسة", f"{BODY}\n\n{MORE}")
    assert (first.authors, first.topics) == (("ليلى نصار",), ("زيتون",))
    assert (first.aliases, first.description, first.draft) == (("/zaytun/",), "خلاصة", False)
    assert second.draft
    assert [(p.code, dict(p.args)) for p in found if isinstance(p, Problem)] == [
        ("export-passed", {"kinds": "page 1"})
    ]


NEARLY = {
    "a comma too many": (_json(ONE)[:-1] + ",}", _json(TWO)[:-1] + ',"tags": ["a",],}'),
    "comments": ("{// one\n" + _json(ONE)[1:], "{/* two, */" + _json(TWO)[1:]),
    "as Python prints it": (repr({**ONE, "x": None}), repr({**TWO, "x": True})),
}


@pytest.mark.parametrize("nearly", NEARLY.values(), ids=NEARLY)
@pytest.mark.parametrize("written", ["[%s,\n%s,]", "[%s, %s]", "%s\n%s\n"])
def test_what_is_nearly_json_is_read(tmp_path: Path, nearly: tuple[str, str], written: str) -> None:
    found = _read(tmp_path, written % nearly)
    assert [a.title for a in _articles(found)] == [ONE["title"], TWO["title"]]
    assert all("mended" in f.notes for f in found if isinstance(f, RawDocument))


def test_what_breaks_off_is_not_made_whole(tmp_path: Path) -> None:
    found = _read(tmp_path, f"[{_json(ONE)},\n{_json(TWO)[:-20]}")
    assert [type(f) for f in found] == [RawDocument, Problem]


@pytest.mark.parametrize(
    "nothing", ["NaN", "-Infinity", '"nan"', '"NULL"', '"None"', '"N/A"', '"-"']
)
def test_a_word_for_nothing_is_no_value(tmp_path: Path, nothing: str) -> None:
    fields = ("author", "tags", "section", "date", "source", "description", "url")
    more = ", ".join(f'"{key}": {nothing}' for key in fields)
    (article,) = _articles(
        _read(tmp_path, f'{{"id": 1, "title": "x y", "body": "{BODY}", {more}}}')
    )
    told = (article.authors, article.topics, article.section, article.description, article.source)
    assert told == ((), (), "", "", None)
    assert not article.date_info.evidence
