"""An archive in which something waits in every queue, each decision in a file of its own."""

import json
import subprocess
from pathlib import Path
from typing import NamedTuple

from warraq.content import receipts
from warraq.content.frontmatter import parse_article
from warraq.model import Receipt

SEED = "0" * 64
PROVENANCE = f'provenance: {{seed: seeds/a.txt, sha256: "{SEED}"}}'
INFO = "date_info: {{status: {}, basis: {}, {}candidates: ['2024-05-02']}} # من الوصول"
MEMBERS = "articles: [aaaa10, aaaa11, aaaa12] # ثلاثة"
WHOLE = ("date: 2024-05-01", "source: وكالة", "topics: [roads]")


class Asked(NamedTuple):
    """A question: its queue, the words by which its page is found, an answer, and what changes.

    `gone` and `new` are the lines that leave and enter files, in order.
    """

    queue: str
    title: str
    answer: dict[str, str]
    gone: tuple[str, ...]
    new: tuple[str, ...]


def write_archive(site: Path) -> None:
    """Write the archive into `site`, as a repository with one commit."""
    _text(site, "site.yaml", "name: أرشيف\nlang: ar\nmessages: en\nhistory: none\n")
    _authorities(site)
    _articles(site)
    _more(site)
    for words in (
        ("init", "-q"),
        ("config", "user.name", "محرر"),
        ("config", "user.email", "editor@example.org"),
        ("add", "."),
        ("commit", "-qm", "first"),
        ("tag", "first"),
    ):
        subprocess.run(["git", "-C", str(site), *words], check=True)


def _authorities(site: Path) -> None:
    _text(site, "content/topics/roads.md", "---\nname: طرق\n---\n")
    _text(site, "content/outlets/nahar.md", "---\nname: النهار\naliases: [نهار, الشرق]\n---\n")
    _text(site, "content/outlets/sharq.md", "---\nname: الشرق\n---\n")
    for key in ("one", "two", "three"):
        text = f"---\nname: قصة {key}\n{MEMBERS}\nstatus: proposed\n---\n"
        _text(site, f"content/stories/{key}.md", text)


def _articles(site: Path) -> None:
    whole = WHOLE
    article(site, "aaaa01", "تاريخ مجهول", PROVENANCE, *whole[1:])
    article(site, "aaaa02", "تاريخ مجهول يبقى", PROVENANCE, *whole[1:])
    info = INFO.format("inferred", "received", "")
    article(site, "aaaa03", "تاريخ مستنتج", PROVENANCE, info, *whole)
    article(site, "aaaa04", "تاريخ مستنتج يبقى", PROVENANCE, info, *whole)
    article(
        site, "aaaa05", "تاريخ متعارض", PROVENANCE, info.replace("inferred", "conflicting"), *whole
    )
    article(site, "aaaa06", "مصدر مجهول", PROVENANCE, whole[0], whole[2])
    generated = ("title_status: generated", PROVENANCE, *whole)
    for ident in ("aaaa07", "aaaa08"):
        article(site, ident, f"عنوان مولد {ident}", *generated)
        _receipt(site, ident)
    article(site, "aaaa09", "بلا موضوع", *whole[:2])
    for ident in ("aaaa10", "aaaa11", "aaaa12"):
        said = "قال وزير النقل هاني سويلم إن العمل جار."
        article(site, ident, f"عضو {ident}", *whole, body=said)
    flags = "flags: # لاحظه الاستيراد\n- {kind: typo, text: مسئول, note: مسؤول}"
    said = "قال مسئول كبير.\n\nثم صرح مسئول آخر والمسئولون."
    article(site, "aaaa13", "خطأ مطبعي", flags, *whole, body=said)
    article(site, "aaaa14", "ليس خطأ", "flags: [{kind: quote, text: بـ”حفاوة}]", *whole)
    copy = ("flags: [{kind: copy, text: aaaa10}]", PROVENANCE, *whole)
    for ident, title in (("aaaa15", "نسخة"), ("aaaa16", "طبعة"), ("aaaa17", "لا نسخة")):
        article(site, ident, title, *copy)
    links = "انظر [هنا](/topics/{}/) الآن."
    article(site, "aaaa18", "رابط يصلح", *whole, body=links.format("fix"))
    article(site, "aaaa19", "رابط يزال", *whole, body=links.format("drop"))
    article(site, "aaaa20", "صورة تزال", *whole, body="قبل.\n\n![طريق](media/none.png)\n\nبعد.")
    article(site, "aaaa21", "صورة بلا وصف", *whole, body="قبل ![](media/road.png) بعد.")
    _text(site, "content/media/road.png", "png")
    article(site, "aaaa22", "مكسور", "date: 2024-13-01", *whole[1:])
    article(site, "aaaa23", "مفتاح قريب", *whole[:2], "topics: [road]")
    article(site, "aaaa24", "تعارض", PROVENANCE, *whole, "section: محليات")
    theirs = {"section": json.dumps("اقتصاد"), "body": "فقرة من الملف الخام."}
    _receipt(site, "aaaa24", theirs)


def _more(site: Path) -> None:
    """Write what tests of their own decide, or try to."""
    article(site, "aaab01", "تاريخ في نافذتين", PROVENANCE, *WHOLE[1:])
    article(site, "aaab02", "مصدر في الملف", PROVENANCE, WHOLE[0], WHOLE[2])
    article(site, "aaab03", "تاريخ مرفوض", PROVENANCE, *WHOLE[1:])
    article(site, "aaab04", "رابط يبقى", *WHOLE, body="انظر [هنا](/topics/stay/) الآن.")
    outside = "flags: [{kind: copy, text: ../../site}]"
    article(site, "aaab05", "نسخة مجهولة", outside, PROVENANCE, *WHOLE)
    flags = "flags: [{kind: <i>, text: '<script>alert(1)</script>'}]"
    article(site, "aaab06", "<img src=x onerror=alert(1)>", flags, *WHOLE)
    article(site, "aaab10", "تاريخ يُتراجع عنه", PROVENANCE, "# لنا", *WHOLE[1:])
    for ident in ("aaab07", "aaab08", "aaab09"):
        article(site, ident, "اسم آخر", *WHOLE, body="قال وزير الصحة سامي الحداد إن العمل جار.")


ASKED = (
    Asked("dates", "تاريخ مجهول", {"do": "date", "day": "٢٠٢٤-٠٥-٠٣"}, (),
          ("date: 2024-05-03", "date_info:", "  status: exact", "  basis: editor")),
    Asked("dates", "تاريخ مجهول يبقى", {"do": "keep"}, (), ("settled:", "- date")),
    Asked("inferred", "تاريخ مستنتج", {"do": "confirm", "basis": "سألنا الوكالة"},
          (INFO.format("inferred", "received", ""),),
          (INFO.format("exact", "سألنا الوكالة", ""),)),
    Asked("inferred", "تاريخ مستنتج يبقى", {"do": "keep"}, (), ("settled:", "- date")),
    Asked("inferred", "تاريخ متعارض", {"do": "date:2024-05-02", "inferred": "yes"},
          (INFO.format("conflicting", "received", ""),
           "date: 2024-05-01"),
          (INFO.format("inferred", "editor", "edtf: '2024-05-02', "),
           "date: 2024-05-02")),
    Asked("sources", "مصدر مجهول",
          {"do": "source", "outlet": "النهار", "url": "https://n.example/1"}, (),
          ("source:", "  name: النهار", "  outlet: nahar",
           "  url: https://n.example/1", "  basis: editor")),
    Asked("titles", "عنوان مولد aaaa07", {"do": "title", "title": "عنوان أجمل"},
          ("title: عنوان مولد aaaa07",), ("title: عنوان أجمل", "settled:", "- title")),
    Asked("titles", "عنوان مولد aaaa08", {"do": "keep"}, (), ("settled:", "- title")),
    Asked("topics", "بلا موضوع", {"do": "topics", "topic": "roads", "more": "جسور، طرق"}, (),
          ("topics:", "- roads", "- جسور")),
    Asked("names", "هاني سويلم",
          {"do": "file", "kind": "people", "key": "hani", "name": "هاني سويلم", "role": "وزير"},
          (), ("---", "name: هاني سويلم", "role: وزير", "---")),
    Asked("names", "مفتاح قريب", {"do": "near"}, ("topics: [road]",), ("topics: [roads]",)),
    Asked("names", "النهار", {"do": "unshare:content/outlets/nahar.md"},
          ("aliases: [نهار, الشرق]",), ("aliases: [نهار]",)),
    Asked("copies", "نسخة", {"do": "copy:aaaa10"}, (), ('copy_of: "aaaa10"',)),
    Asked("copies", "طبعة", {"do": "print:aaaa10"}, (), ('same_text_as: "aaaa10"',)),
    Asked("copies", "لا نسخة", {"do": "no-copy"}, ("flags: [{kind: copy, text: aaaa10}]",), ()),
    Asked("stories", "قصة one", {"do": "story", "member": "aaaa10 aaaa12"},
          (MEMBERS, "status: proposed"),
          ("articles: [aaaa10, aaaa12] # ثلاثة", "status: confirmed")),
    Asked("stories", "قصة three", {"do": "no-story"},
          ("---", "name: قصة three", MEMBERS, "status: proposed", "---"),
          ()),
    Asked("flags", "خطأ مطبعي", {"do": "correct", "correction": "مسؤول"},
          ("flags: # لاحظه الاستيراد", "- {kind: typo, text: مسئول, note: مسؤول}",
           "قال مسئول كبير.", "ثم صرح مسئول آخر والمسئولون."),
          ("قال مسؤول كبير.", "ثم صرح مسؤول آخر والمسئولون.")),
    Asked("flags", "ليس خطأ", {"do": "dismiss"}, ("flags: [{kind: quote, text: بـ”حفاوة}]",), ()),
    Asked("links", "رابط يصلح", {"do": "link", "address": "https://x.example/(a) b"},
          ("انظر [هنا](/topics/fix/) الآن.",), ("انظر [هنا](<https://x.example/(a) b>) الآن.",)),
    Asked("links", "رابط يزال", {"do": "unlink"},
          ("انظر [هنا](/topics/drop/) الآن.",), ("انظر هنا الآن.",)),
    Asked("links", "صورة تزال", {"do": "no-picture"}, ("![طريق](media/none.png)",), ("",)),
    Asked("errors", "صورة بلا وصف", {"do": "alt", "alt": "طريق [جبلي]"},
          ("قبل ![](media/road.png) بعد.",), (r"قبل ![طريق \[جبلي\]](media/road.png) بعد.",)),
    Asked("errors", "مكسور", {"do": "lines", "new": "date: 2024-12-01"},
          ("date: 2024-13-01",), ("date: 2024-12-01",)),
    Asked("conflicts", "تعارض",
          {"do": "resolve", "choose.section": "theirs", "choose.body": "both"},
          ("section: محليات",), ("section: اقتصاد", "", "فقرة من الملف الخام.")),
)  # fmt: skip


def article(site: Path, ident: str, title: str, *lines: str, body: str = "نص المادة هنا.") -> None:
    """Write an article."""
    head = "\n".join((f'id: "{ident}"', f"title: {title}", *lines))
    _text(site, f"content/articles/aa/{ident}.md", f"---\n{head}\n---\n\n{body}\n")


def _receipt(site: Path, ident: str, conflicts: dict[str, str] | None = None) -> None:
    text = (site / f"content/articles/aa/{ident}.md").read_text("utf-8")
    read, _ = parse_article(text, "x.md")
    assert read is not None
    receipt = Receipt(ident, "seeds/a.txt", SEED, conflicts=conflicts or {})
    _text(
        site, receipts.path_of(ident), receipts.encode(receipts.with_hashes(receipt, read)).decode()
    )


def _text(site: Path, path: str, text: str) -> None:
    file = site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
