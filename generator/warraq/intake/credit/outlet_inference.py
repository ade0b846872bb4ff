"""The outlet that a page's own boilerplate names: its footer, masthead, handles, pictures."""

import re
from collections.abc import Iterable, Iterator, Sequence

from warraq.intake.credit.cited import original_span
from warraq.intake.credit.credit_rules import ADDRESS, EDGE_MARKS, bare_name, names_in, rules
from warraq.intake.credit.name_kinds import OUTLET_WORDS, OWN_WORDS, is_person
from warraq.intake.credit.names import NameFound
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.credit.thresholds import CREDIT
from warraq.intake.dates.phrases import fold_with_offsets
from warraq.intake.rule_data import load
from warraq.intake.text.folding import phrase, stem, words
from warraq.model import Outlet, Removed

_HANDLE = re.compile(r"(?<!\w)@([A-Za-z0-9_.]{3,40})")
_LINKED = re.compile(
    r"(?:t\.me|twitter\.com|x\.com|facebook\.com|instagram\.com)/@?([A-Za-z0-9_.]{3,40})"
)


def by_footer(
    lines: Iterable[str], directory: OutletDirectory, labels: Iterable[str] = ()
) -> NameFound | None:
    """Return the outlet for which the removed `lines` speak (follow us, all rights reserved).

    A short label names an outlet as a whole or not at all: «صدى» is not «صدى تهامة» (Sada Tihama).
    """
    texts, short = list(lines), list(labels)
    addressed = (_by_address(text, directory) for text in texts)
    if found := next(filter(None, addressed), None):
        return found
    named = (directory.named(text) for text in short)
    within = (directory.named(text) or outlet_within(text, directory) for text in texts)
    if outlet := next(filter(None, (*named, *within)), None):
        return NameFound(outlet.name, "furniture", outlet)
    return _by_notice(texts)


def _by_notice(texts: Iterable[str]) -> NameFound | None:
    """Return the outlet, listed or not, that a notice of rights names."""
    for text in texts:
        flat, offsets = fold_with_offsets(text)
        if "محفوظه" in flat or "copyright" in flat or "©" in flat:
            for name in names_in(rules()["rights"], flat, offsets, text):
                listed = words(name)
                fits = 1 <= len(listed) <= CREDIT.max_owner_words
                if fits and not _NO_OWNER & set(listed) and re.search(r"[^\W\d]{2}", name):
                    return NameFound(name, "rights")
    return None


# «النشرة البريدية لموقع سهل الغاب» (newsletter of the Sahl al-Ghab site): a word of kind and the
# construct behind it, with a sure end.
_FORM = re.compile(
    r"(?<!\w)[لب]?(?P<name>(?:موقع|صحيفه|جريده|شبكه|بوابه|وكاله|قناه|مجله|اذاعه|راديو|تلفزيون|منصه)"
    r" (?P<own>[^\W\d]{3,}(?: (?:ال|لل)[^\W\d]{3,}){0,2}(?: (?:نيوز|برس|اونلاين|نت|\d\d\d?))?))"
    r"(?=\s*(?:$|[^\w\s]|\d{4}|(?:علي|عبر|في|من|عن|الي|ان|انه|انها|بان|بتاريخ|يوم|رييس|تصدر|يوميه|اسبوعيه|اشترك\w*|اضغط\w*|حمل\w*|تابع\w*)(?!\w)))"
)
_GENERIC = frozenset(
    stem(phrase(word))
    for word in (
        "الإنترنت الانترنت التواصل الاجتماعي الويب الإلكتروني الرسمي الرسمية الإلكترونية إلكتروني "
        "الوزارة الجامعة النادي البلدية الشركة المؤسسة الجمعية المحافظة الحكومة آخر "
        "الشبكة المنصة أخرى رسمية هذا"
    ).split()
) | frozenset(map(stem, OWN_WORDS))
_TOP = frozenset(
    ("masthead", "above-headline", "head-label")
)  # «جريدة الضفاف رئيس التحرير …» (… newspaper, editor-in-chief …)
_PRINTED = re.compile("(?:نشرت?|نُشرت?|صدرت?)(?: هذا| هذه)?(?: [^\\W\\d]+)? (?:في|على|ب)")
_SPEAKS = frozenset(
    ("follow", "footer", "feedback", "newsletter", "contact", "opinion-note", "notice")
)


def by_reader_line(removed: Sequence[Removed]) -> NameFound | None:
    """Return the one unlisted outlet that lines to the readers name, with a word of its kind."""
    texts = [line.text for line in removed if line.rule in _SPEAKS]
    texts += [
        r.text
        for r in removed
        if r.rule == "comments" and len(words(r.text)) <= CREDIT.max_comment_label_words
    ]
    texts += [r.text for r in removed if r.rule in _TOP and "رئيس" in r.text]
    texts += [r.text for r in removed if r.rule == "date-line" and _PRINTED.match(r.text)]
    found = (form for text in texts for form in (*_forms(text), *_called(text)))
    names = {phrase(name): name for name in found}
    return NameFound(next(iter(names.values())), "furniture") if len(names) == 1 else None


# «تطبيق سهل الغاب» (the … app), «النشرة البريدية لسهل الغاب» (the … newsletter), «لا تعبر عن رأي
# سهل الغاب» (does not express the views of …)
_CALL = re.compile(
    r"(?:(?<!\w)تطبيق|(?<!\w)(?:ال)?نشره (?:البريديه|بريديه|الاخباريه|اليوميه) ل|(?<!\w)راي)\s?"
    r"(?P<own>[^\W\d]{3,}(?: [^\W\d]{3,}){0,2}?)"
    r"(?=\s*(?:$|[.،,:!]|(?:لتصلك?م?|وانما|بل|علي|عبر|من|للهواتف|للهاتف|الان)(?!\w)))"
)
_NO_APP = frozenset(
    stem(phrase(word))
    for word in (
        "الهاتف الهواتف الجوال الموبايل أندرويد آيفون الكاتب الكاتبة أصحابها أصحابه كاتبها كاتبه "
        "الإدارة إدارة هيئة أسرة التحرير المحرر مجاني مجانا الإخباري الأخبار الخاص "
        "ناشرها ناشره ناشر قائلها قائله صاحبها صاحبه كتابها المصدر القراء القانون الذكية رسمي"
    ).split()
)


def _forms(text: str) -> Iterator[str]:
    """Yield the names in `text` that a word of kind («صحيفة», newspaper) marks as outlets'."""
    flat, offsets = fold_with_offsets(text)
    for match in _FORM.finditer(flat):
        own = {stem(word) for word in match["own"].split()}
        elsewhere = match["name"].startswith("قناه") and _PLATFORMS & set(
            map(stem, words(flat[match.end() :]))
        )
        group = (
            "own" if elsewhere else "name"
        )  # «قناة سهل الغاب على تلغرام» (the … channel on Telegram)
        if own != {"اخبار"} and not own & (_PLATFORMS | _GENERIC):
            yield bare_name(text[slice(*original_span(match.span(group), offsets))])


def _called(text: str) -> Iterator[str]:
    """Yield the names behind «تطبيق» (app) and the like in `text`, a line to the readers."""
    flat, offsets = fold_with_offsets(text)
    for match in _CALL.finditer(flat):
        own = {stem(word) for word in match["own"].split()}
        if not own & NO_NAMES:
            yield bare_name(text[slice(*original_span(match.span("own"), offsets))])


_NO_OWNER = frozenset(
    words("حقوق الحقوق محفوظة copyright تصميم وتصميم تطوير وتطوير برمجة وبرمجة استضافة powered by")
)
_FOLLOWED = re.compile(
    r"(?:تابعونا|تابعنا|تابعوا|تابع|المزيد من|اخبار|قناه|شبكه|قناتنا|حساب|صفحه) (?:علي |عبر )?(?P<name>\w+(?: \w+){0,3}?)"  # noqa: E501
    r"(?= (?:علي|عبر|في)(?!\w)|$)"
)
_LATEST = re.compile(
    "ذات|احدث|اخر|اهم|ابرز|جميع|كل "
)  # «تابع أحدث الأخبار عبر تطبيق…» (follow the latest news)
_BELOW = frozenset(
    ("follow", "footer", "tags", "related", "feedback", "below-furniture", "label-below")
)
_ABOVE = frozenset(("above-headline", "head-label"))
_FOOT = _BELOW | {"after-the-end", "comments"}
_PLATFORMS = frozenset(
    stem(word)
    for line in (
        "فيسبوك فيس بوك تويتر اكس تلغرام تليغرام تليجرام تيليجرام تلجرام واتساب واتس انستغرام",
        "انستجرام يوتيوب تيك سناب ثريدز جوجل غوغل google whatsapp telegram facebook twitter",
        "منصه منصات تطبيق قناتنا صفحتنا حسابنا حساباتنا منصاتنا مواقع وسائل التواصل بريدكم خدمه",
    )
    for word in line.split()
)
# Words that are no outlet's name, though they are found where pages name themselves.
NO_NAMES = _PLATFORMS | _GENERIC | _NO_APP


def by_repetition(removed: Iterable[Removed], body: str, title: str) -> NameFound | None:
    """Return an unlisted outlet that its own page names at least twice.

    A short line above the body («دروب») counts if a hashtag, a call to follow, a notice of rights
    or the text («قال لـ…», he told …) has the same words, or if another such line has them with a
    word of kind («صحيفة صدى تهامة», … newspaper). A hashtag counts if it has a word such as شبكة
    (network).
    """
    lines = list(removed)
    below = [r.text for r in lines if r.rule in _BELOW]
    if name := _repeated_label(lines, below, body, title):
        return NameFound(name, "named twice")
    return next(filter(None, map(_tagged_or_followed, below)), None)


def _repeated_label(
    lines: Sequence[Removed], below: Sequence[str], body: str, title: str
) -> str | None:
    """Return the first short line of the head that another place of the page repeats."""
    labels = [r for r in lines if r.rule in {*_ABOVE, "byline"}]
    heads = [phrase(r.text) for r in labels]
    kinds = [
        head
        for head in heads
        if set(head.split()) & OUTLET_WORDS and len(head.split()) <= CREDIT.max_repeated_label_words
    ]
    elsewhere = [" ".join(words(text)) for text in below]
    elsewhere += [phrase(m) for m in re.findall(r"لـ?\s?[«\"“(](.{2,40}?)[»\"”)]", body)]
    for line in labels:
        text = phrase(line.text)
        if not _may_be_repeated_name(text, title):
            continue
        others = (*(k for k in kinds if k != text), *(elsewhere if line.rule in _ABOVE else ()))
        if any(f" {text} " in f" {other} " for other in others):
            return bare_name(line.text)
    return None


def _may_be_repeated_name(text: str, title: str) -> bool:
    """Whether a folded line may be an outlet's name; the headline has what the article is about."""
    short = 1 <= len(text.split()) <= CREDIT.max_repeated_name_words
    return short and text not in phrase(title) and NO_NAMES.isdisjoint(map(stem, text.split()))


def _tagged_or_followed(text: str) -> NameFound | None:
    """Return the outlet that a line names by a hashtag, or as one to follow."""
    for tag in re.findall(r"#([\w]+)", text):
        name = tag.replace("_", " ").strip()
        if len(words(name)) >= 2 and set(words(name)) & OUTLET_WORDS:
            return NameFound(name, "hashtag")
    flat, offsets = fold_with_offsets(text)
    if not (match := _FOLLOWED.search(flat)):
        return None
    name = text[slice(*original_span(match.span("name"), offsets))]
    own = {stem(word) for word in words(name)}
    if own & (_PLATFORMS | _GENERIC) or len(words(name)) < 2 or _LATEST.match(phrase(name)):
        return None
    return NameFound(name, "furniture")


SECTION_WORDS = frozenset(
    phrase(w) for w in ("قسم", "ملف", "أخبار", "شؤون", "باب", "ملحق", "عدد", "سلسلة")
)
_TITLES = frozenset(f"{al}{title}" for title in load("speech")["titles"] for al in ("", "ال"))


def by_time_stamp(removed: Iterable[Removed]) -> NameFound | None:
    """Return the short unlisted name next to the head's time stamp, where papers print theirs."""
    lines = list(removed)
    stamped = [r.first for r in lines if r.rule == "date-line"]
    titles = [r.first for r in lines if r.rule == "headline"]
    for line in lines:
        if line.rule not in _ABOVE:
            continue
        near = any(
            0 < abs(stamp - line.first) <= CREDIT.max_stamp_distance
            and not any(line.first < title < stamp for title in titles)
            for stamp in stamped
        )
        if near and _may_be_stamped_name(line.text.strip(EDGE_MARKS)):
            return NameFound(bare_name(line.text.strip(EDGE_MARKS)), "beside the date")
    return None


def _may_be_stamped_name(text: str) -> bool:
    """Whether a line next to a time stamp may be an outlet: no section, person or writer."""
    listed = words(text)
    if not 1 <= len(listed) <= CREDIT.max_stamp_name_words or listed[0] in SECTION_WORDS:
        return False
    if is_person(text) or listed[0] in _TITLES:
        return False  # whoever is in the picture
    if len(listed) > 1 and not set(listed) & OUTLET_WORDS and not listed[0].startswith("ال"):
        return False  # «نشيدة بوعلام»: two names next to a date are the writer's
    return not re.search(r"[\d:؟!<>|]", text) and len(text) >= 3


def by_photo_credit(removed: Iterable[Removed], directory: OutletDirectory) -> NameFound | None:
    """Return the listed outlet whose own picture it is: «قوارب على الشاطئ (مرآة الشرق)» (boats …).

    Agencies sell their pictures; a newspaper's or a broadcaster's is on its own pages.
    """
    for line in removed:
        if line.rule == "photo-credit" and (
            match := re.search(r"[(:/]\s*([^():/]{2,40})\)?(?: ?\. ?\1)?\.?$", line.text)
        ):
            outlet = directory.named(match[1])
            if outlet and outlet.type != "agency":
                return NameFound(outlet.name, "photo-credit", outlet)
    return None


_LOGO = re.compile(r"^(?:شعار|لوغو|logo)\s+|\s+(?:logo|لوغو)$", re.IGNORECASE)


def by_logo(removed: Iterable[Removed], directory: OutletDirectory) -> NameFound | None:
    """Return the outlet, listed or not, that the words for its logo name («مرآة الشرق logo»)."""
    for line in removed:
        if line.rule == "logo" and (name := bare_name(_LOGO.sub("", line.text.strip()))):
            outlet = directory.named(name)
            return NameFound(outlet.name if outlet else name, "logo", outlet)
    return None


# «وقال لـ«مرآة الشرق» إن» (he told …), «مراسل مرآة الشرق» (the correspondent of …), «وترصد مرآة
# الشرق» (… observes): whoever is spoken to writes the text.
_REPORTERS = ("مراسل", "لمراسل")
_SPOKEN_TO = re.compile(
    r"(?<!\w)(?:ل\u0640?|الي|مراسله?|مراسلي|خص به|خصت به)\s?"
    r"[«\"“]{1,2}(?P<name>[^«»\"“”()]{2,30})[»\"”]"
    r"|(?:تصريحات|تصريح|حديث|حوار|مقابله|لقاء|قالت?|تحدثت?)(?: خاص| خاصه| صحفي| هاتفي| حصري)? ?"
    r"لـ? ?(?P<unmarked>[^\W\d]+(?: [^\W\d]+){1,2})"
    r"|(?<!\w)(?:ل?مراسله?|و?(?:علمت|رصدت|ترصد|يرصد|تستعرض|يستعرض)(?: لكم)?)"
    r"(?: (?:بوابه|صحيفه|جريده|موقع|شبكه))? (?P<bare>[^\W\d]+(?: [^\W\d]+){0,2})"
)


def by_interview(body: str, directory: OutletDirectory) -> NameFound | None:
    """Return the one listed outlet to which people in the text speak, None if there are two."""
    met: dict[str, Outlet] = {}
    for text in body.split("\n"):
        flat, offsets = fold_with_offsets(text)
        for match in _SPOKEN_TO.finditer(flat):
            group = str(match.lastgroup)
            listed = text[slice(*original_span(match.span(group), offsets))].split()
            least = {"name": len(listed), "unmarked": 2, "bare": 1}[group]
            runs = (" ".join(listed[:size]) for size in range(len(listed), least - 1, -1))
            outlet = next(filter(None, map(directory.named, runs)), None)
            kind = group == "bare" and stem(words(listed[0])[0]) in _KINDS_OF_OUTLET
            if outlet and group != "name" and phrase(outlet.name) in OWN_WORDS:
                continue  # «لموقع الجريدة»: its own
            if outlet and not kind and (match[0].startswith(_REPORTERS) or outlet.type != "agency"):
                met[outlet.key] = outlet
    if len(met) != 1:
        return None if met else _reporting(body)
    outlet = met.popitem()[1]
    return NameFound(outlet.name, "spoken to", outlet)


def _reporting(body: str) -> NameFound | None:
    """Return the one unlisted outlet whose reporter people speak to («لمراسل راديو الفرات»)."""
    rests = (text[m.end() :] for text in body.split("\n") for m in _REPORTER.finditer(text))
    found = ((rest, next(_forms(rest), "")) for rest in rests)
    names = {phrase(n): n for rest, n in found if n and phrase(rest).startswith(phrase(n))}
    return NameFound(next(iter(names.values())), "spoken to") if len(names) == 1 else None


_REPORTER = re.compile(r"(?<!\w)(?:لمراسلة?|لمراسلي|لكاميرا|لميكروفون) ")


def _by_address(text: str, directory: OutletDirectory) -> NameFound | None:
    for handle in (*_HANDLE.findall(text), *_LINKED.findall(text)):
        if outlet := directory.by_handle.get(handle.lower()):
            return NameFound(outlet.name, "handle", outlet)
    for address in ADDRESS.findall(text):
        if outlet := directory.at(address):
            return NameFound(outlet.name, "address", outlet)
    return None


def repeats_outlet(text: str, directory: OutletDirectory) -> bool:
    """Whether a row of links has a listed outlet's name twice, as in its sections (… Sport)."""
    outlet = outlet_within(text, directory)
    return outlet is not None and phrase(text).count(phrase(outlet.name)) >= 2


_OF_A_KIND = re.compile("(?:موقع|صحيفه|جريده|شبكه|وكاله|مجله|بوابه|قناه|اذاعه) ")
_ITSELF = re.compile(
    r"(?P<name>.{2,40}?)[\s:،–-]+(?:هو |هي )?"
    r"(?:موقع|منصه|منظمه|موسسه|صحيفه|جريده|شبكه|وكاله|مجله|بوابه|قناه|اذاعه) .+"
)


def by_self_description(removed: Iterable[Removed], directory: OutletDirectory) -> NameFound | None:
    """Return the listed outlet that presents itself at the foot: «رصيف منظمة …» (… is an …)."""
    for line in removed:
        flat, offsets = fold_with_offsets(line.text)
        if line.rule in _FOOT and _OF_A_KIND.match(flat) and (outlet := directory.named(line.text)):
            return NameFound(outlet.name, "furniture", outlet)  # «شبكة الشروق», alone
        if line.rule in _FOOT and (match := _ITSELF.match(flat)):
            name = line.text[slice(*original_span(match.span("name"), offsets))]
            if outlet := directory.named(name):
                return NameFound(outlet.name, "furniture", outlet)
    return None


def outlet_within(text: str, directory: OutletDirectory) -> Outlet | None:
    """Return the listed outlet with the longest spelling in `text`, a short boilerplate line."""
    listed = words(text)
    for size in range(min(CREDIT.max_looked_up_words, len(listed)), 0, -1):
        for i in range(len(listed) - size + 1):
            for name in _spellings(listed[i : i + size]):
                outlet = directory.by_name.get(name)
                if outlet and (size > 1 or _is_meant(name, listed[:i], listed[i + 1 :])):
                    return outlet
    return None


_KINDS_OF_OUTLET = frozenset(
    "موقع صحيفه قناه وكاله شبكه جريده بوابه تطبيق لموقع لصحيفه لوكاله".split()
)


def _is_meant(name: str, before: Sequence[str], behind: Sequence[str]) -> bool:
    """Whether one word is an outlet and not the noun that it also is («المدينة», the city).

    In «صحيفة نبض الساحل» it is the first of two; «موقع الجريدة» (the paper's site) is any paper's.
    """
    if stem(name) in _GENERIC:
        return False
    if not name.startswith("ال") and behind and _POSSESSOR.match(behind[0]):
        return False
    if before and before[-1] in _KINDS_OF_OUTLET:
        return True
    return len(name) >= CREDIT.min_unambiguous_letters and not name.startswith("ال")


_POSSESSOR = re.compile(r"ال\w+(?<!ي)(?<!يه)$")  # no adjective: «عمون الإخبارية»


def _spellings(run: Sequence[str]) -> tuple[str, ...]:
    text = " ".join(run)
    if run[0].startswith("لل"):
        return text, "ال" + text[2:]
    return (text, text[1:]) if run[0][:1] in "لبو" and len(run[0]) > 4 else (text,)
