# ruff: noqa: E501
"""Systems without pages: bodies as trees of nodes, names in other records, values by language."""

import json
from pathlib import Path

import pytest

from warraq.base.problems import Problem
from warraq.intake import draft_of, outlet_directory
from warraq.model import Article, RawDocument
from warraq.seeds.exports import export_records
from warraq.seeds.exports.rich_text import html_of

A = "نقلت السفينة «نسيم» أول دفعة من الحمضيات إلى الجزر الثلاث بعد توقف دام شهرين."
B = "وذكر قبطانها أن البحر كان هادئا طوال الرحلة، وأن العودة مقررة صباح الخميس."
TITLE, WRITER, TAG = "أول رحلة بعد الشتاء", "ليلى قنديل", "ملاحة"
JPG = "https://cdn.example/s.jpg"


def _words(kind: str, text: str) -> dict[str, object]:
    return {"type": kind, "content": [{"type": "text", "text": text}]}


LEXICAL = {"root": {"type": "root", "children": [
    {"type": "paragraph", "children": [{"type": "extended-text", "text": A}]},
    {"type": "image", "src": JPG, "caption": "في الميناء"},
    {"type": "list", "listType": "number", "children": [
        {"type": "listitem", "children": [{"type": "text", "text": "ليمون"}]}]},
    {"type": "paragraph", "children": [{"type": "text", "text": B}]}]}}  # fmt: skip
MOBILEDOC = {"version": "0.3.1", "atoms": [], "markups": [], "cards": [
    ["image", {"src": JPG, "caption": "في الميناء"}]], "sections": [
    [1, "p", [[0, [], 0, A]]], [10, 0], [3, "ol", [[[0, [], 0, "ليمون"]]]],
    [1, "p", [[0, [], 0, B]]]]}  # fmt: skip
PORTABLE = [
    {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": A}]},
    {"_type": "image", "asset": {"url": JPG}, "caption": "في الميناء"},
    {"_type": "block", "listItem": "number", "children": [{"_type": "span", "text": "ليمون"}]},
    {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": B}]}]  # fmt: skip
STRAPI = [
    {"type": "paragraph", "children": [{"type": "text", "text": A}]},
    {"type": "image", "image": {"url": JPG, "caption": "في الميناء"}, "caption": "في الميناء"},
    {"type": "list", "format": "ordered", "children": [
        {"type": "list-item", "children": [{"type": "text", "text": "ليمون"}]}]},
    {"type": "paragraph", "children": [{"type": "text", "text": B}]}]  # fmt: skip
EDITOR = {"time": 1, "blocks": [
    {"type": "paragraph", "data": {"text": A}},
    {"type": "image", "data": {"file": {"url": JPG}, "caption": "في الميناء"}},
    {"type": "list", "data": {"style": "ordered", "items": ["ليمون"]}},
    {"type": "paragraph", "data": {"text": B}}]}  # fmt: skip
TIPTAP = {"type": "doc", "content": [
    _words("paragraph", A), {"type": "figure", "attrs": {"src": JPG, "caption": "في الميناء"}},
    {"type": "orderedList", "content": [{"type": "listItem", "content": [_words("paragraph", "ليمون")]}]},
    _words("paragraph", B)]}  # fmt: skip
TREES = {"lexical": LEXICAL, "lexical, as text": json.dumps(LEXICAL), "mobiledoc": MOBILEDOC,
         "portable text": PORTABLE, "strapi": STRAPI, "editor.js": EDITOR, "tiptap": TIPTAP}  # fmt: skip


def _read(site: Path, text: str, name: str) -> list[RawDocument | Problem]:
    (site / name).write_text(text, "utf-8")
    return list(export_records.documents(site / name, site))


def _articles(found: list[RawDocument | Problem]) -> list[Article]:
    return [draft_of(f, outlet_directory()).article for f in found if isinstance(f, RawDocument)]


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_a_body_of_nodes_is_read(tmp_path: Path, tree: object) -> None:
    record = {"id": 7, "title": TITLE, "content": tree}
    (article,) = _articles(_read(tmp_path, json.dumps([record]), "a.json"))
    assert article.body.strip() == f"{A}\n\n1. ليمون\n\n{B}"
    assert article.image
    assert (article.image.src, article.image.caption) == (JPG, "في الميناء")


@pytest.mark.parametrize("value", [[], {}, "{", "{'a'", [{"name": "x"}], {"type": "article"}, 3])
def test_what_is_no_tree_is_left_alone(value: object) -> None:
    assert html_of(value) == ""


def test_a_tree_of_any_depth_ends() -> None:
    deep: dict[str, object] = {"type": "paragraph", "children": [{"text": A}]}
    for _ in range(60):
        deep = {"type": "quote", "children": [deep]}
    assert html_of({"root": deep}) is not None


API = {"data": [{"type": "node--article", "id": "u-1", "attributes": {
    "title": TITLE, "status": True, "body": {"value": f"<p>{A}</p><p>{B}</p>", "summary": "خلاصة"}},
    "relationships": {"uid": {"data": {"type": "user--user", "id": "p1"}},
                      "field_tags": {"data": [{"type": "taxonomy_term--tags", "id": "t1"}]},
                      "field_image": {"data": {"type": "file--file", "id": "f1",
                                               "meta": {"alt": "السفينة"}}}}}],
    "included": [{"type": "user--user", "id": "p1", "attributes": {"display_name": WRITER}},
                 {"type": "taxonomy_term--tags", "id": "t1", "attributes": {"name": TAG}},
                 {"type": "file--file", "id": "f1", "attributes": {"uri": {"url": JPG}}}]}  # fmt: skip
STRAPI_4 = {"data": [{"id": 1, "attributes": {
    "title": TITLE, "content": f"{A}\n\n{B}", "publishedAt": "2019-05-03T07:00:00Z",
    "author": {"data": {"id": 2, "attributes": {"name": WRITER}}},
    "tags": {"data": [{"id": 3, "attributes": {"name": TAG}}]},
    "cover": {"data": {"id": 4, "attributes": {"url": JPG, "alternativeText": "السفينة"}}}}}]}  # fmt: skip
CONTENTFUL = {"entries": [
    {"sys": {"id": "e1", "publishedAt": "2019-05-03T07:00:00Z", "createdAt": "x"}, "fields": {
        "title": {"ar": TITLE}, "tags": {"ar": [TAG]},
        "author": {"ar": {"sys": {"type": "Link", "id": "w1"}}},
        "image": {"ar": {"sys": {"type": "Link", "id": "a1"}}},
        "body": {"ar": {"nodeType": "document", "content": [
            {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": text}]}
            for text in (A, B)]}}}},
    {"sys": {"id": "w1"}, "fields": {"name": {"ar": WRITER}}}],
    "assets": [{"sys": {"id": "a1"}, "fields": {
        "title": {"ar": "السفينة"}, "file": {"ar": {"url": "//cdn.example/s.jpg"}}}}]}  # fmt: skip
DRUPAL_7 = [{"nid": "5", "title": TITLE, "author": {"name": WRITER}, "tags": [TAG],
             "body": {"und": [{"value": f"<p>{A}</p><p>{B}</p>", "format": "full_html"}]},
             "field_image": {"und": [{"url": JPG, "alt": "السفينة"}]}}]  # fmt: skip
RELATED = {"drupal 7": DRUPAL_7, "json:api": API, "strapi": STRAPI_4, "contentful": CONTENTFUL}


@pytest.mark.parametrize("told", RELATED.values(), ids=RELATED)
def test_what_other_records_tell_of_an_article_is_found(tmp_path: Path, told: object) -> None:
    (article,) = _articles(_read(tmp_path, json.dumps(told), "a.json"))
    assert (article.title, article.authors, article.topics) == (TITLE, (WRITER,), (TAG,))
    assert article.body.strip() == f"{A}\n\n{B}"
    assert article.image
    assert (article.image.src, article.image.alt) == (JPG, "السفينة")


@pytest.mark.parametrize(
    "record",
    [
        {"id": 1, "attributes": {"title": TITLE, "content": A, "publishedAt": None}},
        {"documentId": "x", "title": TITLE, "content": A, "publishedAt": None},
        {"_id": "drafts.x", "_type": "post", "title": TITLE, "body": PORTABLE},
        {"sys": {"id": "e", "createdAt": "x"}, "fields": {"title": TITLE, "body": A}},
        {"id": 1, "status": "archived", "headline": TITLE, "content": A},
    ],
)
def test_what_is_not_published_there_is_a_draft(tmp_path: Path, record: object) -> None:
    (article,) = _articles(_read(tmp_path, json.dumps([record]), "a.json"))
    assert article.draft


def test_records_without_a_text_beside_articles_are_counted(tmp_path: Path) -> None:
    records = [{"_id": "a", "_type": "post", "title": TITLE, "body": PORTABLE,
                "author": {"_ref": "w", "_type": "reference"}},
               {"_id": "w", "_type": "author", "name": WRITER}]  # fmt: skip
    found = _read(tmp_path, "\n".join(map(json.dumps, records)), "a.ndjson")
    assert [dict(p.args)["kinds"] for p in found if isinstance(p, Problem)] == ["author 1"]
    assert _articles(found)[0].authors == (WRITER,)


def test_a_body_in_markdown_keeps_its_form(tmp_path: Path) -> None:
    body = f"{A}\n\n## العودة\n\n{B}\n\n![السفينة](/uploads/s.jpg)"
    (article,) = _articles(_read(tmp_path, json.dumps([{"title": TITLE, "body": body}]), "a.json"))
    assert article.body.strip() == f"{A}\n\n## العودة\n\n{B}"
    assert article.image
    assert article.image.src == "uploads/s.jpg"


def test_plug_ins_of_joomla_go_and_its_pictures_come(tmp_path: Path) -> None:
    images = json.dumps({"image_intro": "images/s.jpg", "image_intro_alt": "السفينة"})
    record = {"id": 1, "title": TITLE, "introtext": f"<p>{A}</p>{{loadposition ads}}",
              "fulltext": f"<p>{B}</p>{{youtube}}abcDEF12345{{/youtube}}", "images": images}  # fmt: skip
    (article,) = _articles(_read(tmp_path, json.dumps([record]), "a.json"))
    assert "{" not in article.body
    assert "watch?v=abcDEF12345" in article.body
    assert article.image
    assert (article.image.src, article.image.alt) == ("images/s.jpg", "السفينة")


def test_a_picture_that_only_its_host_knows_stands_in_the_receipt(tmp_path: Path) -> None:
    record = {"_id": "a", "_type": "post", "title": TITLE, "body": PORTABLE[:1],
              "mainImage": {"_type": "image", "asset": {"_ref": "image-9-1x1-png"}}}  # fmt: skip
    (found,) = _read(tmp_path, json.dumps(record), "a.ndjson")
    assert isinstance(found, RawDocument)
    assert "image-9-1x1-png" in [fact.value for fact in found.facts if fact.key == "dropped"]
