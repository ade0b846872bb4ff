from hypothesis import given
from hypothesis import strategies as st
from tests.render import samples

from warraq.base.markup import in_paragraphs
from warraq.build.cached_content import decode_entry, encode_entry
from warraq.model import Entry
from warraq.prose.markdown import html_of, text_of

SAMPLE = samples.entry(samples.article("abcdef01", "خبر", ""))
PIECES = st.sampled_from(
    ["خبر", "**", "# ", "\n\n", "\n", "<p>", "&lt;", "- ", "[1](/n/abcdef/)", "\u202e", "😀"]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
def test_an_entry_is_read_as_it_was_composed(body: str) -> None:
    html = html_of(body)
    entry = Entry(SAMPLE.article, SAMPLE.card, html, text_of(html))

    assert decode_entry(encode_entry(entry), entry.card) == entry


def test_what_is_only_text_in_paragraphs_is_kept_once() -> None:
    text = "قال: «1 < 2» & مضى.\nثم عاد."
    entry = Entry(SAMPLE.article, SAMPLE.card, in_paragraphs(text), text)

    assert encode_entry(entry).count("ثم عاد".encode()) == 1
