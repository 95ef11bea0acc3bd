"""Lines as the pages have them: regions beside each other, a population with its forecast."""

from __future__ import annotations

from hsf_kpi.figures.figure import Figure, Mark, Role
from hsf_kpi.figures.lines import BEST, CHOSEN, FORECAST, NATIONAL, OTHER, OWN, Line, lines_figure
from hsf_kpi.model.codes import Origin, UnitOfMeasure
from tests.figures.figure_samples import CONTEXT

REGIONS = (
    Line("Västmanland", OWN, {2021: 50.1, 2022: 51.0, 2023: 52.4}),
    Line("Riket", NATIONAL, {2021: 55.0, 2022: 55.5, 2023: 56.0}),
    Line("Västra Götalandsregionen", CHOSEN, {2021: 53.0, 2022: 53.1, 2023: 52.5}),
    Line("Örebro län", CHOSEN, {2021: 58.0, 2022: None, 2023: 59.0}),
    Line("Halland", BEST, {2021: 61.0, 2022: 62.0, 2023: 63.5}),
    Line("Gotland", OTHER, {2021: 49.0, 2023: 48.0}),
)
POPULATION = (
    Line("Västmanlands län", OWN, {2022: 280_713, 2023: 280_813, 2024: 281_158}),
    Line("Prognos", FORECAST, {2025: 282_000, 2026: 283_000}),
)
TARGET = Mark(Role.TARGET_LOW, "Mål 60 %", 60.0, 60.0)


def lines(*series: Line, **changes) -> Figure:
    """Without series, those of REGIONS."""
    told = {
        "slug": "prov",
        "title": "Västmanland är under riket",
        "caption": "Andel, procent. Regionerna, 2021–2023.",
        "context": CONTEXT,
        "unit": UnitOfMeasure.PERCENT,
        "decimals": 1,
        "series": series or REGIONS,
        "sentence": "Sex linjer, 2021–2023.",
        "source": "Källa: Kolada U70455.",
        "origins": {Origin.PUBLISHED},
    }
    return lines_figure(**(told | changes))
