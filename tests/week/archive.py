"""An archive to work on for a week: made-up reports, some of them as an import leaves them."""

import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

SETTINGS = """\
name: أرشيف المرسى
description: أخبار المرسى كما روتها صحفها
base_url: https://marsa-archive.org/
lang: ar
messages: ar
history: none
# الألوان كما اتفقنا عليها في الاجتماع
colours: {accent: "#00695c"}
"""
TOWNS = ("المرسى", "عين التين", "دير الزهر", "تل الرمان", "وادي السدر", "خان الجسر")
OUTLETS = {"sada-al-marsa": "صدى المرسى", "al-mina": "الميناء", "naql": "نقل"}
PEOPLE = {
    "salim-haddad": ("سليم الحداد", "رئيس بلدية المرسى"),
    "saleem-haddad": ("سليم حداد", ""),
    "nadia-khoury": ("نادية الخوري", "مديرة الميناء"),
}
FURNITURE = "كونوا معنا كل صباح في ساحة المرسى القديمة"
RELIEF = 300  # reports on relief, of topic `aid`
UNDATED = 40


def files() -> Iterator[tuple[str, str]]:
    """Yield the path and text of every file."""
    yield "site.yaml", SETTINGS
    yield ".gitignore", "/.warraq/\n/public/\n"
    for key, name in OUTLETS.items():
        yield f"content/outlets/{key}.md", f"---\nname: {name}\ntype: newspaper\n---\n"
    for key, (name, role) in PEOPLE.items():
        more = f"role: {role}\n" if role else ""
        yield f"content/people/{key}.md", f"---\nname: {name}\n{more}---\n"
    yield "content/topics/aid.md", "---\nname: مساعدات\n---\n"
    yield "content/topics/port.md", "---\nname: الميناء\n---\n"
    for number in range(RELIEF):
        yield relief(number)
    for number in range(UNDATED):
        yield from undated(number)
    yield from bridge()
    yield from haddad()


def path_of(article: str) -> str:
    """Return where an article's file lies."""
    return f"content/articles/{article[:2]}/{article}.md"


def _article(article: str, fields: str, body: str) -> tuple[str, str]:
    return path_of(article), f'---\nid: "{article}"\n{fields}---\n\n{body}\n'


def relief(number: int) -> tuple[str, str]:
    """Return a report on relief."""
    town, day = TOWNS[number % len(TOWNS)], f"2023-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return _article(
        f"aa{number:04}",
        f"title: قافلة مساعدات رقم {number + 1} تصل إلى {town}\ndate: {day}\n"
        f"source: {{outlet: al-mina}}\ntopics: [aid]\n",
        f"وصلت إلى {town} قافلة فيها {number + 2} شاحنة من الدقيق والأغطية، ووزعتها لجان الأحياء.",
    )


def undated(number: int) -> Iterator[tuple[str, str]]:
    """Yield a report whose day its import could not tell, since two are possible; and its seed."""
    town, day = TOWNS[number % len(TOWNS)], number % 27 + 1
    title = f"أهالي {town} ينظفون الشاطئ للمرة {number + 1}"
    body = f"نظف متطوعون من {town} شاطئ البلدة، وجمعوا {number + 20} كيسًا من النفايات."
    seed = f"{title}\n\n{body}\n"
    digest = sha256(seed.encode()).hexdigest()
    yield f"seeds/beach-{number:02}.txt", seed
    yield _article(
        f"dd{number:04}",
        f"title: {title}\ndate_info:\n  status: unknown\n"
        f"  candidates: [2024-05-{day:02}, 2024-05-{day + 1:02}]\n"
        f"source: {{outlet: sada-al-marsa}}\ntopics: [port]\n"
        f"provenance: {{seed: seeds/beach-{number:02}.txt, sha256: {digest}}}\n",
        body,
    )


def bridge() -> Iterator[tuple[str, str]]:
    """Yield three outlets' reports of one event."""
    told = {
        "sada-al-marsa": ("افتتاح جسر المرسى الجديد أمام السيارات", "1200"),
        "al-mina": ("رئيس البلدية يفتتح جسر المرسى", "120"),
        "naql": ("جسر المرسى يفتح بعد عامين من العمل", "120"),
    }
    for number, (outlet, (title, metres)) in enumerate(told.items()):
        yield _article(
            f"bb{number:04}",
            f"title: {title}\ndate: 2024-06-02\nsource: {{outlet: {outlet}}}\ntopics: [port]\n",
            f"افتتح رئيس البلدية سليم الحداد اليوم جسر المرسى، وطوله {metres} مترًا.\n\n"
            f"وقال: «هذا الجسر يعيد المدينة إلى نفسها»، كما نقلت {OUTLETS[outlet]}.",
        )


def haddad() -> Iterator[tuple[str, str]]:
    """Yield reports that name one man by two files."""
    for number in range(8):
        key = ("salim-haddad", "saleem-haddad")[number % 2]
        yield _article(
            f"cc{number:04}",
            f"title: البلدية تناقش موازنة الحي {number + 1}\ndate: 2024-03-{number + 1:02}\n"
            f"source: {{outlet: al-mina}}\npeople: [{key}]\ntopics: [port]\n",
            f"ناقش المجلس موازنة الحي {number + 1}، وأقر لها {number + 3} ملايين ليرة.",
        )


def ten() -> Iterator[tuple[str, str]]:
    """Yield ten texts as they come from outlets: one has no date, another names no outlet.

    In each stands a line of the outlet's that no rule knows, and below one that a rule takes out.
    """
    for number in range(10):
        town = TOWNS[number % len(TOWNS)]
        lines = [f"مدرسة {town} تستقبل {number + 30} تلميذًا جديدًا"]
        lines += ["", OUTLETS["sada-al-marsa"]] if number != 4 else []
        lines += [f"{number + 1:02}/09/2024"] if number != 7 else []
        lines += [
            "",
            f"استقبلت مدرسة {town} الابتدائية صباحًا {number + 30} تلميذًا، ووزعت عليهم كتبًا ودفاتر.",
            "",
            FURNITURE,
            "",
            f"وقال مدير المدرسة هيثم البستاني إن الصفوف الجديدة تتسع لـ{number + 90} تلميذًا.",
            "",
            f"اقرأ العدد الرقم {4100 + number} كاملًا في أكشاك المرسى",
        ]
        yield f"seeds/school-{number}.txt", "\n".join(lines) + "\n"


def make(site: Path) -> None:
    """Write the archive as a repository with its first commit, tagged `first`."""
    for path, text in files():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, "utf-8")
    for words in (
        ("init", "-q", "-b", "main"),
        ("config", "user.name", "محررة"),
        ("config", "user.email", "editor@marsa.example"),
        ("add", "-A"),
        ("commit", "-qm", "المواد الأولى"),
        ("tag", "first"),
    ):
        subprocess.run(["git", "-C", str(site), *words], check=True)
