from pathlib import Path

from warraq.content.store import Content, LineFinder
from warraq.content.unfiled_names import names_without_file
from warraq.model import Article, Topic


def test_a_misspelt_key_is_no_name(tmp_path: Path) -> None:
    topics = (Topic("economy", "اقتصاد", formerly=("finance",)),)
    articles = (
        Article("aaaaaa", "أ", path="a.md", topics=("economy", "econmy", "covid-19", "صحة")),
        Article("bbbbbb", "ب", path="b.md", topics=("covid-19", "financ", "unread")),
    )
    content = Content(articles, topics, (), ("content/topics/unread.md",))

    problems = list(names_without_file(content, LineFinder(tmp_path)))

    near = {dict(p.args)["value"]: dict(p.args)["near"] for p in problems[:-1]}
    assert {p.code for p in problems[:-1]} == {"name-near-key"}
    assert near == {"econmy": "economy", "financ": "economy"}
    assert (problems[-1].code, dict(problems[-1].args)["names"]) == ("name-keyless", "covid-19")
