"""Characters of a seed: letters made whole, invisible controls removed and flagged."""

import re
import unicodedata
from collections.abc import Iterator

from msgspec import structs

from warraq.base.controls import CONTROLS, without_controls
from warraq.intake.text.thresholds import TEXT
from warraq.model import Evidence, Flag, RawDocument

_FORMS = re.compile("[\ufb50-\ufdcf\ufe70-\ufefc]+")  # the ligatures of whole phrases (FDF0…) stay
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad]")
# What Windows has where Unicode has the C1 controls: dashes, quotation marks, the euro.
_WINDOWS = {
    byte: mark
    for byte in (*range(0x80, 0x85), *range(0x86, 0xA0))
    if (mark := bytes([byte]).decode("windows-1252", "ignore"))
}
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060\u2066-\u2069\ufb50-\ufdcf\ufe70-\ufeff]"
)
_ODD_SPACE = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_TATWEEL = re.compile("(?<=[\u0620-\u065f])\u0640{2,}(?=[\u0620-\u065f])")
_WIDE = re.compile("[ \u00a0]{3,}|\t+")
GAP = "\x1f"  # separates texts that shared one line of the seed; no seed keeps this control


def repair_characters(text: str) -> tuple[str, tuple[Flag, ...], tuple[Evidence, ...]]:
    """Return `text` in NFC with LF line ends, one space between words, and what was done to it.

    Presentation forms become letters, runs of tatweel inside a word go, invisible controls go;
    those that turn the direction of writing are flagged.

    >>> repair_characters("ﻋﺎﺩ محمـــد\N{NO-BREAK SPACE}إلى \N{RIGHT-TO-LEFT OVERRIDE}بيته")[0]
    'عاد محمد إلى بيته'
    """
    flags: list[Flag] = []
    notes: list[Evidence] = []
    if _ODD.search(text):  # few texts have any of them
        text = _BREAKS.sub("\n", text)
        flags += _hidden(text)
        text = _UNSEEN.sub("", without_controls(text.translate(_WINDOWS)))
        if forms := _FORMS.findall(text):
            text = _FORMS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
            notes.append(Evidence(forms[0], "presentation-forms"))
    if "\u0640\u0640" in text:
        stretched = _TATWEEL.sub("", text)
        if stretched != text:
            notes.append(Evidence("\u0640", "tatweel"))
        text = stretched
    text = unicodedata.normalize("NFC", text)
    if "   " in text or "\t" in text:
        text = "\n".join(_mark_gaps(line) for line in text.split("\n"))
    if "  " in text or _ODD_SPACE.search(text):
        text = _SPACES.sub(" ", text)
    return text, tuple(flags), tuple(notes)


def without_hidden_characters(raw: RawDocument) -> tuple[RawDocument, tuple[Flag, ...]]:
    """Return `raw` with no hidden characters in facts and figures, and flags for those removed."""
    texts = [fact.value for fact in raw.facts]
    texts += (text for f in raw.figures for text in (f.alt, f.caption, f.credit))
    if not any(map(_ODD.search, texts)):
        return raw, ()

    def clean(text: str) -> str:
        text = _UNSEEN.sub("", without_controls(text.translate(_WINDOWS)))
        return _FORMS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)

    cleaned = (structs.replace(fact, value=clean(fact.value)) for fact in raw.facts)
    facts = tuple(fact for fact in cleaned if fact.value.strip())
    figures = tuple(
        structs.replace(f, alt=clean(f.alt), caption=clean(f.caption), credit=clean(f.credit))
        for f in raw.figures
    )
    return structs.replace(raw, facts=facts, figures=figures), tuple(_hidden("\n".join(texts)))


def _hidden(text: str) -> Iterator[Flag]:
    """Yield flags for the controls of `text`: those that turn the direction, and the others."""
    found = sorted(set(CONTROLS.findall(text)))
    for kind, controls in (
        ("bidi", [c for c in found if _BIDI.match(c)]),
        ("control", [c for c in found if not _BIDI.match(c) and ord(c) not in _WINDOWS]),
    ):
        if controls:
            yield Flag(kind, " ".join(f"U+{ord(c):04X}" for c in controls), "dropped")
    for control in found:
        if ord(control) in _WINDOWS:
            yield Flag("control", f"U+{ord(control):04X}", f"read as {_WINDOWS[ord(control)]}")


def _mark_gaps(line: str) -> str:
    """Return a line of many headlines with wide gaps as those headlines, GAP between them."""
    pieces = [piece for piece in _WIDE.split(line.strip()) if piece]
    return GAP.join(pieces) if len(pieces) >= TEXT.min_spaced_headlines else line
