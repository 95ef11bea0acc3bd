"""Timelines as the pages have them: a plan by tertials, and a road of years with points in time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hsf_kpi.figures.figure import Figure, Value
from hsf_kpi.figures.timelines import YEAR, Bar, timeline_figure
from hsf_kpi.model.codes import Origin
from tests.figures.figure_samples import CONTEXT

DONE, ONGOING, LATE, WAITING = "klar", "pagar", "forsenad", "ej_paborjad"
DAY = dt.date
NOW = DAY(2023, 10, 31)
BARS = (
    Bar(
        "A. Etablera sjukhusvård i hemmet",
        "Omställning",
        DAY(2023, 1, 1),
        DAY(2023, 12, 31),
        ONGOING,
        "AS, NV",
    ),
    Bar("F. Reviderat program", "Omställning", DAY(2023, 1, 1), DAY(2023, 4, 30), DONE, "HSD"),
    Bar("F. Reviderat program", "Omställning", DAY(2023, 1, 1), DAY(2025, 12, 31), LATE, "HSD, NV"),
    Bar("M. Seniorhälsovård", "Hälsofrämjande", DAY(2024, 5, 1), DAY(2024, 12, 31), WAITING, ""),
)


def timeline(*bars: Bar, **changes) -> Figure:
    """Without bars, those of BARS."""
    told = {
        "slug": "prov",
        "title": "En av tre åtgärder är försenad",
        "sentence": "Tre åtgärder.",
        "now": NOW,
    }
    return timeline_figure(
        caption="Åtgärder. Hälso- och sjukvårdsförvaltningen.", context=CONTEXT, bars=bars or BARS,
        source="Källa: Förvaltningsplan 2023–2025.", origins={Origin.PUBLISHED}, **(told | changes),
    )  # fmt: skip


def road() -> Figure:
    """A point in time, one with a status, and a lane whose time nobody has given."""
    figure = timeline(
        Bar("Närmre vård", "", DAY(2020, 3, 1), DAY(2020, 3, 1), "", "Beslut i regionfullmäktige"),
        Bar("Närmre vård", "", DAY(2021, 1, 1), DAY(2029, 12, 31), "", ""),
        Bar("Läkare i vården", "", DAY(2023, 5, 1), DAY(2023, 5, 1), DONE, "delmål 1"),
        Bar("Utan tid", "", DAY(2023, 5, 1), DAY(2023, 5, 1), WAITING, "NV"),
        grain=YEAR,
    )
    *rows, last = figure.rows
    days = {i for i, column in enumerate(figure.columns) if column.key in ("first", "last")}
    without: tuple[Value, ...] = tuple(None if i in days else value for i, value in enumerate(last))
    return replace(figure, rows=(*rows, without))


def plan(count: int, groups: int = 3) -> Figure:
    """So many lanes with long names, every fourth with two bars on each other, in that many groups."""
    words = (
        "Genomför pågående utredning och presentera förslag på hur behovet av denna undersökning bäst möts"
    )
    found = []
    for i in range(count):
        name = f"{i}. {words}"[: 40 + i * 3]
        group = f"Insatsområde {i * groups // count}, med fler ord än en rad på en telefon rymmer"
        states = (DONE, ONGOING, LATE, WAITING, "")
        for k in range(2 if i % 4 == 0 else 1):
            last = DAY(2023 + (i + k) % 3, 12, 31)
            found.append(
                Bar(
                    name,
                    group,
                    DAY(2023, 1, 1),
                    last,
                    states[i % 5],
                    f"HSD, NV (uppdrag {i}.{k})" + ", och mer som sägs om den" * (i % 3),
                )
            )
    return timeline(*found)
