"""An editor without a browser: opens forms, fills them in and sends them as a browser does."""

import subprocess
from http.client import HTTPResponse
from urllib.parse import urlencode

from lxml import html
from tests.preview.served import Served

ARTICLE = "19805c34f5b7eaf3"
PATH = f"content/articles/{ARTICLE[:2]}/{ARTICLE}.md"
FORM = "application/x-www-form-urlencoded"
Fields = dict[str, str]


class Editor:
    """Who has opened the address that the preview printed."""

    def __init__(self, served: Served) -> None:
        self.served = served
        response, _ = served.get("/" + served.address.split("/", 3)[3])
        self.cookie = (response.getheader("set-cookie") or "").partition(";")[0]
        self.file = served.site / PATH

    def open(self, article: str = ARTICLE) -> Fields:
        """Open a form, return what its inputs hold."""
        response, page = self.get(f"/-/edit/{article}")
        assert response.status == 200, page
        return fields_of(page)

    def get(self, path: str) -> tuple[HTTPResponse, str]:
        """Return a page of the desk."""
        response, body = self.served.get(path, Cookie=self.cookie)
        return response, body.decode(errors="replace")

    def save(self, fields: Fields, article: str = ARTICLE, **headers: str) -> tuple[int, str]:
        """Send a form, return the status and the page."""
        return self.post(f"/-/edit/{article}", fields, **headers)

    def post(
        self, path: str, fields: Fields | list[tuple[str, str]], **headers: str
    ) -> tuple[int, str]:
        """Send fields as a form of the desk's own; rows where a name has several values."""
        rows = fields.items() if isinstance(fields, dict) else fields
        sent = [(name, value.replace("\n", "\r\n")) for name, value in rows]
        own = {
            "Content-Type": FORM,
            "Cookie": self.cookie,
            "Origin": f"http://127.0.0.1:{self.served.port}",
            **headers,
        }
        response, body = self.served.send(path, "POST", urlencode(sent).encode(), own)
        return response.status, body.decode()

    def git(self, *words: str) -> str:
        """Return what git says of the archive."""
        command = ["git", "-C", str(self.served.site), *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    @property
    def text(self) -> str:
        """The article's file."""
        return self.file.read_text("utf-8")

    @text.setter
    def text(self, new: str) -> None:
        self.file.write_text(new, "utf-8")


def inputs_of(page: str, form_id: str) -> Fields:
    """Return what a form of a page sends, its buttons aside."""
    form = html.fromstring(page).get_element_by_id(form_id)
    found = {name: value or "" for name, value in form.form_values()}
    for area in form.iter("textarea"):  # a browser leaves out the line break that begins one
        found[area.name] = (area.text or "").removeprefix("\n")
    return found | {"opened": form.fields["opened"]}


def fields_of(page: str) -> Fields:
    """Return what the form of a page sends when its button «save» is pressed."""
    found = inputs_of(page, "edit")
    return found | {"action": "save"}
