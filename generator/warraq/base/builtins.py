"""Structs as plain data, the same for equal structs.

`msgspec.to_builtins` omits a default only if it is the identical object; a struct that came back
from another process would keep fields that its equal omits.
"""

from functools import cache

import msgspec

_SCALARS, _LISTS = (str, int, type(None)), (tuple, list)


def to_builtins(value: object) -> object:
    """Return `value` as dicts, lists and scalars, without fields that equal their default.

    >>> from warraq.model import Credit
    >>> to_builtins((Credit("بوابة", url=""),))
    [{'name': 'بوابة'}]
    """
    if isinstance(value, _SCALARS):  # most values are
        return value
    if isinstance(value, msgspec.Struct):
        return fields_of(value)
    if isinstance(value, _LISTS):
        return [to_builtins(item) for item in value]
    if isinstance(value, dict):
        return {key: to_builtins(item) for key, item in value.items()}
    return msgspec.to_builtins(value)


def fields_of(struct: msgspec.Struct) -> dict[str, object]:
    """Return the fields of `struct` that differ from their defaults, in order, as builtins."""
    return {
        key: to_builtins(own)
        for name, key, default in _defaults(type(struct))
        if (own := getattr(struct, name)) != default
    }


@cache
def _defaults(kind: type[msgspec.Struct]) -> tuple[tuple[str, str, object], ...]:
    """Return (attribute, key in the data, default) of each field."""
    return tuple(
        (field.name, field.encode_name, field.default)
        if field.default_factory is msgspec.NODEFAULT
        else (field.name, field.encode_name, field.default_factory())
        for field in msgspec.structs.fields(kind)
    )
