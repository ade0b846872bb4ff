"""Numbers and Latin runs isolated inside right-to-left text, so that they show as they are read.

Without it a browser shows 2025-10-12 as 12-10-2025, 2-1 as 1-2, +90 as 90+, and drags a number that
follows a Latin name to the name's side. Takes HTML or plain text, gives HTML; tags, entities, and
what stands in <code>, <pre> or <bdi> are left alone.
"""

import re

from markupsafe import Markup, escape

_LATIN = r"[A-Za-z\u00C0-\u024F]"
_WORD = rf"{_LATIN}(?:[\w.:/@'’?=%~#+-]*[A-Za-z0-9\u00C0-\u024F+#/])?"
# Latin words, a number between two of them, and punctuation only inside the run.
_RUN = rf"{_WORD}(?: (?:[0-9]+ )?{_WORD})*"
_NUMBER = (
    r"\d{4}-\d{2}(?:-\d{2})?(?![\w-])"  # ISO dates
    r"|\d{1,3}-\d{1,3}(?![\w-])"  # scores
    r"|[+\u2212-]\d[\d.,]*(?:[ -]\d+)*(?!\w)"  # signs and telephone numbers
    r"|\d+(?: \d{2,})+(?!\w)"  # spaced numbers
    r"|\#\d+"
)
_PIECE = re.compile(
    r"(?P<kept><(?P<name>code|pre|bdi)\b.*?</(?P=name)>"
    r"|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"
    r"|&[\#\w]+;)"
    rf"|(?<![\w+\u2212-])(?P<number>{_NUMBER})"
    rf"|(?<![^\W_])(?P<run>{_RUN})",
    re.DOTALL | re.ASCII,
)
_WORTH_A_LOOK = re.compile(r"[A-Za-z0-9#\u00C0-\u024F\u0660-\u0669]")


def isolated(html: str) -> str:
    """Return `html` with numbers and Latin runs in <bdi>.

    >>> isolated("<p>فاز 2-1 يوم 2025-10-12.</p>")
    '<p>فاز <bdi dir="ltr">2-1</bdi> يوم <bdi dir="ltr">2025-10-12</bdi>.</p>'
    >>> isolated("أعلنت Okaz، 12 تشرين &amp; بعده")
    'أعلنت <bdi>Okaz</bdi>، 12 تشرين &amp; بعده'
    """
    return _PIECE.sub(_wrapped, html) if _WORTH_A_LOOK.search(html) else html


def isolated_text(text: str) -> Markup:
    """Return plain `text` escaped, with numbers and Latin runs in <bdi>: the filter `bidi`."""
    return Markup(isolated(str(escape(text))))  # noqa: S704 - escaped one call before


def _wrapped(match: re.Match[str]) -> str:
    if match["number"]:
        return f'<bdi dir="ltr">{match["number"]}</bdi>'
    return f"<bdi>{match['run']}</bdi>" if match["run"] else match[0]
