"""Plain dataclasses as what JSON can hold, and back: read by the types that the fields are declared with.

A field that has its default is left out, and one that is missing gets it. So a new field with a default changes neither
the editions that are there nor their hash. A default that is in use must therefore never be changed.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

Read = Callable[[Any], Any]

_SCALARS: Final = (str, int, float, bool, dt.date, dt.datetime, NoneType)
_TAGS: Final[Mapping[str, Read]] = {
    "date": dt.date.fromisoformat,
    "moment": dt.datetime.fromisoformat,
    "number": float,
}
"""What JSON has no word for, as an object of one field."""


def plain(value: Any) -> Any:
    """The value as JSON holds it. TypeError for what no frozen report may hold."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {"number": repr(float(value))}
    if isinstance(value, dt.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(plain(item) for item in value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        found = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: plain(item) for field, item in found if not _is_default(field, item)}
    raise TypeError(f"can't be frozen: {type(value).__name__}")


def _is_default(field: Field[Any], value: Any) -> bool:
    if field.default_factory is not MISSING:
        return bool(value == field.default_factory())
    # 0, 0.0 and False are equal.
    return field.default is not MISSING and type(value) is type(field.default) and value == field.default


@lru_cache(maxsize=256)
def reader(hint: Any) -> Read:
    """How a value of the declared type is read. It raises ValueError, TypeError or KeyError for anything else."""
    made, of = get_origin(hint), get_args(hint)
    if made is tuple and of[1:] == (...,):
        return _tuple(reader(of[0]))
    if made is frozenset:
        item = reader(of[0])
        return lambda raw: frozenset(item(one) for one in _checked(raw, list))
    if isinstance(made, type) and issubclass(made, Mapping):
        item = reader(of[1])
        return lambda raw: {key: item(one) for key, one in _checked(raw, dict).items()}
    if isinstance(hint, type) and is_dataclass(hint):
        return _dataclass(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    types = of if made in (Union, UnionType) else (hint,)
    others = [one for one in types if one not in _SCALARS]
    if len(others) == 1 and set(types) == {*others, NoneType}:
        item = reader(others[0])
        return lambda raw: None if raw is None else item(raw)
    if others:
        raise NotImplementedError(f"no way to freeze {hint}")
    return _scalar(types)


def _tuple(item: Read) -> Read:
    return lambda raw: tuple([item(one) for one in _checked(raw, list)])


def _dataclass(kind: type) -> Read:
    hints = get_type_hints(kind)
    read = {field.name: reader(hints[field.name]) for field in fields(kind)}
    return lambda raw: kind(**{name: read[name](value) for name, value in _checked(raw, dict).items()})


def _scalar(types: tuple[Any, ...]) -> Read:
    """A whole number may stand for a float, and comes back whole."""
    allowed = (*types, int) if float in types else types
    plainly = frozenset(one for one in allowed if one in (str, int, float, NoneType))

    def read(raw: Any) -> Any:
        if type(raw) in plainly:
            return raw
        value = raw
        if isinstance(raw, dict):
            ((tag, text),) = raw.items()
            value = _TAGS[tag](text)
        return _checked(value, allowed)

    return read


def _checked(raw: Any, kind: type | tuple[Any, ...]) -> Any:
    if not isinstance(raw, kind):
        raise TypeError(f"not as declared: {type(raw).__name__}")
    return raw
