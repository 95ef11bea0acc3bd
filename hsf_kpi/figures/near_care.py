"""Nära vård as figures: what the forecast says, the population as it has been, and the programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.words import listed
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.near_care_words import (
    NOT_TOLD,
    counts_text,
    forecast_titles,
    percent_text,
    programme_titles,
    unsaid_words,
    years_of,
)
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.shape import unique
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.near_care import NearCare, Project
from hsf_kpi.swedish.numbers import DASH


def forecast_table(care: NearCare, *, context: Context) -> Figure:
    """A row for each age that the source names, then the counts that it gives without one. At least one forecast."""
    rows: list[tuple[Value, ...]] = [
        (
            one.age,
            percent_text(one.percent, sign=True),
            f"{how_many(one.years)} år",
            str(one.until) if one.until else NOT_TOLD,
            one.text,
            one.percent,
            one.years,
        )
        for one in care.forecasts
    ]
    if care.count is not None:
        rows.append(
            (
                NOT_TOLD,
                f"{counts_text(care.count)}, beräknat {percent_text(care.count.percent, 1, sign=True)}",
                f"{how_many(years_of(care.count))} år",
                str(care.count.last_year),
                care.count.text,
                round(float(care.count.percent), 1),
                years_of(care.count),
            )
        )
    return _table(
        care,
        context,
        slug="befolkningsprognos",
        title=fitting(forecast_titles(care)),
        caption="Befolkningsprognos, med källans ord.",
        columns=(
            Column("age", "Ålder", Role.LABEL),
            Column("change", "Förändring", Role.TEXT),
            Column("during", "Under", Role.TEXT),
            Column("until", "Till", Role.TEXT),
            Column("text", "Vad källan säger", Role.TEXT),
            Column("percent", "Förändring, procent", Role.OUTCOME, decimals=1),
            Column("years", "Antal år", Role.COUNT),
        ),
        rows=rows,
        sentence=f"Tabell med {how_many(len(rows))} uppgifter ur prognosen: "
        f"{listed([f'{one.age} {percent_text(one.percent, sign=True)}' for one in care.forecasts])}.",
        source=care.forecast_source,
        help_=unsaid_words(care),
        shown="age,change,during,until,text",
        file="age,percent,years,until,text",
    )


def programme_table(care: NearCare, *, context: Context) -> Figure:
    """A row for each målområde, then what goes through them all."""
    rows: list[tuple[Value, ...]] = [
        (area.name, area.aim, "; ".join(_project(one) for one in area.projects) or NOT_TOLD)
        for area in care.target_areas
    ]
    if care.contract is not None:
        name = f"{care.contract.heading}: {care.contract.name.lower()}"
        rows.append((name, care.contract.aim, "Gäller alla målområden"))
    return _table(
        care,
        context,
        slug="program-nara-vard",
        title=fitting(programme_titles(care)),
        caption=f"Programmets målområden, syften och projekt. {care.area}, med källans ord.",
        columns=(
            Column("area", "Målområde", Role.LABEL),
            Column("aim", "Syfte", Role.TEXT),
            Column("projects", "Projekt", Role.TEXT),
        ),
        rows=rows,
        sentence=f"Tabell med {how_many(len(rows))} rader: målområde, syfte och projekt.",
        source=care.source,
        help_=sentences(
            f"Noder: {listed(care.nodes)}." if care.nodes else "",
            f"Programmet: {care.purpose[:1].lower()}{care.purpose[1:]}." if care.purpose else "",
            f"Samarbete mellan {listed(care.members)}." if care.members else "",
            *care.member_notes,
            *care.programme_notes,
        ),
        shown="area,aim,projects",
        file="area,aim,projects",
    )


def ahead_table(care: NearCare, *, context: Context) -> Figure:
    """What the source says is planned, and what goes on."""
    points = f"{how_many(len(care.plan))} {'punkt' if len(care.plan) == 1 else 'punkter'}"
    planned = f"Planen {care.plan_years}".strip()
    rows: list[tuple[Value, ...]] = [
        *((planned, one) for one in care.plan),
        *(("Just nu", one) for one in care.now),
    ]
    return _table(
        care,
        context,
        slug="plan-nara-vard",
        title=f"Programmet har {points} i planen och {how_many(len(care.now))} som pågår",
        caption=f"Planen och det som pågår. {care.area}, med källans ord.",
        columns=(Column("part", "Del", Role.LABEL), Column("text", "Vad", Role.TEXT)),
        rows=rows,
        sentence=f"Tabell med {points} ur planen och {how_many(len(care.now))} som pågår.",
        source=care.source,
        help_=sentences(*care.plan_notes),
        shown="part,text",
        file="part,text",
    )


def of_the_area(care: NearCare, context: Context, years: Sequence[int] = ()) -> Context:
    """What is of the whole county, whatever unit and month are chosen. years: that it spans, instead of the chosen month."""
    period = DASH.join(unique(map(str, (min(years), max(years))))) if years else ""
    return replace(
        context, unit=care.area, path=care.area, period=period, view="", sex="", organisation="", state=""
    )


def _project(project: Project) -> str:
    """«Seniorhälsovård (förslag)»"""
    return f"{project.name} ({project.state.value})" if project.state else project.name


def _table(
    care: NearCare,
    context: Context,
    *,
    slug: str,
    title: str,
    caption: str,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[Value, ...]],
    sentence: str,
    source: str,
    help_: str,
    shown: str,
    file: str,
) -> Figure:
    return Figure(
        kind=FigureKind.TABLE,
        slug=slug,
        title=title,
        caption=caption,
        context=of_the_area(care, context),
        columns=columns,
        rows=tuple(rows),
        sentence=sentence,
        source=f"Källa: {source}.",
        origins=frozenset({Origin.PUBLISHED}),
        help=help_,
        options={"shown": shown, "file": file},
    )
