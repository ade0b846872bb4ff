"""Small archives for tests of the command line: settings, articles, authority files, as text."""

from pathlib import Path

SITE = "name: أرشيف الاختبار\nbase_url: https://archive.example/\n"


def started(folder: Path, settings: str = "") -> Path:
    """Make an archive without articles in `folder`; `settings` are further lines of site.yaml."""
    (folder / "content" / "articles").mkdir(parents=True)
    (folder / "site.yaml").write_text(SITE + settings, "utf-8")
    return folder


def article(
    site: Path, ident: str, *lines: str, body: str = "نص الخبر.", title: str = "خبر"
) -> Path:
    """Write an article with further `lines` of front matter; return its file."""
    head = "\n".join((f'id: "{ident}"', f"title: {title} {ident}", *lines))
    return written(site, f"articles/{ident[:2]}/{ident}.md", f"---\n{head}\n---\n\n{body}\n")


def authority(site: Path, kind: str, key: str, *lines: str, name: str = "اسم") -> Path:
    """Write an authority file with further `lines` of front matter; return it."""
    head = "\n".join((f"name: {name}", *lines))
    return written(site, f"{kind}/{key}.md", f"---\n{head}\n---\n")


def written(site: Path, path: str, text: str) -> Path:
    """Write `text` to a file below content/; return it."""
    file = site / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file
