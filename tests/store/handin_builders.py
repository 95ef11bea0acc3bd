"""Short hand-ins for the tests of their store, and short questions to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hsf_kpi.model.dialogue import Analysis, HandIn, OwnForecast, PlannedAction, YearEnd
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError
from hsf_kpi.store.handins import HandInStore
from tests.store.asking import CAT
from tests.store.builders import everyone, m

OCTOBER = m("2023-10")
ME, YOU = ("chef", "Verksamhetschef, Kirurgi"), ("stab", "Controller")


def analysis(text: str = "Färre tider.", **changes: Any) -> Analysis:
    plain: dict[str, Any] = {"unit": "kirurgi", "month": OCTOBER, "measure": "andel", "text": text}
    return Analysis(**plain | changes)


def judged(text: str = "Färre tider.", **changes: Any) -> Analysis:
    return analysis(text, year_end=YearEnd.PARTLY, year_end_reason="Hösten är bättre.", **changes)


def action(what: str = "Fler kvällar", **changes: Any) -> PlannedAction:
    plain: dict[str, Any] = {
        "unit": "kirurgi",
        "month": OCTOBER,
        "measure": "andel",
        "what": what,
        "responsible": "Verksamhetschef",
        "due": m("2023-12"),
        "effect": "Kortare väntan",
    }
    return PlannedAction(**plain | changes)


def forecast(result: int = -134_000_000, **changes: Any) -> OwnForecast:
    plain: dict[str, Any] = {"unit": "kirurgi", "month": OCTOBER, "result": result, "reason": "Som i juni."}
    return OwnForecast(**plain | changes)


def stands(handins: HandInStore, unit: str = "kirurgi", month: Month = OCTOBER) -> HandIn:
    found = handins.read(everyone(CAT), CAT, [unit], month, month)
    return found[0] if found else HandIn(unit, month)


def told_to_reload(save: Callable[[], object]) -> None:
    with pytest.raises(DataError, match=r"Någon annan har ändrat .+ sedan du öppnade sidan\. Kopiera det"):
        save()
