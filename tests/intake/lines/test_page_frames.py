from warraq.intake import outlet_directory
from warraq.intake.lines.page_frames import strip_page_frame
from warraq.intake.state import ImportState, Line, SeedPage
from warraq.model import RawDocument

# A window on the sea: poem.
POEM = ("نافذة على البحر", "يا زرقة البعيد", "كم مرة سألت الموج", "عن أهلي", "ولم يجب")


def _kept(*texts: str) -> tuple[str, ...]:
    lines = tuple(Line(text, n, n) for n, text in enumerate(texts, start=1))
    raw = RawDocument("a.txt", "\n".join(texts), "0" * 64)
    state = strip_page_frame(ImportState(raw, outlet_directory(), SeedPage(lines)))
    return tuple(line.text for line in state.page.lines)


def test_the_page_around_a_poem_goes_with_its_time_stamp() -> None:
    title, *verses = POEM
    # Home, …, all rights reserved.
    page = ("الرئيسية", title, "5 أيار 2019 - 10:30", *verses, "جميع الحقوق محفوظة")
    assert _kept(*page) == POEM


def test_without_a_time_stamp_nothing_is_a_frame() -> None:
    assert _kept("الرئيسية", *POEM) == ("الرئيسية", *POEM)
