"""Help and usage errors are in the language of an archive's messages."""

from pathlib import Path

import pytest
from tests.commands.conftest import Run

SETTINGS = "name: أرشيف\nbase_url: https://a.example/\n"


@pytest.fixture
def arabic(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_text(f"{SETTINGS}messages: ar\n", "utf-8")
    return tmp_path


def test_help_is_in_the_language_of_messages(arabic: Path, run: Run) -> None:
    whole = run(arabic, "--help").stdout
    assert "الاستعمال" in whole
    assert "يبني الموقع" in whole
    assert "يعرض هذه الرسالة" in whole
    assert "يوم جُمعت النصوص" in run(arabic, "import", "--help").stdout
    (arabic / "site.yaml").write_text(f"{SETTINGS}messages: en\n", "utf-8")
    assert "Build the static site" in run(arabic, "--help").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("bild",), "لا أمر بالاسم 'bild'. لعلك تقصد واحدًا من: 'build'"),
        (("edit",), "ينقص الأمرَ 'QUERY'"),
        (("build", "--jobs", "س"), "'س' ليس عددًا"),
        (("build", "--nothing"), "لا خيار بالاسم"),
        (("check", "--format", "x"), "ليست من: 'text', 'json'"),
        (("rename", "a", "b", "c"), "زيادة لا تُفهم: c"),
    ],
)
def test_a_usage_error_is_too(arabic: Path, run: Run, words: tuple[str, ...], said: str) -> None:
    done = run(arabic, *words)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Error" not in done.stderr


def test_help_is_there_where_settings_are_broken(arabic: Path, run: Run) -> None:
    (arabic / "site.yaml").write_text("name: [", "utf-8")

    assert run(arabic, "check", "--help").returncode == 0
