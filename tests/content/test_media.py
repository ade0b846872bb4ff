from pathlib import Path

from warraq.base.problems import Problem
from warraq.content.store import media


def test_an_svg_is_no_picture_and_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "media"
    folder.mkdir(parents=True)
    (folder / "map.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    (folder / "rose.png").write_bytes(b"\x89PNG")
    problems: list[Problem] = []

    assert list(media(tmp_path, problems)) == [folder / "rose.png"]
    assert [(p.code, p.path) for p in problems] == [("media-kind", "content/media/map.svg")]
