from itertools import pairwise

import msgspec
from tests.render import samples

from warraq.model import (
    Change,
    Version,
)
from warraq.render.context import RenderContext
from warraq.render.kinds.history import OFFERED, history_view
from warraq.render.views import HistoryView

ID = "a0000000000000b1"


def edited(*texts: str, seed: str = "عنوان\n\nواحد") -> HistoryView:
    """Return the history of an article that came as `seed` and was given `texts` one by one."""
    versions = tuple(
        Version(f"2025-10-{10 + at}", "هدى", f"السبب {at}", before, after)
        for at, (before, after) in enumerate(zip((seed, *texts), texts, strict=False))
    )
    context: RenderContext = samples.context()
    context.versions_of = lambda _id: versions
    return history_view(f"/n/{ID}/history/", ID, context)


def test_of_several_versions_every_pair_can_be_compared() -> None:
    view = edited("عنوان\n\nاثنان", "عنوان\n\nثلاثة")

    assert [edition.name for edition in view.editions] == [
        "النص كما ورد",
        "النسخة 1، 10 تشرين الأول/أكتوبر 2025",
        "النسخة 2، 11 تشرين الأول/أكتوبر 2025",
    ]
    assert [(pair.old, pair.new) for pair in view.comparisons] == [(0, 1), (0, 2), (1, 2)]
    pieces = [(p.change, p.text) for p in view.comparisons[1].passages[-1].pieces]
    assert pieces == [("delete", "واحد "), ("insert", "ثلاثة")]


def test_two_versions_need_no_choice() -> None:
    assert edited("عنوان\n\nاثنان").editions == ()
    assert edited("عنوان\n\nاثنان", "عنوان\n\nثلاثة", seed="").comparisons == ()


def test_of_many_versions_the_first_and_the_newest_are_offered() -> None:
    view = edited(*(f"عنوان\n\nنص {at}" for at in range(20)))
    names = [edition.name for edition in view.editions]

    assert len(names) == OFFERED
    assert names[0] == "النص كما ورد"
    assert [name.split("،")[0] for name in names[1:]] == [f"النسخة {at}" for at in range(16, 21)]
    assert len(view.revisions) == 20


def test_what_several_edits_did_to_a_field_is_told_as_one() -> None:
    days = ("2025-10-10", "2025-10-11", "2025-10-12", "2025-10-10")
    versions = tuple(
        Version(f"2025-11-0{at}", "هدى", "", f"نص {at}", f"نص {at + 1}", (change,))
        for at, change in enumerate((Change("date_note", *pair) for pair in pairwise(days)), 1)
    )
    context = samples.context()
    context.versions_of = lambda _id: versions
    view = history_view(f"/n/{ID}/history/", ID, context)
    altered = {(pair.old, pair.new): pair.altered for pair in view.comparisons}

    assert [piece.text for piece in altered[0, 2][0].pieces] == ["2025-10-10 ", "2025-10-12"]
    assert altered[0, 3] == ()  # it is as it was
    assert msgspec.msgpack.encode(view)


def test_the_history_shows_newest_first_and_only_what_changed() -> None:
    found = history_view(f"/n/{ID}/history/", ID, samples.context())
    changes = [(p.change, p.text.strip()) for v in found.revisions[0].passages for p in v.pieces]

    assert [r.author for r in found.revisions] == ["هدى المحررة", "Import"]
    assert ("delete", "15") in changes
    assert ("insert", "14") in changes
