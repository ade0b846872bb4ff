"""What runs when it is read lies where only its user can write, never in a site."""

import stat
from pathlib import Path

import pytest

from warraq.base.user_cache import private_folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    return tmp_path / "site"


def test_each_site_and_purpose_has_its_folder(site: Path, tmp_path: Path) -> None:
    purposes = [private_folder(site), private_folder(site, "a"), private_folder(tmp_path, "a")]

    assert len(set(purposes)) == 3
    for folder in purposes:
        assert folder is not None
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert private_folder(site / ".." / "site", "a") == purposes[1]


def test_a_folder_inside_the_site_is_refused_links_too(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(site)
    for home in (site, tmp_path / "link"):
        monkeypatch.setenv("XDG_CACHE_HOME", str(home))
        assert private_folder(site) is None


def test_a_folder_that_others_can_write_to_is_refused(site: Path) -> None:
    folder = private_folder(site)
    assert folder is not None
    folder.chmod(0o770)

    assert private_folder(site) is None


def test_a_folder_that_cannot_be_made_is_none(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert private_folder(site) is None
