"""Whether the steps of the demo's months can have happened: days in order, and the last released month as demo.toml says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hsf_kpi.ingest.demo.settings import DemoSettings
from hsf_kpi.model.month_step import Step
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import Problem

_FILE: Final = "demo/months.toml"


def months_problems(settings: DemoSettings) -> Iterator[Problem]:
    """Months that are not the demo's, days out of order or after the one that the demo is looked at."""
    general = settings.general
    released: Month | None = None
    before = None
    for i, one in enumerate(settings.months.step, 1):
        where = f"{_FILE}, fältet step[{i}]"
        if not general.first <= one.month <= general.last:
            yield Problem(f"{one.month} är inte en av demons månader.", f"{where}.month", "Rätta månaden.")
        if one.on > general.as_of:
            yield Problem(
                f"{one.on} ligger efter dagen som demon betraktas.", f"{where}.on", "Välj en tidigare dag."
            )
        if before is not None and one.on < before:
            yield Problem(f"{one.on} ligger före steget innan.", f"{where}.on", "Skriv stegen i tidsordning.")
        before = one.on
        if one.step is Step.RECONCILED and settings.economy.ledger is None:
            yield Problem(
                "Demon har ingen huvudbok att stämma av mot.", f"{where}.step", "Ta bort avstämningen."
            )
        if one.step is Step.RELEASED:
            released = one.month if released is None else max(one.month, released)
        if one.step is Step.REOPENED:
            if released is None or one.month > released:
                yield Problem(
                    f"{one.month} är inte frisläppt då.", f"{where}.month", "Frisläpp månaden först."
                )
            else:
                released = one.month - 1
    if released is not None and released != general.released:
        yield Problem(
            f"Stegen slutar med att {released} är den sista frisläppta månaden, men demo.toml säger"
            f" {general.released}.",
            f"{_FILE}, fältet step",
            "Ändra stegen eller released i demo.toml.",
        )
