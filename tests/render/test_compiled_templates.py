"""Compiled templates: the same pages from them, and only from whole ones of this program."""

import marshal
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.render import samples

from warraq.render.compiled_templates import CompiledTemplates
from warraq.render.environment import Theme, rendered, theme_of

SOURCE = "<p>{{ title|bidi }} {{ words.undated }}</p>"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a site's own templates, one page of them."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.html").write_text(SOURCE, "utf-8")
    return folder


def theme(own: Path, salt: bytes = b"program") -> Theme:
    folder = own.parent / "cache"
    folder.mkdir(exist_ok=True)
    return theme_of(samples.CONFIG, own, compiled=CompiledTemplates(folder, salt))


def page(site: Theme, title: str = "خبر 2-1 <b>") -> str:
    return rendered(site.environment, "page.html", {"title": title})


def kept(own: Path) -> Path:
    """Return the only file that is kept."""
    (file,) = (own.parent / "cache").iterdir()
    return file


@given(title=st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_are_those_of_templates_just_compiled(own: Path, title: str) -> None:
    expected = page(theme_of(samples.CONFIG, own), title)

    assert page(theme(own), title) == page(theme(own), title) == expected


def test_a_template_is_compiled_once(own: Path) -> None:
    page(theme(own))
    before = kept(own).stat()

    page(theme(own))

    after = kept(own).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    "change",
    [
        lambda _own: b"another program",
        lambda own: (own / "page.html").write_text(f"{SOURCE}!") and b"program",
    ],
)
def test_another_source_or_program_is_compiled_anew(
    own: Path, change: Callable[[Path], bytes]
) -> None:
    page(theme(own))
    before = kept(own).read_bytes()

    salt = change(own)

    assert page(theme(own, salt)) == page(theme_of(samples.CONFIG, own))
    assert kept(own).read_bytes() != before


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_harmed_file_costs_time_and_nothing_else(own: Path, data: st.DataObject) -> None:
    expected = page(theme(own))
    whole = kept(own).read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    harmed = data.draw(
        st.sampled_from((whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], b""))
    )
    kept(own).write_bytes(harmed)

    assert page(theme(own)) == expected
    assert kept(own).read_bytes() == whole


def test_code_of_somebody_else_is_not_run(own: Path) -> None:
    expected = page(theme(own))
    planted = own.parent / "planted"
    code = compile(f"open({str(planted)!r}, 'w')", "page.html", "exec")
    kept(own).write_bytes(kept(own).read_bytes()[:32] + marshal.dumps(code))

    assert page(theme(own)) == expected
    assert not planted.exists()


def test_a_folder_that_cannot_be_written_costs_time_and_nothing_else(own: Path) -> None:
    file = own.parent / "a file"
    file.touch()
    compiled = CompiledTemplates(file / "no folder", b"")

    assert page(theme_of(samples.CONFIG, own, compiled=compiled)) == page(theme(own))
