"""An archive in memory, and a search of it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from warraq.search.editors import Answer, ContentFile, EditorDocument, Library
from warraq.search.editors.finding import search

TEXTS = {
    "visit01": ("زيارة وزارية إلى أنقرة", "بحث الوزراء ضبط الحدود مع الجانب التركي.", "2025-10-12"),
    "visit02": ("اتفاق جديد", "العلاقات بين سوريا وتركيا، قال أبو قصرة، تتقدم.", "2025-10"),
    "match01": ("مباراة في دمشق", "فاز الفريق وحضر المباراة وزير الرياضة.", "2024-01-05"),
    "undated1": ("قانون الاستثمار", "أقر المجلس قانونًا جديدًا للاستثمار بقيمة 2٬400٬000 ليرة.", ""),
}


def document(key: str, **values: str | tuple[str, ...]) -> EditorDocument:
    of_file = {"id": (key,), "path": (f"content/{key}.md",)}
    given = {name: (v,) if isinstance(v, str) else v for name, v in values.items()}
    return EditorDocument({**of_file, **given})


class Shelf:
    """An archive in memory that counts what is read of it."""

    def __init__(self) -> None:
        self.documents: dict[str, EditorDocument | None] = {}
        self.stamps: dict[str, int] = {}
        self.reads: list[str] = []
        self.context = ""
        self.synonyms: tuple[tuple[str, ...], ...] = ()
        for key, (title, body, day) in TEXTS.items():
            self.put(
                document(
                    key,
                    title=title,
                    body=body,
                    date=day,
                    year=day[:4],
                    outlet=("nahar-halab", "نهار حلب"),
                    status="draft" if key == "match01" else "live",
                    person=("murhaf-abu-qasra", "مرهف أبو قصرة") if key == "visit02" else (),
                )
            )

    def put(self, document: EditorDocument) -> None:
        path = document.first("path")
        self.documents[path] = document
        self.stamps[path] = self.stamps.get(path, 0) + 1

    def read(self, path: str) -> EditorDocument | None:
        self.reads.append(path)
        return self.documents[path]

    @property
    def library(self) -> Library:
        files = [ContentFile(path, 1, stamp) for path, stamp in self.stamps.items()]
        return Library(files, self.read, self.context, self.synonyms)


Find = Callable[[str], Answer]


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Shelf()


@pytest.fixture
def find(shelf: Shelf, tmp_path: Path) -> Find:
    return lambda query: search(
        tmp_path / "site", query, library=shelf.library, today=date(2025, 10, 15)
    )


def ids(answer: Answer) -> list[str]:
    return sorted(hit.id for hit in answer.hits)
