"""What a posting tells of a word in an article, besides where it stands."""

from warraq.search.doc_ids import DocId
from warraq.search.occurrences import vocabulary_of
from warraq.search.postings import HEAD_FLAG, TITLE_FLAG, articles_at, postings_of
from warraq.search.records import SearchDocument, to_record

FAR = "كلام " * 130  # beyond what counts as the lead


def flags_of(title: str, text: str) -> dict[str, tuple[bool, bool]]:
    """Return for each word whether it is told to stand in the title, and in title or lead."""
    document = SearchDocument(id="a00001", url="/n/a00001/", title=title, text=text)
    words, _ = vocabulary_of([to_record(document)])
    articles = articles_at([DocId(0, 0)], words.lengths, words.titles)
    postings = postings_of(words.occurrences, articles, 300)
    return {
        words.terms[word]: (bool(impact & TITLE_FLAG), bool(impact & HEAD_FLAG))
        for word, impact in zip(postings.word.tolist(), postings.impact.tolist(), strict=True)
    }


def test_a_posting_tells_whether_the_word_stands_in_the_title() -> None:
    told = flags_of("جسر جديد", f"افتتح الجسر. {FAR} جسر وشاحنة")

    assert told["جسر"] == told["جديد"] == (True, True)
    assert told["افتتح"] == told["الجسر"] == (False, True)
    assert told["وشاحنه"] == (False, False)


def test_an_impact_leaves_room_for_what_else_is_told() -> None:
    document = SearchDocument(id="a00001", url="/n/a00001/", title="سد " * 20, text="سد " * 400)
    words, _ = vocabulary_of([to_record(document)])
    articles = articles_at([DocId(0, 0)], words.lengths, words.titles)

    assert postings_of(words.occurrences, articles, 300).impact.max() < 16 + TITLE_FLAG + HEAD_FLAG


def test_an_article_without_a_title_has_no_word_in_it() -> None:
    assert flags_of("", "باخرة") == {"باخره": (False, True)}
