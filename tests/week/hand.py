"""An editor's hand, which counts what it does: a command, a click, a field, a key, each a step."""

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from playwright.sync_api import Page, expect
from tests.preview.served import Served, eventually
from tests.week.tasks import tasks

if TYPE_CHECKING:
    from playwright._impl._api_structures import FilePayload

_Role = Literal["button", "link", "checkbox", "radio"]


class Hand:
    """One task's work, on the command line and in the browser of `served`."""

    def __init__(self, served: Served, page: Page) -> None:
        self.served = served
        self.site = served.site
        self.page = page
        self.root = served.address.partition("?")[0]
        self.steps: list[str] = []

    def command(self, *words: str, code: int = 0) -> str:
        """Type a command; return what it prints."""
        self.steps.append(f"warraq {' '.join(words)}")
        done = subprocess.run(
            [sys.executable, "-m", "warraq", "-C", str(self.site), *words],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def open(self, path: str) -> None:
        """Open a page by its address, or by a bookmark."""
        self.steps.append(f"open {path}")
        self.page.goto(self.root + path)

    def click(self, name: str, role: _Role = "button") -> None:
        """Press what has this name, the first of them."""
        self.steps.append(f"{role} {name}")
        self.page.get_by_role(role, name=name).first.click()

    def unfold(self, name: str) -> None:
        """Open a folded part of a page."""
        self.steps.append(f"unfold {name}")
        self.page.locator("summary", has_text=name).first.click()

    def fill(self, label: str, text: str) -> None:
        """Write into a field."""
        self.steps.append(f"{label}: {text}")
        self.page.get_by_label(label, exact=True).first.fill(text)

    def tick(self, label: str) -> None:
        """Tick what has this label, the first of them."""
        self.steps.append(f"tick {label}")
        self.page.get_by_label(label).first.check()

    def hand_over(self, button: str, picture: bytes, name: str = "photo.png") -> None:
        """Press a button that asks for a picture, and choose one."""
        self.steps += [f"button {button}", name]
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("button", name=button).first.click()
        given = {"name": name, "mimeType": "image/png", "buffer": picture}
        chooser.value.set_files(cast("FilePayload", given))
        expect(self.page.get_by_text("أُضيفت الصورة").first).to_be_visible()

    def choose(self, label: str, option: str) -> None:
        """Choose of a list."""
        self.steps.append(f"{label}: {option}")
        self.page.get_by_label(label, exact=True).first.select_option(label=option)

    def correct(self, label: str, old: str, new: str) -> None:
        """Replace a word in a text."""
        self.steps.append(f"{label}: {old} → {new}")
        field = self.page.get_by_label(label, exact=True).first
        text = field.input_value()
        assert old in text
        field.fill(text.replace(old, new, 1))

    def press(self, keys: str) -> None:
        """Press keys."""
        self.steps.append(keys)
        self.page.keyboard.press(keys)

    def reads(self, text: str) -> None:
        """Wait until the page's notice says `text`; reading is no step."""
        expect(self.page.get_by_role("status").first).to_contain_text(text)

    def done(self, task: str) -> None:
        """Compare the steps of a finished task with what the documents promise."""
        assert len(self.steps) == tasks()[task].now, self.steps

    def waits(self, name: str) -> None:
        """Wait until a page, loaded again as often as need be, has a link; waiting is no step."""
        link = self.page.get_by_role("link", name=name)
        assert eventually(lambda: bool(self.page.reload()) and link.count() > 0)

    def file(self, path: str) -> str:
        """Return a file of the archive."""
        return (self.site / path).read_text("utf-8")

    def is_there(self, path: str) -> bool:
        """Whether the archive has a file."""
        return (self.site / path).exists()

    def git(self, *words: str) -> str:
        """Return what git says of the archive; that is no step of the editor's."""
        command = ["git", "-C", str(self.site), *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def at(site: Path, path: str, old: str, new: str) -> None:
    """Do by hand in a text editor what another editor does meanwhile."""
    file = site / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
