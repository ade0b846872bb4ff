import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.commands.conftest import tree

from warraq.content.frontmatter import parse_article
from warraq.importer.near_duplicate_index import KEPT, NearDuplicateIndex
from warraq.importer.options import ImportOptions
from warraq.importer.run import import_seeds
from warraq.intake.near_duplicates import Copy, sketch

TEXT = " ".join(f"كلمة{i}" for i in range(200))
FEW = "خبر قصير من خمس كلمات فقط"
OTHER = " ".join(f"لفظ{i}" for i in range(200))


def _find(body: str, **bodies: str) -> Copy | None:
    with closing(NearDuplicateIndex(bodies.__getitem__)) as seen:
        for article_id, other in bodies.items():
            seen.add(article_id, sketch(other))
        return next(iter(seen.find(sketch(body), body)), None)


def test_an_exact_duplicate_is_found() -> None:
    found = _find(TEXT, a=OTHER, b=TEXT)
    assert found is not None
    assert (found.original, found.share) == ("b", 1.0)


def test_a_text_with_a_little_of_ones_own_is_a_copy_and_one_with_more_may_be() -> None:
    words = OTHER.split()
    shares = [
        (found.original, found.sure) if found else None
        for found in (_find(" ".join([*words[:own], TEXT]), b=TEXT) for own in (40, 120, 200))
    ]
    assert shares == [("b", True), ("b", False), None]


def test_a_brief_inside_a_long_report_is_no_copy_whichever_came_first() -> None:
    report = f"{OTHER} {OTHER.replace('لفظ', 'قول')} {TEXT}"
    assert _find(report, a=TEXT) is None
    assert _find(TEXT, a=report) is None


def test_the_same_text_is_found_among_forms_filled_in_otherwise() -> None:
    def rates(day: int) -> str:
        return " ".join(f"{TEXT[at * 90 : at * 90 + 80]} {day}{at}00" for at in range(15))

    days = {f"d{day}": rates(day) for day in range(1, 4)}
    assert _find(rates(4), **days) is None
    assert _find(rates(2), **days) == Copy("d2", 1.0)


def test_texts_that_share_a_paragraph_only_are_two_articles() -> None:
    assert _find(TEXT, a=OTHER) is None


def test_a_few_words_are_never_a_copy() -> None:
    assert _find(FEW, a=FEW) is None


def _archive(site: Path, **seeds: str) -> None:
    (site / "seeds").mkdir(exist_ok=True)
    (site / "site.yaml").write_text("name: أرشيف\n", "utf-8")
    for name, text in seeds.items():
        (site / "seeds" / f"{name}.txt").write_text(f"عنوان الخبر {name}\n\n{text}\n", "utf-8")


def _copies_of(site: Path) -> list[str]:
    """Return the ids of the articles of `site` that are copies, each with that of its original."""
    found = []
    for path in sorted((site / "content/articles").rglob("*.md")):
        article, _ = parse_article(path.read_text("utf-8"), path.name)
        assert article is not None
        found += [f"{article.title}: {article.copy_of}"] if article.copy_of else []
    return sorted(found)


def _flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for at in range(4096, len(content), 97):
        content[at] ^= 255
    file.write_bytes(bytes(content))


HARMS: dict[str, Callable[[Path], object]] = {
    "whole": lambda _file: None,
    "deleted": lambda file: file.unlink(),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:5000]),
    "flipped": _flipped,
    "foreign": lambda file: file.write_bytes(b"x" * 9000),
    "unsealed": lambda file: file.with_suffix(".seal").unlink(),
}


def _after(site: Path, harm: Callable[[Path], object]) -> dict[str, bytes]:
    """Return content/ after two imports, between which an article was edited and `harm` done."""
    site.mkdir()
    _archive(site, a=TEXT, b=OTHER)
    import_seeds(site)
    harm(site / KEPT)
    edited = " ".join(f"قول{i}" for i in range(200))
    for path in (site / "content/articles").rglob("*.md"):
        path.write_text(path.read_text("utf-8").replace(OTHER, edited), "utf-8")
    _archive(site, c=TEXT, d=OTHER, e=edited)
    import_seeds(site, options=ImportOptions(dry_run=True))
    import_seeds(site)
    return tree(site / "content")


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_kept_of_the_samples_changes_no_byte(tmp_path: Path, harm: str) -> None:
    found = _after(tmp_path / "kept", HARMS[harm])
    assert found == _after(tmp_path / "lost", lambda file: shutil.rmtree(file.parent))
    copied = _copies_of(tmp_path / "kept")
    assert [told.partition(":")[0] for told in copied] == ["عنوان الخبر c", "عنوان الخبر e"]


def test_only_what_is_new_or_was_edited_is_sampled(
    tmp_path: Path,
) -> None:
    _archive(tmp_path, a=TEXT, b=OTHER)
    import_seeds(tmp_path)
    read: list[str] = []

    def body_of(article_id: str) -> str:
        read.append(article_id)
        return TEXT

    with closing(NearDuplicateIndex(body_of, tmp_path / KEPT)) as seen:
        files = {path.stem: path for path in (tmp_path / "content/articles").rglob("*.md")}
        seen.update(files)
        assert read == []
        changed = min(files)
        files[changed].write_text(files[changed].read_text("utf-8") + "\nفقرة.\n", "utf-8")
        seen.update(files)
        assert read == [changed]
