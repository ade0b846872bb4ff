# ruff: noqa: E501 - prose, a paragraph a line
"""A small archive written by hand: every kind of article a page must cope with."""

from datetime import date, timedelta
from html import escape

from tests.memory import catalogue as empty_catalogue

from warraq.archive.catalogue import Catalogue
from warraq.base.config import SiteConfig
from warraq.base.urls import old_path
from warraq.model import (
    Article,
    Author,
    Authority,
    Card,
    Cited,
    Correction,
    Credit,
    DateInfo,
    Entry,
    Evidence,
    Moment,
    Named,
    Organization,
    Outlet,
    Person,
    Place,
    Removal,
    Rights,
    StaticPage,
    Story,
    Topic,
    Version,
)
from warraq.render.context import RenderContext
from warraq.render.environment import Theme, theme_of
from warraq.render.wording import shortened

CONFIG = SiteConfig(
    name="دفتر الساحل",
    description="أرشيف مختار من أخبار المدن الساحلية",
    base_url="https://example.org/daftar/",
    time_zone="Asia/Damascus",
    hijri=True,
    contact="desk@example.org",
)
ALL = Rights(holder="", display="full", index=True)


def credit(name: str, outlet: str = "", **more: str) -> Credit:
    return Credit(name, outlet, **more)


MARSAD = credit("مرصد الساحل", "marsad", url="https://marsad.example/khabar/77", basis="disclaimer")
BAWABA = credit("بوابة الميناء", "bawaba", basis="byline")
COAST = credit("Coast Daily", "coast-daily")
NAQIL = credit("ناقل نت", "naqil", basis="disclaimer")

HARBOUR = """افتُتح صباح اليوم في مدينة المرسى رصيف الصيادين الجديد بعد أعمال توسعة استمرت 14 شهرًا، بحضور محافظ الساحل ليلى الحداد ورئيس نقابة الصيادين سالم البحري.

وقالت الحداد في كلمة ألقتها على الرصيف: «هذا الرصيف ملك لمن يخرج إلى البحر قبل الفجر، ولن يُغلق في وجه أحد منهم». وأضافت أن المشروع كلّف 2,400,000 ليرة وأنه أُنجز من غير قروض.

ويتسع الرصيف لنحو 120 قاربًا بعد أن كان لا يتسع لأكثر من 45، وزُوّد بمخزنين مبرّدين وبورشة لإصلاح المحركات تعمل على مدار الساعة.

من جهته شكر البحري البلدية، لكنه نبّه إلى أن الطريق المؤدي إلى الميناء ما زال يغرق كل شتاء، وقال: «نريد طريقًا لا ينقطع، فالسمك لا ينتظر».

وأوضحت مديرية الموانئ أن المرحلة الثانية من المشروع تبدأ في الربيع، وتشمل سوقًا مغطاة ومختبرًا لفحص الأسماك."""

HARBOUR_TWO = """دشّنت محافظ الساحل ليلى الحداد رصيف الصيادين في المرسى بعد توسعة استمرت 14 شهرًا، في احتفال حضره رئيس نقابة الصيادين سالم البحري وعشرات من أصحاب القوارب.

ويتسع الرصيف لنحو 120 قاربًا بعد أن كان لا يتسع لأكثر من 45، وزُوّد بمخزنين مبرّدين وبورشة لإصلاح المحركات.

واحتج نحو 30 من بائعي السوق القديمة على نقلهم إلى موقع لا تصله الحافلات، ورفعوا لافتة كُتب عليها «السوق حيث الناس». ولم يصدر عن المحافظة رد على مطالبهم حتى ساعة إعداد الخبر.

وذكرت مديرية الموانئ أن رسوم الرسو ستبقى على حالها حتى نهاية العام."""

HARBOUR_EN = """The enlarged fishing quay at Al-Marsa opened on Sunday after 14 months of work, with room for 120 boats.

Governor Leila Haddad said the quay belonged to those who “go out to sea before dawn”. Market traders protested nearby; their association, المرسى القديمة, says that 30 families lose their stalls."""

LONG = "\n\n".join(
    f"""في الحلقة {number} من سلسلة «ذاكرة المنارة» يعود الأرشيف إلى دفاتر الحارس القديم، وكان يدوّن فيها كل ليلة حال البحر واتجاه الريح وأسماء السفن التي مرّت. تبدو الصفحات الأولى مرتبة بخط نسخي دقيق، ثم يضطرب الخط في سنوات الحرب حتى لا يُقرأ منه إلا التاريخ.

كتب الحارس في إحدى الليالي: «لم يمرّ أحد. أوقدتُ السراج كعادتي، فالضوء لمن يأتي لا لمن أتى». وتحت هذه العبارة رقم لا يفسّره شيء في الدفتر كله: {number * 37}."""
    for number in range(1, 7)
)


def article(id: str, title: str, body: str, **more: object) -> Article:  # noqa: A002
    return Article(id=id, title=title, body=body, **more)  # type: ignore[arg-type]


ARTICLES = (
    article(
        "a0000000000000b1", "افتتاح رصيف الصيادين في المرسى بعد توسعة استمرت 14 شهرًا", HARBOUR,
        date=Moment(date(2025, 10, 12), "18:00+03:00"), date_info=DateInfo("exact", basis="metadata"),
        source=MARSAD, via=(NAQIL,), topics=("ports",), people=("laila-haddad", "salem-bahri"),
        places=("marsa",), organizations=("مديرية الموانئ",), dateline="المرسى",
        event_date="2025-10-12", cited=(Cited("مديرية الموانئ", "جهة رسمية"),),
        description="رصيف يتسع لمئة وعشرين قاربًا، وطريق إليه ما زال يغرق كل شتاء.",
        corrections=(Correction(date(2025, 10, 14), "correction", "ورد في النص أولًا أن الكلفة 2.4 مليار ليرة، والصحيح مليونان وأربعمئة ألف."),),
        lastmod=Moment(date(2025, 10, 14)), aliases=("/2025/10/raseef.html", "قديم/رصيف"),
    ),
    article(
        "a0000000000000b2", "رصيف جديد للصيادين واحتجاج لبائعي السوق القديمة", HARBOUR_TWO,
        date=Moment(date(2025, 10, 12)), date_info=DateInfo("inferred", basis="text", edtf="2025-10-12", evidence=(Evidence("اليوم الأحد", "يوم النشر نفسه"),), note="وصل النص إلى الأرشيف في 2025-10-13."),
        source=BAWABA, topics=("ports", "markets"), people=("laila-haddad", "salem-bahri"), places=("marsa",),
        title_status="cleaned", cited=(Cited("مديرية الموانئ"), Cited("بائعو السوق")),
    ),
    article(
        "a0000000000000b3", "Al-Marsa opens a quay for 120 boats", HARBOUR_EN, lang="en",
        date=Moment(date(2025, 10, 15)), date_info=DateInfo("exact"), source=COAST, topics=("ports",),
        people=("laila-haddad",), places=("marsa",),
    ),
    article(
        "c0000000000000d1", "الميناء يستقبل السفينة MV Nour-7 وعلى متنها 3,500 طن من القمح",
        "رست في ميناء المرسى السفينة MV Nour-7، 12 تشرين الأول، بعد رحلة بدأت في 2025-09-28 من مرفأ بعيد.\n\nورقم الوكيل +963 41 555 222، وتحمل السفينة 3,500 طن من القمح، أي بزيادة 12% على الشحنة السابقة. وانتهت مباراة البحارة 2-1.\n\nوتقرأ التفاصيل في موقع Marsa-Port.example، 14 صفحة.",
        date=Moment(date(2025, 10, 13), "09:30+03:00"), date_info=DateInfo("exact"), source=COAST, topics=("ports", "trade"), places=("marsa",),
    ),
    article(
        "c0000000000000d2", "انقطاع الماء عن أربعة أحياء", "تنقطع مياه الشرب يومين عن أربعة أحياء في شمال المدينة بسبب إصلاح الخط الرئيس.",
        date=Moment(date(2025, 10, 13)), date_info=DateInfo("exact"), source=BAWABA, topics=("services",), section="محليات",
    ),
    article(
        "c0000000000000d3", "ذاكرة المنارة: دفاتر الحارس الذي لم ينم", LONG,
        date=Moment(date(2024, 10, 12)), date_info=DateInfo("exact"), source=MARSAD, authors=("nada-rami",), topics=("memory",),
        description="ست حلقات من دفاتر حارس دوّن حال البحر أربعين سنة.", places=("marsa",),
    ),
    article(
        "c0000000000000d4", "سوق السمك بين الأمس واليوم", "كانت سوق السمك تُفتح مع الأذان وتُغلق قبل الظهر.\n\nواليوم يبيع أصحابها حتى المساء، والثلج أغلى من السمك.",
        date_info=DateInfo("inferred", edtf="2025-09", basis="received"), source=BAWABA, topics=("markets",),
    ),
    article(
        "c0000000000000d5", "حكاية القارب الأزرق", "قيل إن القارب الأزرق أقدم قارب في الميناء، وقيل إنه أحدثها وطُلي على عجل.",
        date_info=DateInfo("unknown"), title_status="generated", topics=("memory",),
    ),
    article(
        "c0000000000000d6", "زيارة وفد الموانئ: «يوم الخميس الثامن من الشهر»", "زار وفد من مديرية الموانئ المرسى يوم الخميس، الثامن من الشهر الجاري، واطّلع على سير العمل في الرصيف.",
        date=Moment(date(2025, 10, 9)), date_info=DateInfo("conflicting", basis="text", candidates=("2025-10-08", "2025-10-09", "2026-01-08"), evidence=(Evidence("يوم الخميس، الثامن من الشهر الجاري", "كان الثامن من تشرين الأول يوم أربعاء"),)),
        source=MARSAD, topics=("ports",), places=("marsa",),
    ),
    article(
        "e0000000000000f1", "افتتاح رصيف الصيادين في المرسى بعد توسعة استمرت 14 شهرًا", HARBOUR,
        date=Moment(date(2025, 10, 13)), date_info=DateInfo("exact"), source=MARSAD, via=(NAQIL,), copy_of="a0000000000000b1", topics=("ports",),
    ),
    article(
        "e0000000000000f2", "خبر حُذف", "نص محذوف لا يُعرض", date=Moment(date(2025, 8, 1)), status="removed",
        removed=Removal(date(2025, 8, 20), "طلب صاحب الحق سحب النص."), source=BAWABA,
    ),
    article(
        "e0000000000000f3", "تقرير خاص محفوظ الحقوق", "سرٌّ لا يُنشر خارج موقعه أبدًا. " * 30, date=Moment(date(2025, 9, 3)),
        date_info=DateInfo("exact"), source=credit("وكالة الأفق", url="https://ufuq.example/1"), topics=("trade",), rights=Rights("وكالة الأفق", "none", index=False),
    ),
    article(
        "e0000000000000f4", "مقتطف من تحقيق طويل عن رسوم الرسو", "يبدأ التحقيق من دفتر الرسوم.\n\n" + "ثم ينتقل إلى تفاصيل لا تُعرض هنا. " * 40,
        date=Moment(date(2025, 9, 5)), date_info=DateInfo("exact"), source=credit("وكالة الأفق", url="https://ufuq.example/2"), topics=("ports",), rights=Rights("وكالة الأفق", "excerpt", index=True),
    ),
    article(
        "e0000000000000f5", "</script><script>alert(1)</script> & «عنوان عدائي» <!--", "نص عادي فيه <b>علامات</b> & رموز.",
        date=Moment(date(2023, 2, 28)), date_info=DateInfo("exact"), source=credit('=HYPERLINK("x")'), topics=("+cmd", "services"),
    ),
)  # fmt: skip

AUTHORITIES = (
    Outlet("marsad", "مرصد الساحل", type="newspaper", url="https://marsad.example/", description="صحيفة محلية تصدر في المرسى."),
    Outlet("bawaba", "بوابة الميناء", type="newspaper"),
    Outlet("coast-daily", "Coast Daily", type="newspaper", country="قبرص"),
    Outlet("naqil", "ناقل نت", type="aggregator"),
    Topic("ports", "الموانئ", description="ما يتصل بالموانئ وأرصفتها ورسومها."),
    Topic("markets", "الأسواق"),
    Topic("trade", "التجارة"),
    Topic("services", "الخدمات"),
    Topic("memory", "الذاكرة"),
    Person("laila-haddad", "ليلى الحداد", role="محافظ الساحل", aliases=("الحداد", "Leila Haddad"), wikidata="Q42"),
    Person("salem-bahri", "سالم البحري", role="رئيس نقابة الصيادين", body="صياد ابن صياد."),
    Place("marsa", "المرسى", aliases=("Al-Marsa",)),
    Organization("ports-office", "مديرية الموانئ"),
    Author("nada-rami", "ندى رامي"),
    Story(
        "quay", "افتتاح رصيف الصيادين في المرسى", articles=("a0000000000000b1", "a0000000000000b2", "a0000000000000b3"),
        event_date="2025-10-12", place="المرسى", description="افتُتح رصيف الصيادين بعد توسعة طويلة، ورافق الافتتاح احتجاج لبائعي السوق القديمة.", formerly=("quay-old",),
    ),
    Story("delegation", "وفد الموانئ في المرسى", articles=("c0000000000000d6", "c0000000000000d1"), status="proposed", reasons=("تاريخان متقاربان", "المكان نفسه")),
    StaticPage("about", "عن الأرشيف", description="من نحن وكيف نعمل.", body="نحفظ ما نُشر كما نُشر."),
)  # fmt: skip

VERSIONS = {
    "a0000000000000b1": (
        Version("2025-10-13T10:00:00+03:00", "Import", "كما ورد", HARBOUR, HARBOUR.replace("14 شهرًا", "15 شهرًا").replace("2,400,000", "2.4 مليار")),
        Version("2025-10-14T12:30:00+03:00", "هدى المحررة", "تصحيح الكلفة والمدة", HARBOUR.replace("14 شهرًا", "15 شهرًا").replace("2,400,000", "2.4 مليار"), HARBOUR + "\n\nأضاف المحرر: راجع التصحيح."),
    ),
}  # fmt: skip


def html_of(text: str) -> str:
    return "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in text.split("\n\n") if part)


def entry(found: Article, authorities: tuple[Authority, ...] = AUTHORITIES) -> Entry:
    edtf = found.date.day.isoformat() if found.date else found.date_info.edtf
    year, month = (int(edtf[:4]), int(edtf[5:7] or 0)) if edtf else (0, 0)
    rights = Rights(
        found.rights.holder, found.rights.display or "full", found.rights.index is not False
    )
    summary = shortened(found.description or found.body, 160)
    outlets = {c.outlet for c in (found.source, *found.via) if c and c.outlet}
    known = {(a.kind, a.key) for a in authorities}
    card = Card(
        id=found.id, url=found.url, title=found.title, title_status=found.title_status,
        lang=found.lang or "ar", date=found.date, date_status=found.date_info.status, edtf=edtf,
        year=year, month=month, summary=summary if rights.display != "none" else "",
        section=found.section, source=found.source, via=found.via,
        topics=tuple(k for k in found.topics if ("topics", k) in known),
        people=tuple(k for k in found.people if ("people", k) in known),
        places=tuple(k for k in found.places if ("places", k) in known),
        organizations=tuple(k for k in found.organizations if ("organizations", k) in known),
        authors=tuple(k for k in found.authors if ("authors", k) in known),
        named=Named(
            **{
                kind: getattr(found, kind)
                for kind in Named.__struct_fields__
                if any((kind, value) not in known for value in getattr(found, kind))
            }
        ),
        outlets=tuple(sorted(outlets)), words=len(found.body.split()),
        minutes=max(1, len(found.body.split()) // 180), corrections=found.corrections,
        status=found.status, copy_of=found.copy_of, same_text_as=found.same_text_as, rights=rights,
        lastmod=found.lastmod.iso if found.lastmod else "", aliases=tuple(map(old_path, found.aliases)),
    )  # fmt: skip
    return Entry(found, card, html_of(found.body), found.body)


ENTRIES = {found.id: entry(found) for found in ARTICLES}


def theme(config: SiteConfig = CONFIG) -> Theme:
    return theme_of(config)


def catalogue(
    entries: dict[str, Entry] | None = None, authorities: tuple[Authority, ...] = AUTHORITIES
) -> Catalogue:
    found = empty_catalogue()
    found.put(e.card for e in (ENTRIES if entries is None else entries).values())
    found.put_authorities(authorities)
    return found


def context(
    config: SiteConfig = CONFIG,
    *,
    entries: dict[str, Entry] | None = None,
    authorities: tuple[Authority, ...] = AUTHORITIES,
) -> RenderContext:
    found = ENTRIES if entries is None else entries
    return RenderContext(
        catalogue(found, authorities),
        theme(config).wording,
        entry_of=found.__getitem__,
        body_of=lambda authority: html_of(authority.body),
        versions_of=lambda article_id: VERSIONS.get(article_id, ()) if article_id in found else (),
    )


def busy(number: int, *, per_day: int = 1) -> RenderContext:
    """Return an archive of `number` articles of one outlet and topic, one day after another."""
    return context(entries=busy_entries(number, per_day=per_day))


def busy_entries(number: int, *, per_day: int = 1) -> dict[str, Entry]:
    """Return the articles of a `busy` archive, by id."""
    entries: dict[str, Entry] = {}
    for at in range(number):
        found = Article(
            f"d{at:07}",
            f"خبر {at}",
            body="نص",
            date=Moment(date(2019, 1, 1) + timedelta(days=at // per_day)),
            date_info=DateInfo("exact"),
            source=Credit("مرصد الساحل", "marsad"),
            topics=("ports",),
        )
        entries[found.id] = entry(found)
    return entries
