"""The form of the archive's face: settings of site.yaml ↔ the names and values of a form. Pure.

A name says where its value is: `name`, `colours.link.dark`, `navigation.2.label`. What changes as
one is a *unit*: a setting, one colour, the whole menu.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from warraq.base.config import FILE
from warraq.base.controls import without_controls
from warraq.base.marked_yaml import MappingNode, Node, ScalarNode, SequenceNode, compose, pairs
from warraq.base.problems import Problem, WarraqError, error
from warraq.desk.whole_numbers import whole_number
from warraq.editing.settings_text import Setting, with_settings

Values = Mapping[str, str]  # the inputs that hold something

TEXTS = ("name", "description", "foot", "lang")
CHOICES = {
    "fonts": ("system", "naskh"),
    "months": ("dual", "levantine", "egyptian", "maghreb"),
    "digits": ("latn", "arab"),
    "hijri": ("false", "true"),
    "week_start": ("saturday", "sunday", "monday"),
}
PICTURES = ("logo", "logo_dark", "icon", "share")
COLOURS = ("accent", "link", "paper", "ink")
SCHEMES = ("light", "dark")
MENU = "navigation"
LISTS = ("font_files", "extra_css")
UNITS = (
    *TEXTS,
    *CHOICES,
    *PICTURES,
    *(f"colours.{name}" for name in COLOURS),
    MENU,
    *LISTS,
)
_MENU_PARTS = ("label", "url")
_AT = "at"  # the place in the menu that an editor gives an entry
_MOST = 200  # entries of a list; a menu has ten


class MergedFace(NamedTuple):
    """The text of site.yaml with a form's changes, the units changed, and those in conflict."""

    text: str
    changed: tuple[str, ...]
    conflicts: tuple[str, ...] = ()


def values_of(text: str) -> dict[str, str]:
    r"""Return the inputs' values for a site.yaml. Raises WarraqError if it is no YAML.

    >>> values_of("name: أ\ncolours: {link: '#00539b'}\n")
    {'name': 'أ', 'colours.link.light': '#00539b'}
    """
    root = compose(without_controls(text), FILE)
    known = {key: node for key, _, node in pairs(root)} if root else {}
    found: dict[str, str] = {}
    for key in (*TEXTS, *CHOICES, *PICTURES):
        found[key] = _scalar(known.get(key))
    colours = known.get("colours")
    for key, _, node in pairs(colours) if isinstance(colours, MappingNode) else ():
        if key in COLOURS:
            found |= _colour(f"colours.{key}", node)
    for key in LISTS:
        for number, node in enumerate(_items(known.get(key))):
            found[f"{key}.{number}"] = _scalar(node)
    for number, node in enumerate(_items(known.get(MENU))):
        for key, _, part in pairs(node) if isinstance(node, MappingNode) else ():
            if key in _MENU_PARTS:
                found[f"{MENU}.{number}.{key}"] = _scalar(part)
    return {name: value for name, value in found.items() if value}


def _items(node: Node | None) -> list[Node]:
    return list(node.value) if isinstance(node, SequenceNode) else []


def _scalar(node: Node | None) -> str:
    return _line(node.value) if isinstance(node, ScalarNode) else ""


def _colour(name: str, node: Node) -> dict[str, str]:
    if isinstance(node, ScalarNode):
        return {f"{name}.light": _line(node.value)}
    schemes = pairs(node) if isinstance(node, MappingNode) else ()
    return {f"{name}.{key}": _scalar(value) for key, _, value in schemes if key in SCHEMES}


def _line(value: str) -> str:
    return " ".join(without_controls(value).split())


def sent_values(form: Values) -> dict[str, str]:
    """Return what a form says of the face, as `values_of` returns it: the menu in its order."""
    rows = sorted(_rows(form, MENU), key=lambda number: (_place(form, number), number))
    menu = {
        f"{MENU}.{at}.{part}": form.get(f"{MENU}.{number}.{part}", "")
        for at, number in enumerate(rows)
        for part in _MENU_PARTS
    }
    listed = {
        f"{key}.{at}": form[f"{key}.{number}"]
        for key in LISTS
        for at, number in enumerate(_rows(form, key))
    }
    colours = {
        name: form.get(name, "")
        for name in (f"colours.{c}.{scheme}" for c in COLOURS for scheme in SCHEMES)
    }
    single = {key: form.get(key, "") for key in (*TEXTS, *CHOICES, *PICTURES)}
    lines = {name: _line(v) for name, v in (single | colours | listed | menu).items()}
    return {name: value for name, value in lines.items() if value}


def _rows(form: Values, key: str) -> list[int]:
    """Return the numbers of the rows of a list that hold something."""
    found = set()
    for name, value in form.items():
        number, _, part = name.removeprefix(f"{key}.").partition(".")
        row = whole_number(number) if name.startswith(f"{key}.") else None
        is_row = part in _MENU_PARTS if key == MENU else not part
        if row is not None and is_row and value.strip():
            found.add(row)
    return sorted(found)[:_MOST]


def _place(form: Values, number: int) -> float:
    given = form.get(f"{MENU}.{number}.{_AT}", "").strip()
    try:
        return int(given) if len(given) <= len(str(_MOST)) else number + 1
    except ValueError:
        return number + 1


def unit_of(values: Values, unit: str) -> Setting:
    """Return what `values` say of a unit as site.yaml would have it, None for nothing.

    >>> unit_of({"colours.link.light": "#00539b", "colours.link.dark": "#8cc2ff"}, "colours.link")
    {'light': '#00539b', 'dark': '#8cc2ff'}
    """
    if unit == "hijri" and values.get(unit) in {"true", "false"}:
        return values[unit] == "true"
    if unit in values:
        return values[unit]
    if unit in LISTS:
        return [values[f"{unit}.{number}"] for number in _rows(values, unit)] or None
    if unit == MENU:
        rows = [
            {part: values.get(f"{MENU}.{number}.{part}", "") for part in _MENU_PARTS}
            for number in _rows(values, MENU)
        ]
        return list(rows) or None
    schemes: dict[str, object] = {
        scheme: values[f"{unit}.{scheme}"] for scheme in SCHEMES if f"{unit}.{scheme}" in values
    }
    if schemes.keys() == {"light"}:
        return values[f"{unit}.light"]
    return schemes or None


def merged(opened: str, mine: Values, now: str) -> MergedFace:
    r"""Return `now` with all that `mine` says otherwise than `opened`, texts with LF line ends.

    A unit that both changed otherwise is a conflict, and the text is as now. Raises WarraqError if
    a text cannot be read, or is laid out in a way that this module cannot change.

    >>> merged("name: أ\n", {"name": "أ", "foot": "ب"}, "name: ج\n")
    MergedFace(text='name: ج\nfoot: ب\n', changed=('foot',), conflicts=())
    """
    base, theirs = values_of(opened), values_of(now)
    changed: list[str] = []
    conflicts: list[str] = []
    for unit in UNITS:
        was, ours, have = (unit_of(values, unit) for values in (base, mine, theirs))
        if ours in (was, have):
            continue
        (changed if have == was else conflicts).append(unit)
    if conflicts or not changed:
        return MergedFace(now, (), tuple(conflicts))
    wanted = {unit: unit_of(mine if unit in changed else theirs, unit) for unit in UNITS}
    text = with_settings(now, dict(_settings(wanted, changed)))
    found = values_of(text)
    if any(unit_of(found, unit) != wanted[unit] for unit in UNITS):
        raise WarraqError([error("settings-layout", FILE)])
    return MergedFace(text, tuple(changed))


def _settings(
    wanted: Mapping[str, Setting], changed: Iterable[str]
) -> Iterator[tuple[str, Setting]]:
    """Yield the keys of site.yaml that units are in, and what they hold."""
    for key in dict.fromkeys(unit.partition(".")[0] for unit in changed):
        if key == "colours":
            units = {name: wanted[f"colours.{name}"] for name in COLOURS}
            yield key, {name: value for name, value in units.items() if value} or None
        else:
            yield key, wanted[key]


def unit_named(name: str) -> str:
    """Return the unit that an input belongs to, "" if none."""
    return next((unit for unit in UNITS if name == unit or name.startswith(f"{unit}.")), "")


def inputs_of(problem: Problem, values: Values) -> tuple[str, ...]:
    """Return the inputs that a problem is about, none if that cannot be known.

    >>> inputs_of(error("setting-invalid", key="colours", value="#1"), {"colours.ink.dark": "#1"})
    ('colours.ink.dark',)
    """
    args = dict(problem.args)
    key, value = args.get("key", ""), args.get("value", "")
    if problem.code.startswith("colour-faint-"):
        return (f"colours.{key}.{problem.code.rpartition('-')[2]}",)
    if problem.code == "site-name":
        return ("name",)
    if key in {*TEXTS, *CHOICES, *PICTURES}:
        return (key,)
    inner = [name for name in values if name.startswith(f"{key}.")]
    exact = [name for name in inner if value and values[name].startswith(value)]
    return tuple(exact[:1] or inner[:1])
