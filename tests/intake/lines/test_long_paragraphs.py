"""A paragraph of a record is none of a page's lines, however it looks: it has too many words."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from warraq.intake import draft_of, outlet_directory
from warraq.model import RawDocument
from warraq.seeds.exports import export_records

REST = [
    "وقال المشرف إن النقص في العتاد أفسد رحلة العام الماضي، فعاد نصف المشاركين قبل موعدهم.",
    "وأضاف أن الحافلات تنطلق عند الفجر من ساحة المدرسة وتعود مساء اليوم التالي.",
]
# 25 words and more, without a comma, a full stop or much that binds.
WORDS = (
    "صباح هادئ على ضفة النهر القديم أطفال يحملون سلال القصب نساء يغسلن الصوف رجال يصلحون الشباك"
    " حارس الجسر يعد العابرين بائع الخبز ينادي على رغيفه الساخن طيور بيضاء فوق الطاحونة"
)
LEADS = {
    "no stop": WORDS,
    "link behind it": f"{WORDS}. الوثيقة",
    "speaker behind it": f"{WORDS}. قائل القول",
    "cut off": f"{WORDS}…",
    "agency": f"{WORDS} (رويترز)",
    "in Latin letters": " ".join(["the old mill by the river stands still"] * 4),
}


QUOTED = "<blockquote><p>سنعود إلى النهر</p></blockquote>"
BODIES: dict[str, Callable[[str], list[str]]] = {
    "first": lambda lead: [lead, *REST],
    "second": lambda lead: [REST[0], lead, REST[1]],
    "last": lambda lead: [*REST, lead],
    "twice": lambda lead: [lead, lead, *REST],
    "above a subheading": lambda lead: [lead, "موعد الرحلة", *REST],
    "above a quotation": lambda lead: [lead, "> سنعود إلى النهر", *REST],
}


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("place", BODIES)
def test_a_long_paragraph_of_a_record_stays(tmp_path: Path, lead: str, place: str) -> None:
    paragraphs = BODIES[place](LEADS[lead])
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    body = body.replace("<p>> سنعود إلى النهر</p>", QUOTED)
    record = {"id": 1, "title": "يوم عند الطاحونة", "date": "2019-05-03", "body": body}
    (tmp_path / "a.jsonl").write_text(json.dumps(record), "utf-8")
    (raw,) = export_records.documents(tmp_path / "a.jsonl", tmp_path)
    assert isinstance(raw, RawDocument)
    assert draft_of(raw, outlet_directory()).article.body.split("\n\n") == paragraphs
