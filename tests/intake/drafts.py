"""A short article as a seed of plain text, and the draft that import makes of it."""

from collections.abc import Sequence

from warraq.intake import draft_of, outlet_directory
from warraq.model import Draft, Fact, Outlet, RawDocument

# «The town announced that the coast road is open again after works on the northern bridge. Its
# mayor said that the work took six months and cost two million dinars.» «The coast road open again»
BODY = (
    "أعلنت البلدية فتح الطريق الساحلي من جديد بعد انتهاء أعمال الصيانة في الجسر الشمالي.\n"
    "وقال رئيسها إن العمل استغرق ستة أشهر كاملة وإن كلفته بلغت مليوني دينار."
)

TITLE = "فتح الطريق الساحلي بعد صيانته"


def drafted(text: str, *facts: tuple[str, str, str], outlets: Sequence[Outlet] = ()) -> Draft:
    told = tuple(Fact(*fact) for fact in facts)
    raw = RawDocument("seeds/a.txt", text, "ab" * 32, facts=told)
    return draft_of(raw, outlet_directory(outlets))


def source_name(text: str, *facts: tuple[str, str, str]) -> str:
    source = drafted(text, *facts).article.source
    return source.name if source else ""
