import pytest

from warraq.base.marked_yaml import Node, compose, pairs
from warraq.base.values import Reader, UnfitError, text
from warraq.content import fields as f
from warraq.model import Cited, Credit, DateInfo, Evidence, Figure, Moment, Rights


def node(value: str) -> Node:
    root = compose(f"key: {value}", "a.md")
    assert root is not None
    return next(value for _, _, value in pairs(root))


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (f.article_id, "'0a1b2c'", "0a1b2c"),
        (f.key, "haydar-2", "haydar-2"),
        (f.key, "''", ""),
        (f.former, "old-key", "old-key"),
        (f.former, "/2019/old/", "/2019/old/"),
        (f.address, "https://a.example/", "https://a.example/"),
        (f.old_address, "/2019/05/story.html", "/2019/05/story.html"),
        (f.wikidata, "Q181795", "Q181795"),
        (f.wikidata, "q181795", "Q181795"),
        (f.wikidata, "'wd:Q181795'", "Q181795"),
        (f.wikidata, "https://www.wikidata.org/wiki/Q181795#sitelinks", "Q181795"),
        (f.wikidata, "http://wikidata.org/entity/Q181795", "Q181795"),
        (f.wikidata, "https://www.wikidata.org/wiki/Special:EntityData/Q5.json?flavor=x", "Q5"),
        (f.wikidata, "''", ""),
        (f.coordinates, "33.5138,36.2765", "33.5138, 36.2765"),
        (f.coordinates, "-1.2 ، +36", "-1.2, +36"),
        (f.media_path, "2025/a.jpg", "2025/a.jpg"),
        (f.media_path, "https://a.example/a.jpg", "https://a.example/a.jpg"),
        (f.edtf, "2025-10~", "2025-10~"),
        (f.credit, "سانا", Credit("سانا")),
        (f.credit, "{outlet: sana, url: 'https://a.example/'}",
         Credit("", outlet="sana", url="https://a.example/")),
        (f.cited, "{name: سانا, kind: agency}", Cited("سانا", "agency")),
        (f.figure, "a.jpg", Figure("a.jpg")),
        (f.rights, "{display: none, index: false}", Rights(display="none", index=False)),
        (f.evidence, "أمس", Evidence("أمس")),
        (f.date_info, "{status: inferred, evidence: أمس}",
         DateInfo("inferred", evidence=(Evidence("أمس"),))),
        (f.text_map, "{wordpress: 1234}", {"wordpress": "1234"}),
    ],
)  # fmt: skip
def test_a_value_is_read(read: Reader, value: str, expected: object) -> None:
    assert read(node(value)) == expected


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2025-10-12", "2025-10-12"),
        ("2025-10-12T18:00:00+03:00", "2025-10-12T18:00:00+03:00"),
        ("2025-10-12 18:00 +0300", "2025-10-12T18:00:00+03:00"),
        ("2025-10-12T18:00:00.5Z", "2025-10-12T18:00:00+00:00"),
    ],
)
def test_a_moment_is_read_with_the_offset_of_its_clock(value: str, iso: str) -> None:
    assert f.moment(node(value)) == Moment.of(iso)


@pytest.mark.parametrize(
    ("read", "value", "code"),
    [
        (f.article_id, "abc", ""),
        (f.key, "A b", ""),
        (f.address, "a.example", ""),
        (f.wikidata, "Q0", ""),
        (f.wikidata, "https://evil.example/wiki/Q5", ""),
        (f.wikidata, "Q5 Q6", ""),
        (f.coordinates, "91, 0", ""),
        (f.coordinates, "[1, 2]", ""),
        (f.coordinates, "33.5", ""),
        (f.old_address, "story.html", "old-address"),
        (f.old_address, "//a.example/", "old-address"),
        (f.media_path, "../a.jpg", ""),
        (f.media_path, "/a.jpg", ""),
        (f.media_path, "a/.b.jpg", ""),
        (f.moment, "2025-13-12", "date-invalid"),
        (f.moment, "2025-10-12T25:00:00Z", "date-invalid"),
        (f.moment, "2025-10-12T18:00", "date-offset"),
        (f.day, "2025-02-29", "date-invalid"),
        (f.edtf, "12 October", "date-invalid"),
        (f.credit, "{url: 'https://a.example/'}", ""),
        (f.credit, "[a]", ""),
        (f.figure, "{alt: x}", ""),
        (f.correction, "{date: 2025-10-12, kind: update}", ""),
        (f.rights, "{show: all}", "field-key"),
        (f.rejected, "{topics: [a]}", "field-key"),
        (f.text_map, "a", ""),
    ],
)
def test_what_does_not_fit_is_refused(read: Reader, value: str, code: str) -> None:
    with pytest.raises(UnfitError) as caught:
        read(node(value))

    assert caught.value.code == code


def test_the_complaint_about_a_key_is_at_that_key() -> None:
    value = node("{name: x, nam: y}")

    with pytest.raises(UnfitError) as caught:
        f.fields(value, {"name": text})

    assert (caught.value.node.value, caught.value.want) == ("nam", "name")


def test_an_empty_value_in_a_map_is_as_if_it_were_absent() -> None:
    assert f.fields(node("{name: '', kind: x}"), {"name": text, "kind": text}) == {"kind": "x"}
