"""A page of a heading and a few words: what the preview says where no page of the site is."""

from html import escape

from warraq.base.problems import Language
from warraq.preview.labels import words

SHELL = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="/-/desk.css">
</head>
<body><main>
<h1>{title}</h1>
{text}
</main></body>
</html>
"""


def plain_page(title: str, language: Language, text: str = "") -> str:
    """Return the page as HTML; title and text are escaped here."""
    shown = f"<p>{escape(text)}</p>" if text else ""
    direction = words(language)["dir"]
    return SHELL.format(language=language, direction=direction, title=escape(title), text=shown)
