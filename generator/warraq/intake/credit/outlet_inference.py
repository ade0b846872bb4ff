"""The outlet that a page's own furniture names: its footer, masthead, handles, pictures."""

import re
from collections.abc import Iterable, Iterator, Sequence

from warraq.intake.credit.cited import original_span
from warraq.intake.credit.credit_rules import ADDRESS, EDGE_MARKS, bare_name, names_in, rules
from warraq.intake.credit.name_kinds import OUTLET_WORDS, OWN_WORDS, is_person
from warraq.intake.credit.names import NameFound
from warraq.intake.credit.outlets import OutletDirectory
from warraq.intake.dates.phrases import fold_with_offsets
from warraq.intake.rule_data import load
from warraq.intake.text.folding import phrase, stem, words
from warraq.model import Outlet, Removed

_HANDLE = re.compile(r"(?<!\w)@([A-Za-z0-9_.]{3,40})")
_LINKED = re.compile(
    r"(?:t\.me|twitter\.com|x\.com|facebook\.com|instagram\.com)/@?([A-Za-z0-9_.]{3,40})"
)


def by_footer(
    lines: Iterable[str], known: OutletDirectory, labels: Iterable[str] = ()
) -> NameFound | None:
    """Return the outlet that the removed `lines` (follow us, all rights reserved) speak for.

    A short label names an outlet as a whole or not at all («صدى» is not «صدى تهامة»).
    """
    texts, short = list(lines), list(labels)
    addressed = (_by_address(text, known) for text in texts)
    if found := next(filter(None, addressed), None):
        return found
    named = (known.named(text) for text in short)
    within = (known.named(text) or outlet_within(text, known) for text in texts)
    if outlet := next(filter(None, (*named, *within)), None):
        return NameFound(outlet.name, "furniture", outlet)
    return _by_notice(texts)


def _by_notice(texts: Iterable[str]) -> NameFound | None:
    """Return the outlet, known or not, that a notice of rights or rules for readers names."""
    for text in texts:
        flat, offsets = fold_with_offsets(text)
        if "محفوظه" in flat or "copyright" in flat or "©" in flat:
            for name in names_in(rules()["rights"], flat, offsets, text):
                own = not _NO_OWNER & set(words(name))
                if own and 1 <= len(words(name)) <= 5 and re.search(r"[^\W\d]{2}", name):
                    return NameFound(name, "rights")
    return None


# «النشرة البريدية لموقع سهل الغاب»: a word of kind and the construct behind it, with a sure end.
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
MOST_LABEL = 6  # words of a line about comments that is not a reader's
_TOP = frozenset(("masthead", "above-headline", "head-label"))  # «جريدة الضفاف رئيس التحرير …»
_PRINTED = re.compile("(?:نشرت?|نُشرت?|صدرت?)(?: هذا| هذه)?(?: [^\\W\\d]+)? (?:في|على|ب)")
_SPEAKS = frozenset(
    ("follow", "footer", "feedback", "newsletter", "contact", "opinion-note", "notice")
)


def by_reader_line(removed: Sequence[Removed]) -> NameFound | None:
    """Return the one outlet, on no list, that lines to the readers name beside a word of kind."""
    texts = [line.text for line in removed if line.rule in _SPEAKS]
    texts += [r.text for r in removed if r.rule == "comments" and len(words(r.text)) <= MOST_LABEL]
    texts += [r.text for r in removed if r.rule in _TOP and "رئيس" in r.text]
    texts += [r.text for r in removed if r.rule == "date-line" and _PRINTED.match(r.text)]
    found = (form for text in texts for form in (*_forms(text), *_called(text)))
    names = {phrase(name): name for name in found}
    return NameFound(next(iter(names.values())), "furniture") if len(names) == 1 else None


# «تطبيق سهل الغاب», «النشرة البريدية لسهل الغاب», «لا تعبر عن رأي سهل الغاب»
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
    """Yield the names in `text` that a word of kind tells to be outlets'."""
    flat, offsets = fold_with_offsets(text)
    for match in _FORM.finditer(flat):
        own = {stem(word) for word in match["own"].split()}
        elsewhere = match["name"].startswith("قناه") and _PLATFORMS & set(
            map(stem, words(flat[match.end() :]))
        )
        group = "own" if elsewhere else "name"  # «قناة سهل الغاب على تلغرام»
        if own != {"اخبار"} and not own & (_PLATFORMS | _GENERIC):
            yield bare_name(text[slice(*original_span(match.span(group), offsets))])


def _called(text: str) -> Iterator[str]:
    """Yield the names that «تطبيق» and its like introduce in `text`, a line to the readers."""
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
_LATEST = re.compile("ذات|احدث|اخر|اهم|ابرز|جميع|كل ")  # «تابع أحدث الأخبار عبر تطبيق…»
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
# Words of which no outlet's name consists, much as they stand where pages name themselves.
NO_NAMES = _PLATFORMS | _GENERIC | _NO_APP


def by_repetition(removed: Iterable[Removed], body: str, title: str) -> NameFound | None:
    """Return an outlet that no list knows but that its own page names at least twice.

    A short line above the body («دروب») counts when a hashtag, a call to follow, a notice of
    rights or the text («قال لـ…») has the same words, or another such line has them beside a word
    of kind («صحيفة صدى تهامة»); a hashtag when it has a word such as شبكة.
    """
    lines = list(removed)
    below = [r.text for r in lines if r.rule in _BELOW]
    elsewhere = [" ".join(words(text)) for text in below]
    heads = [phrase(r.text) for r in lines if r.rule in {*_ABOVE, "byline"}]
    kinds = [h for h in heads if set(h.split()) & OUTLET_WORDS and len(h.split()) <= 5]
    elsewhere += [f"{phrase(m)}" for m in re.findall(r"لـ?\s?[«\"“(](.{2,40}?)[»\"”)]", body)]
    for line in lines:
        text = phrase(line.text)
        others = (*(k for k in kinds if k != text), *(elsewhere if line.rule in _ABOVE else ()))
        short = 1 <= len(text.split()) <= 4 and line.rule in {*_ABOVE, "byline"}
        short = short and text not in phrase(title)  # of whom the article speaks
        short = short and NO_NAMES.isdisjoint(map(stem, text.split()))
        if short and any(f" {text} " in f" {other} " for other in others):
            return NameFound(bare_name(line.text), "named twice")
    for text in below:
        for tag in re.findall(r"#([\w]+)", text):
            name = tag.replace("_", " ").strip()
            if len(words(name)) >= 2 and set(words(name)) & OUTLET_WORDS:
                return NameFound(name, "hashtag")
        flat, offsets = fold_with_offsets(text)
        if match := _FOLLOWED.search(flat):
            name = text[slice(*original_span(match.span("name"), offsets))]
            if (
                not {stem(word) for word in words(name)} & (_PLATFORMS | _GENERIC)
                and len(words(name)) >= 2
                and not _LATEST.match(phrase(name))
            ):
                return NameFound(name, "furniture")
    return None


SECTION_WORDS = frozenset(
    phrase(w) for w in ("قسم", "ملف", "أخبار", "شؤون", "باب", "ملحق", "عدد", "سلسلة")
)
_TITLES = frozenset(f"{al}{title}" for title in load("speech")["titles"] for al in ("", "ال"))


def by_time_stamp(removed: Iterable[Removed]) -> NameFound | None:
    """Return the short unknown name next to the head's time stamp, where papers print their own."""
    every = list(removed)
    lines = [r for r in every if r.rule in {"date-line", "above-headline", "head-label"}]
    titles = [r.first for r in every if r.rule == "headline"]
    for line in lines:
        text = line.text.strip(EDGE_MARKS)
        listed = words(text)
        if line.rule == "date-line" or not 1 <= len(listed) <= 3 or listed[0] in SECTION_WORDS:
            continue
        if is_person(text) or listed[0] in _TITLES:
            continue  # whoever is in the picture
        near = any(
            s.rule == "date-line"
            and 0 < abs(s.first - line.first) <= 2
            and not any(line.first < title < s.first for title in titles)
            for s in lines
        )
        if len(listed) > 1 and not set(listed) & OUTLET_WORDS and not listed[0].startswith("ال"):
            continue  # «نشيدة بوعلام»: whoever stands beside a date with two names wrote the text
        if near and not re.search(r"[\d:؟!<>|]", text) and len(text) >= 3:
            return NameFound(bare_name(text), "beside the date")
    return None


def by_photo_credit(removed: Iterable[Removed], known: OutletDirectory) -> NameFound | None:
    """Return the known outlet whose own picture it is («قوارب على الشاطئ (مرآة الشرق)»).

    Agencies sell their pictures; a newspaper's or a broadcaster's stands on its own pages.
    """
    for line in removed:
        if line.rule == "photo-credit" and (
            match := re.search(r"[(:/]\s*([^():/]{2,40})\)?(?: ?\. ?\1)?\.?$", line.text)
        ):
            outlet = known.named(match[1])
            if outlet and outlet.type != "agency":
                return NameFound(outlet.name, "photo-credit", outlet)
    return None


_LOGO = re.compile(r"^(?:شعار|لوغو|logo)\s+|\s+(?:logo|لوغو)$", re.IGNORECASE)


def by_logo(removed: Iterable[Removed], known: OutletDirectory) -> NameFound | None:
    """Return the outlet, known or not, that the words for its logo name («مرآة الشرق logo»)."""
    for line in removed:
        if line.rule == "logo" and (name := bare_name(_LOGO.sub("", line.text.strip()))):
            outlet = known.named(name)
            return NameFound(outlet.name if outlet else name, "logo", outlet)
    return None


# «وقال لـ«مرآة الشرق» إن», «مراسل مرآة الشرق», «وترصد مرآة الشرق»: it writes the text.
_REPORTERS = ("مراسل", "لمراسل")
_SPOKEN_TO = re.compile(
    r"(?<!\w)(?:ل\u0640?|الي|مراسله?|مراسلي|خص به|خصت به)\s?"
    r"[«\"“]{1,2}(?P<name>[^«»\"“”()]{2,30})[»\"”]"
    r"|(?:تصريحات|تصريح|حديث|حوار|مقابله|لقاء|قالت?|تحدثت?)(?: خاص| خاصه| صحفي| هاتفي| حصري)? ?"
    r"لـ? ?(?P<unmarked>[^\W\d]+(?: [^\W\d]+){1,2})"
    r"|(?<!\w)(?:ل?مراسله?|و?(?:علمت|رصدت|ترصد|يرصد|تستعرض|يستعرض)(?: لكم)?)"
    r"(?: (?:بوابه|صحيفه|جريده|موقع|شبكه))? (?P<bare>[^\W\d]+(?: [^\W\d]+){0,2})"
)


def by_interview(body: str, known: OutletDirectory) -> NameFound | None:
    """Return the one known outlet to which people in the text speak, None where there are two."""
    met: dict[str, Outlet] = {}
    for text in body.split("\n"):
        flat, offsets = fold_with_offsets(text)
        for match in _SPOKEN_TO.finditer(flat):
            group = str(match.lastgroup)
            listed = text[slice(*original_span(match.span(group), offsets))].split()
            least = {"name": len(listed), "unmarked": 2, "bare": 1}[group]
            runs = (" ".join(listed[:size]) for size in range(len(listed), least - 1, -1))
            outlet = next(filter(None, map(known.named, runs)), None)
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
    """Return the one outlet on no list whose reporter people speak to («لمراسل راديو الفرات»)."""
    told = (text[m.end() :] for text in body.split("\n") for m in _REPORTER.finditer(text))
    found = (form for rest in told if (match := next(_forms(rest), "")) for form in (match,)
             if phrase(rest).startswith(phrase(form)))  # fmt: skip
    names = {phrase(name): name for name in found}
    return NameFound(next(iter(names.values())), "spoken to") if len(names) == 1 else None


_REPORTER = re.compile(r"(?<!\w)(?:لمراسلة?|لمراسلي|لكاميرا|لميكروفون) ")


def _by_address(text: str, known: OutletDirectory) -> NameFound | None:
    for handle in (*_HANDLE.findall(text), *_LINKED.findall(text)):
        if outlet := known.by_handle.get(handle.lower()):
            return NameFound(outlet.name, "handle", outlet)
    for address in ADDRESS.findall(text):
        if outlet := known.at(address):
            return NameFound(outlet.name, "address", outlet)
    return None


def repeats_outlet(text: str, known: OutletDirectory) -> bool:
    """Tell whether a row of links says a known outlet's name twice: its sections' («… سبورت»)."""
    outlet = outlet_within(text, known)
    return outlet is not None and phrase(text).count(phrase(outlet.name)) >= 2


_OF_A_KIND = re.compile("(?:موقع|صحيفه|جريده|شبكه|وكاله|مجله|بوابه|قناه|اذاعه) ")
_ITSELF = re.compile(
    r"(?P<name>.{2,40}?)[\s:،–-]+(?:هو |هي )?"
    r"(?:موقع|منصه|منظمه|موسسه|صحيفه|جريده|شبكه|وكاله|مجله|بوابه|قناه|اذاعه) .+"
)


def by_self_description(removed: Iterable[Removed], known: OutletDirectory) -> NameFound | None:
    """Return the known outlet that presents itself at the foot («رصيف منظمة غير ربحية»)."""
    for line in removed:
        flat, offsets = fold_with_offsets(line.text)
        if line.rule in _FOOT and _OF_A_KIND.match(flat) and (outlet := known.named(line.text)):
            return NameFound(outlet.name, "furniture", outlet)  # «شبكة الشروق», alone
        if line.rule in _FOOT and (match := _ITSELF.match(flat)):
            name = line.text[slice(*original_span(match.span("name"), offsets))]
            if outlet := known.named(name):
                return NameFound(outlet.name, "furniture", outlet)
    return None


_AMBIGUOUS = 4  # a folded name of fewer letters means an outlet only where it stands alone


def outlet_within(text: str, known: OutletDirectory) -> Outlet | None:
    """Return the known outlet whose longest spelling stands in `text`, a short furniture line."""
    listed = words(text)
    for size in range(min(6, len(listed)), 0, -1):
        for i in range(len(listed) - size + 1):
            for name in _spellings(listed[i : i + size]):
                outlet = known.by_name.get(name)
                if outlet and (size > 1 or _is_meant(name, listed[:i], listed[i + 1 :])):
                    return outlet
    return None


_KINDS_OF_OUTLET = frozenset(
    [
        "موقع",
        "صحيفه",
        "قناه",
        "وكاله",
        "شبكه",
        "جريده",
        "بوابه",
        "تطبيق",
        "لموقع",
        "لصحيفه",
        "لوكاله",
    ]
)


def _is_meant(name: str, before: Sequence[str], behind: Sequence[str]) -> bool:
    """Tell whether one word is an outlet and not the noun it also is («المدينة», «اليوم»).

    In «صحيفة نبض الساحل» it is the first of two; «موقع الجريدة» is any paper's own.
    """
    if stem(name) in _GENERIC:
        return False
    if not name.startswith("ال") and behind and _POSSESSOR.match(behind[0]):
        return False
    if before and before[-1] in _KINDS_OF_OUTLET:
        return True
    return len(name) >= _AMBIGUOUS and not name.startswith("ال")


_POSSESSOR = re.compile(r"ال\w+(?<!ي)(?<!يه)$")  # no adjective: «عمون الإخبارية»


def _spellings(run: Sequence[str]) -> tuple[str, ...]:
    text = " ".join(run)
    if run[0].startswith("لل"):
        return text, "ال" + text[2:]
    return (text, text[1:]) if run[0][:1] in "لبو" and len(run[0]) > 4 else (text,)
