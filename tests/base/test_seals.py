"""A seal breaks when a file was written, and travels with files that are copied whole."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from warraq.base.seals import is_sealed, write_seal

HARMS: dict[str, Callable[[Path], object]] = {
    "written again": lambda site: (site / "a.db").write_bytes(b"one"),
    "cut": lambda site: (site / "b.db").write_bytes(b""),
    "deleted": lambda site: (site / "b.db").unlink(),
    "swapped": lambda site: shutil.copy2(site / "a.db", site / "b.db"),
    "unsealed": lambda site: (site / "x.seal").unlink(),
    "no text": lambda site: (site / "x.seal").write_bytes(b"\xff"),
}


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    names = [tmp_path / "a.db", tmp_path / "b.db"]
    for name in names:
        name.write_bytes(b"one")
    write_seal(tmp_path / "x.seal", "key", names)
    return names


@pytest.mark.parametrize("harm", HARMS)
def test_what_was_changed_is_not_sealed(tmp_path: Path, files: list[Path], harm: str) -> None:
    assert is_sealed(tmp_path / "x.seal", "key", files)
    assert not is_sealed(tmp_path / "x.seal", "another", files)
    HARMS[harm](tmp_path)
    assert not is_sealed(tmp_path / "x.seal", "key", files)


def test_a_copy_that_keeps_times_is_sealed(tmp_path: Path, files: list[Path]) -> None:
    copy = shutil.copytree(tmp_path, tmp_path / "copy")
    assert is_sealed(copy / "x.seal", "key", [copy / name.name for name in files])
