"""The demo's hand-ins, as dialogue.toml gives them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

from hsf_kpi.ingest.demo.dialogue_settings import DialogueSettings, HandInSettings
from hsf_kpi.ingest.demo.settings import DemoSettings
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.dialogue import Analysis, HandIn, OwnForecast, PlannedAction, Ready, Written
from hsf_kpi.model.problems import Problem

LOGIN: Final = "demo"
_FILE: Final = "demo/dialogue.toml"
_WRITTEN, _READY = dt.time(10, 30), dt.time(15, 15)
_SWEDEN: Final = ZoneInfo("Europe/Stockholm")


def handins_of(dialogue: DialogueSettings) -> tuple[HandIn, ...]:
    """In the order of the file. What is of several versions stands in their order."""
    return tuple(_hand_in(one) for one in dialogue.hand_in)


def _hand_in(one: HandInSettings) -> HandIn:
    written = _written(one, one.on, _WRITTEN)
    analyses = [
        Analysis(
            one.unit,
            one.month,
            said.measure,
            said.text,
            said.year_end,
            said.reason,
            _written(one, said.on or one.on, _WRITTEN),
        )
        for said in one.analysis
    ]
    actions = [
        PlannedAction(
            unit=one.unit,
            month=one.month,
            measure=action.measure,
            what=action.what,
            responsible=action.responsible,
            due=action.due,
            effect=action.effect,
            amount=action.amount,
            written=written,
        )
        for action in one.action
    ]
    forecast = None
    if one.forecast is not None:
        forecast = OwnForecast(one.unit, one.month, one.forecast, one.forecast_reason, written)
    ready = Ready(one.unit, one.month, True, _written(one, one.on, _READY)) if one.ready else None
    return HandIn(one.unit, one.month, tuple(analyses), tuple(actions), forecast, ready)


def _written(one: HandInSettings, day: dt.date, time: dt.time) -> Written:
    return Written(LOGIN, one.name, dt.datetime.combine(day, time, _SWEDEN), 1)


def dialogue_problems(catalogue: Catalogue, settings: DemoSettings) -> Iterator[Problem]:
    """Units, months and figures that are not there; a day after the one that the demo is looked at."""
    general = settings.general
    seen: set[tuple[str, int]] = set()
    for i, one in enumerate(settings.dialogue.hand_in, 1):
        where = f"{_FILE}, fältet hand_in[{i}]"
        unit = catalogue.organisation.units.get(one.unit)
        if unit is None:
            yield Problem(f"Verksamheten ”{one.unit}” finns inte.", f"{where}.unit", "Rätta namnet.")
        elif not unit.exists_at(one.month):
            yield Problem(
                f"Verksamheten ”{one.unit}” finns inte {one.month}.",
                f"{where}.unit",
                "Rätta verksamheten eller månaden.",
            )
        if not general.first <= one.month <= general.last:
            yield Problem(f"{one.month} är inte en av demons månader.", f"{where}.month", "Rätta månaden.")
        if (one.unit, one.month.index) in seen:
            yield Problem(
                f"”{one.unit}” har lämnat in för {one.month} två gånger.", where, "Slå ihop dem till en."
            )
        seen.add((one.unit, one.month.index))
        days = [(f"{where}.on", one.on)]
        days += [(f"{where}.analysis[{k}].on", said.on or one.on) for k, said in enumerate(one.analysis, 1)]
        for field, day in days:
            if day > general.as_of:
                yield Problem(
                    f"{day} ligger efter dagen som demon betraktas.", field, "Välj en tidigare dag."
                )
        keys = [(f"{where}.analysis[{k}].measure", said.measure) for k, said in enumerate(one.analysis, 1)]
        keys += [(f"{where}.action[{k}].measure", action.measure) for k, action in enumerate(one.action, 1)]
        for field, key in keys:
            if key not in catalogue.measures:
                yield Problem(f"Nyckeltalet ”{key}” finns inte.", field, "Rätta namnet.")
