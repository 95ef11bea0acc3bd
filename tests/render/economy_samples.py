"""A year like the demo's for the figures of the economy: plain values, no store."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate

import vl_convert

from hsf_kpi.analysis.economy.types import (
    Backtest,
    Bridge,
    BridgeStep,
    Contribution,
    ContributionRow,
    Deviation,
    NoForecast,
    Phasing,
    RunRate,
    StatisticalForecast,
    TargetPath,
    Trajectory,
    Yardstick,
)
from hsf_kpi.figures.economy.trajectory import Undated
from hsf_kpi.figures.figure import Figure
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.ledger import MNKR, Submitted, months_of
from hsf_kpi.model.period import Month
from hsf_kpi.render.image import VEGA_LITE, _register_fonts
from hsf_kpi.render.layers import NARROW
from hsf_kpi.render.screen import data, spec
from tests.figures.figure_samples import CONTEXT

DEMO = frozenset({Origin.DEMO})
SOURCE = "Källa: Demodata; −800 ur Förvaltningsplan 2023–2025, avsnitt 5.4.1."
HSF = replace(CONTEXT, period="jan–okt 2023", view="ackumulerat")
KIR = replace(
    HSF, unit_id="kir", unit="Kirurgkliniken", path="Hälso- och sjukvårdsförvaltningen › Kirurgkliniken"
)
UNDATED = Undated(-1035, "prognos enligt intranätet, år ej angivet", "−1 035 ur intranätet, år ej angivet")
PHASE = (40, 90, 120, 100, 85, 55, -10, 100, 210, 210)
"""Thousandths of October's deviation by month."""
MONTHLY = tuple(round(-194_300_000 * part / 1000) - 66_670_000 for part in PHASE)
STATISTICAL = StatisticalForecast(
    Month.of(2023, 10),
    (Month.of(2023, 11), Month.of(2023, 12)),
    (-922_000_000, -981_400_000),
    (-945_000_000, -1_031_000_000),
    (-899_000_000, -932_000_000),
    (-934_000_000, -1_007_000_000),
    (-910_000_000, -956_000_000),
    "säsongsmönster från tidigare år",
    False,
    Backtest((2021, 2022), 62_000_000, 90_000_000, 19, 22),
)
FORECASTS = (-800, -812, -834, -860, -880, -893, -900, -940, -950, -978)


def submitted(
    amounts: tuple[float, ...] = FORECASTS,
    year: int = 2023,
    *,
    units: int = 11,
    budget: int | None = 0,
    unit: str = "hsf",
) -> tuple[Submitted, ...]:
    """One a month from January, on the 20th; amounts in mnkr."""
    return tuple(
        Submitted(
            unit, dt.date(year, n, 20), Month.of(year, n), year, "Hälso- och sjukvårdsdirektören",
            round(mnkr * MNKR), None if budget is None else round(mnkr * MNKR) - budget, {}, units, 11,
        )
        for n, mnkr in enumerate(amounts, 1)
    )  # fmt: skip


def path(yardstick: Yardstick, year_end: int, phasing: Phasing = Phasing.EVEN, why: str = "") -> TargetPath:
    return TargetPath(
        yardstick, year_end, tuple(round(year_end * n / 12) for n in range(1, 13)), phasing, why
    )


def trajectory(
    monthly: tuple[int | None, ...] = MONTHLY,
    *,
    targets: tuple[TargetPath, ...] | None = None,
    forecasts: tuple[Submitted, ...] | None = None,
    statistical: StatisticalForecast | NoForecast = STATISTICAL,
    partial: tuple[int, ...] = (),
    last_year: int | None = -433_000_000,
    unit: str = "hsf",
    month: int | None = None,
) -> Trajectory:
    """monthly: the months booked so far in 2023, None for a missing one."""
    months = tuple(months_of(2023))
    number = month or max(len(monthly), 1)
    sums = list(accumulate(amount or 0 for amount in monthly))
    known = [amount for amount in monthly if amount is not None]
    targets = (
        (path(Yardstick.BUDGET, 0), path(Yardstick.PROVISION, -800 * MNKR)) if targets is None else targets
    )
    return Trajectory(
        unit=unit,
        year=2023,
        month=Month.of(2023, number),
        months=months,
        monthly=(*monthly, *(None,) * (12 - len(monthly))),
        accumulated=tuple(
            sums[i] if i < len(monthly) and monthly[i] is not None else None for i in range(12)
        ),
        to_date=sums[-1] if known else None,
        average=Fraction(sum(known), len(known)) if known else None,
        last_year_to_date=last_year,
        targets=targets,
        run_rates=(RunRate(Yardstick.PROVISION, -800 * MNKR, 2, Fraction(30_500_000)),),
        submitted=submitted() if forecasts is None else forecasts,
        statistical=statistical,
        gaps=tuple(Month.of(2023, i + 1) for i in range(number) if i >= len(monthly) or monthly[i] is None),
        partial=tuple(Month.of(2023, n) for n in partial),
    )


CLINIC = trajectory(
    tuple(round(-61_400_000 * part / 1000) - 8_000_000 for part in PHASE),
    targets=(path(Yardstick.BUDGET, -96_000_000, Phasing.LOADED),),
    forecasts=submitted((-96, -97, -99.4, -104, -112.3, -120, -133, -140, -150.2, -168.6), unit="kir"),
    statistical=NoForecast("Det behövs minst tre hela år."),
    last_year=-130_200_000,
    unit="kir",
)

UNITS = {
    "kir": ("Kirurgkliniken", -61_400),
    "med": ("Medicinkliniken", -38_200),
    "ope": ("Operation, anestesi och IVA", -27_900),
    "kop": ("Medicinkliniken Köping", -18_300),
    "aku": ("Akutmottagningen", -15_040),
    "psy": ("Vuxenpsykiatri", -12_640),
    "ovr": ("Planering och utveckling", -12_240),
    "nar": ("Mottagning för tidiga insatser", -9_140),
    "ron": ("Röntgenkliniken", -6_440),
    "lab": ("Laboratoriemedicin", -1_000),
    "hab": ("Habilitering", 2_100),
    "pri": ("Vårdval primärvård", 5_900),
}
NAMES = {key: name for key, (name, _) in UNITS.items()} | {"fl": "Förvaltningsledning"}


def contribution(
    amounts: dict[str | None, int | None] | None = None,
    *,
    yardstick: Yardstick = Yardstick.PROVISION,
    provision: int = 0,
    complete: bool = True,
) -> Contribution:
    """amounts: unit → tkr; the provision (tkr) is that of «fl», and in its amount."""
    amounts = {key: tkr for key, (_, tkr) in UNITS.items()} if amounts is None else amounts
    rows = [
        ContributionRow(
            unit,
            Deviation(None, None, None if tkr is None else tkr * 1000, tkr is not None),
            provision * 1000 if unit == "fl" else 0,
        )
        for unit, tkr in amounts.items()
    ]
    rows.sort(key=lambda row: (row.unit is None, row.deviation.amount or 0))
    total = sum(tkr or 0 for tkr in amounts.values()) * 1000
    months = tuple(Month.of(2023, n) for n in range(1, 11))
    return Contribution(yardstick, months, Deviation(total, 0, total, complete), tuple(rows))


def bridge(
    amounts: tuple[int, ...] = (508, 102, 45, -498, -357), start: int = -600, *, scale: int = MNKR
) -> Bridge:
    names = ("Förändring regionersättning", "Statsbidrag i budget 2023 jmfr 2022", "Övriga intäkter",
             "Anställda statsbidragsfinansierad pågående verksamhet (ej budgeterade föregående år), löneöversyn och"
             " ökade sociala avgifter mellan budget 2022 och 2023", "Övriga kostnader, köpt vård, material")  # fmt: skip
    steps = tuple(BridgeStep(f"s{i}", names[i % 5], amount * scale) for i, amount in enumerate(amounts))
    return Bridge("plan", "Ingående underskott FV-plan 2022", start * scale, steps,
                  "Underskottspost Förvaltningsplan 2023", (start + sum(amounts)) * scale)  # fmt: skip


def drawn(figure: Figure, width: int, *, dark: bool = False) -> str:
    """SVG of the chart alone, as the page draws it in a container of that width."""
    _register_fonts()
    whole = dict(spec(figure, dark)) | {
        "data": {"name": "source", "values": json.loads(data(figure).to_json(orient="records"))},
        "width": width,
    }
    narrow = {"name": "narrow", "value": width < NARROW}
    whole["params"] = [narrow if p["name"] == "narrow" else p for p in whole["params"]]
    return vl_convert.vegalite_to_svg(whole, vl_version=VEGA_LITE)
