"""An archive of one article that was edited three times, in a repository of its own."""

import os
import subprocess
from pathlib import Path

ARTICLE = "n/abcdef123456/"
_FIRST = """---
id: "abcdef123456"
title: افتتاح رصيف الصيادين بعد توسعة استمرت 15 شهرًا
date: 2025-10-12
source: {name: Coast Daily}
---

افتُتح في المرسى رصيف الصيادين بعد أعمال توسعة استمرت 15 شهرًا.

وقالت المحافظ: «هذا الرصيف ملك لمن يخرج إلى البحر قبل الفجر». وكلّف المشروع 2.4 مليار ليرة.
"""
# Why each edit was made, and what it replaced by what.
_EDITS = (
    ("تصحيح المدة", "15 شهرًا", "14 شهرًا"),
    ("تصحيح الكلفة واليوم", "2.4 مليار", "2.4 مليون"),
    ("فقرة سقطت عند النقل", "ليرة.\n", "ليرة.\n\nوتبدأ المرحلة الثانية في الربيع.\n"),
)


def write_edited(site: Path) -> None:
    """Write the archive into `site`, a commit an edit."""
    file = site / "content" / "articles" / "ab" / "abcdef123456.md"
    file.parent.mkdir(parents=True)
    (site / "site.yaml").write_text(
        "name: أرشيف الميناء\nbase_url: https://archive.example/\nlang: ar\n", "utf-8"
    )
    _git(site, "init", "--quiet")
    text = _FIRST
    file.write_text(text, "utf-8")
    _commit(site, "إدخال المادة", 12)
    for day, (why, before, after) in enumerate(_EDITS, 13):
        text = text.replace(before, after)
        file.write_text(text, "utf-8")
        _commit(site, why, day)


def _commit(site: Path, why: str, day: int) -> None:
    _git(site, "add", "--all")
    _git(site, "commit", "--quiet", "--message", why, "--date", f"2025-10-{day}T10:00:00+03:00")


def _git(site: Path, *arguments: str) -> None:
    who = {"NAME": "هدى المحررة", "EMAIL": "desk@archive.example"}
    names = {f"GIT_{role}_{key}": who[key] for role in ("AUTHOR", "COMMITTER") for key in who}
    subprocess.run(["git", *arguments], cwd=site, check=True, env={**os.environ, **names})
