"""The shape of uppdrag.toml: which fields, of which types. What they mean together is checked in `missions`."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import Field, PlainValidator

from hsf_kpi.ingest.definitions.fields import Id, Text, wrong
from hsf_kpi.ingest.definitions.shapes import Shape
from hsf_kpi.model.mission import Giver, TimePlan
from hsf_kpi.model.period import Month

_NUMBER = re.compile(r"[1-9]\d{0,2}(\.[1-9]\d?)?", re.ASCII)
_LETTER = re.compile(r"[A-ZÅÄÖ]")
_TIME = re.compile(r"(?:.+ )?(?P<first>\d{4})(?:–(?P<last>\d{4}))?", re.ASCII)
_TERTIAL = re.compile(r"(?:.+ )?T(?P<tertial>[123]) \d{4}", re.ASCII)
_TERTIAL_MONTHS = 4


def _number(value: Any) -> str:
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise wrong(f"”{value}” är inget nummer på ett uppdrag.", 'Skriv det som "2" eller "2.1".')
    return value


def _letter(value: Any) -> str:
    if not isinstance(value, str) or not _LETTER.fullmatch(value):
        raise wrong(f"”{value}” är ingen bokstav för en åtgärd.", 'Skriv en stor bokstav, till exempel "A".')
    return value


def _time(value: Any) -> TimePlan:
    todo = 'Skriv år, flera år eller tertial, till exempel "2023", "2023–2025" eller "T1 2023".'
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise wrong(f"”{value}” är ingen tidplan.", todo)
    first, last = int(found["first"]), int(found["last"] or found["first"])
    if last < first:
        raise wrong(f"Tidplanen slutar {last} men börjar {first}.", "Skriv det första året först.")
    tertial = _TERTIAL.fullmatch(value)
    try:
        if tertial is not None:
            start = Month.of(first, 1 + (int(tertial["tertial"]) - 1) * _TERTIAL_MONTHS)
            return TimePlan(value, start, start + (_TERTIAL_MONTHS - 1))
        return TimePlan(value, Month.of(first, 1), Month.of(last, 12))
    except ValueError:
        raise wrong(f"”{value}” är ingen tidplan.", todo) from None


Number = Annotated[str, PlainValidator(_number)]
Letter = Annotated[str, PlainValidator(_letter)]
TimeText = Annotated[TimePlan, PlainValidator(_time)]


class FunctionShape(Shape):
    """A function that is responsible. Its id is the plan's own short name, with capitals. unit: whose head it is."""

    id: Text
    name: Text
    unit: Id | None = None


class FocusAreaShape(Shape):
    id: Id
    name: Text


class GoalsShape(Shape):
    """The mål and the måldokument of a målområde."""

    goal_area: Id
    council: list[Text] = Field(default=[])
    board: list[Text] = Field(default=[])
    documents: list[Text] = Field(default=[])


class MissionShape(Shape):
    id: Number
    giver: Annotated[Giver, Field(strict=False)]
    goal_area: Id
    text: Text


class PlanActionShape(Shape):
    id: Letter
    focus_area: Id
    title: Text


class LinkShape(Shape):
    """A row of the plan's table: one åtgärd, and the uppdrag that it serves in the same way."""

    missions: Annotated[list[Number], Field(min_length=1)]
    action: Letter
    time: TimeText
    responsible: Annotated[list[Text], Field(min_length=1)]
    wording: str = ""


class AnswerShape(Shape):
    mission: Number | None = None
    goal_area: Id | None = None
    text: Text
    every_action: bool = False
    time: TimeText | None = None
    responsible: list[Text] = Field(default=[])


class MissionsShape(Shape):
    source: Text
    mission_notes: list[Text] = Field(default=[])
    action_notes: list[Text] = Field(default=[])
    function: Annotated[list[FunctionShape], Field(min_length=1)]
    focus_area: Annotated[list[FocusAreaShape], Field(min_length=1)]
    goals: list[GoalsShape] = Field(default=[])
    mission: Annotated[list[MissionShape], Field(min_length=1)]
    action: Annotated[list[PlanActionShape], Field(min_length=1)]
    link: list[LinkShape] = Field(default=[])
    answer: list[AnswerShape] = Field(default=[])
