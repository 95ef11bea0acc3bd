"""Kolada's answers, checked: every field that is used is there and is what it should be, or it is told where it is not.

A page of data: `{"values": [{"kpi", "municipality", "period", "values": [{"gender", "value", "status"}]}], "next_url"}`.
A page of regions: `{"values": [{"id", "title", "type"}], "next_url"}`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Generic, TypeVar

from hsf_kpi.access.person_number import like_person_number
from hsf_kpi.model.problems import HsfError, Problem

MOST_TOLD: Final = 10
WAIT: Final = "Försök igen senare. Är felet kvar kan Kolada ha ändrat sitt gränssnitt."
Item = TypeVar("Item")
_PERIOD: Final = re.compile(r"\d{4}(?:\d\d)?", re.ASCII)
_DELETED: Final = ("isdeleted", "is_deleted", "deleted")


class KoladaError(HsfError):
    """Kolada could not be reached, or answered something that can't be used."""


class Unfit(KoladaError):
    """Answers that are what they should be one by one, and do not fit together: they have to be fetched anew."""


@dataclass(frozen=True, slots=True)
class Given:
    """A value of one sex. value: None where there is none. status: Kolada's own word, "" for an ordinary value."""

    sex: str
    value: Decimal | None
    status: str = ""
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The values of one series in one region and period («2023», or a month «202301»)."""

    kpi: str
    region: str
    period: str
    values: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """next_url: as it stands in the answer, "" on the last page."""

    items: tuple[Item, ...]
    next_url: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    id: str
    title: str
    type: str


def parsed(body: bytes) -> object:
    """The JSON of an answer, numbers exact. ValueError when it is not whole and valid."""
    try:
        return json.loads(body, parse_float=Decimal, parse_constant=_refused)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise ValueError("not JSON") from error


def data_page(answer: object, where: str) -> Page[Row]:
    """KoladaError with what is wrong and where in the answer. where: the page, in words."""
    return _page(answer, where, _row)


def region_page(answer: object, where: str) -> Page[Region]:
    return _page(answer, where, _region)


class _Wrong(Exception):
    """A field of the wrong kind. place: «values[3].period»."""

    def __init__(self, place: str, found: object, wanted: str) -> None:
        super().__init__(place)
        self.place, self.found, self.wanted = place, found, wanted


def _page(answer: object, where: str, read: Callable[[Mapping[str, object], str], Item]) -> Page[Item]:
    problems: list[Problem] = []
    items: list[Item] = []
    try:
        whole = _object(answer, "svaret")
        next_url = _text(whole, "next_url", "", optional=True)
        rows = list(_rows(whole, ""))
    except _Wrong as wrong:
        raise KoladaError(_told(wrong, where)) from None
    for place, row in rows:
        try:
            items.append(read(_object(row, place), f"{place}."))
        except _Wrong as wrong:
            problems.append(_told(wrong, where))
            if len(problems) == MOST_TOLD:
                break
    if problems:
        raise KoladaError(problems)
    return Page(tuple(items), next_url)


def _row(row: Mapping[str, object], at: str) -> Row:
    period = row.get("period")
    if not isinstance(period, int | str) or not _PERIOD.fullmatch(str(period)):
        raise _Wrong(f"{at}period", period, "ett år")
    values = (_given(_object(value, place), f"{place}.") for place, value in _rows(row, at))
    return Row(_text(row, "kpi", at), _text(row, "municipality", at), str(period), tuple(values))


def _given(value: Mapping[str, object], at: str) -> Given:
    number = value.get("value")
    if isinstance(number, bool) or not (number is None or isinstance(number, int | Decimal)):
        raise _Wrong(f"{at}value", number, "ett tal")
    return Given(
        _text(value, "gender", at),
        None if number is None else Decimal(number),
        _text(value, "status", at, optional=True),
        any(value.get(name) is True for name in _DELETED),
    )


def _region(row: Mapping[str, object], at: str) -> Region:
    return Region(_text(row, "id", at), _text(row, "title", at), _text(row, "type", at, optional=True))


def _rows(holder: Mapping[str, object], at: str) -> Iterator[tuple[str, object]]:
    values = holder.get("values")
    if not isinstance(values, list):
        raise _Wrong(f"{at}values", values, "en lista")
    return ((f"{at}values[{i}]", value) for i, value in enumerate(values))


def _object(value: object, place: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _Wrong(place, value, "ett objekt")
    return value


def _text(holder: Mapping[str, object], name: str, at: str, *, optional: bool = False) -> str:
    value = holder.get(name)
    if value is None and optional:
        return ""
    if not isinstance(value, str):
        raise _Wrong(f"{at}{name}", value, "en text")
    return value


def _told(wrong: _Wrong, where: str) -> Problem:
    found = "fältet saknas" if wrong.found is None else f"där står {_shown(wrong.found)}"
    return Problem(f"Kolada svarade inte {wrong.wanted} i {wrong.place} ({found}).", where, WAIT)


def _shown(value: object) -> str:
    if isinstance(value, list | dict):
        return "en lista" if isinstance(value, list) else "ett objekt"
    text = str(value)
    return "något som inte kan visas" if like_person_number(text) else f"”{text[:40]}”"


def _refused(name: str) -> object:
    raise ValueError(f"{name} is no number")
