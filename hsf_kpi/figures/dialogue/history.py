"""Every version of an analysis, newest first: what was said, by whom and when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from hsf_kpi.figures.captions import caption
from hsf_kpi.figures.dialogue.words import day, one_line, source_words, who, year_end_text
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.shape import slug
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.dialogue import Analysis
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_text

SOURCE = "analyser som verksamheten har lämnat till dialogen"


def history_table(
    versions: Sequence[Analysis],
    measure: Measure,
    month: Month,
    *,
    context: Context,
    origins: Collection[Origin] = (),
) -> Figure:
    """versions: of one unit, month and measure, newest first."""
    own = replace(context, period=month_text(month), view="", sex="")
    return Figure(
        kind=FigureKind.TABLE,
        slug=f"dialog-historik-{slug(measure.key)}",
        title=_title(versions),
        caption=caption(f"Analysens alla versioner, {measure.name}", own),
        context=own,
        columns=(
            Column("version", "Version", Role.LABEL),
            Column("when", "Lämnad", Role.TEXT),
            Column("who", "Av", Role.TEXT),
            Column("text", "Analys", Role.NOTE),
            Column("year_end", "Helårsbedömning", Role.TEXT),
            Column("year_end_reason", "Skäl till helårsbedömningen", Role.NOTE),
        ),
        rows=tuple(_row(one) for one in versions),
        sentence=f"Tabell med {_counted(len(versions))}, {measure.name}, {own.unit}, {own.period}.",
        source=source_words(SOURCE, origins),
        origins=frozenset(origins),
        empty="" if versions else f"Ingen analys är lämnad för {own.period}.",
        options={
            "shown": "version,when,who,text,year_end",
            "file": "version,when,who,text,year_end,year_end_reason",
            "month": month.iso,
        },
    )


def _row(one: Analysis) -> tuple[Value, ...]:
    return (
        "" if one.written is None else str(one.written.version),
        day(one.written),
        who(one.written),
        one_line(one.text),
        year_end_text(one.year_end),
        one_line(one.year_end_reason),
    )


def _title(versions: Sequence[Analysis]) -> str:
    changes = len(versions) - 1
    if changes < 0:
        return "Ingen analys är lämnad"
    if not changes:
        return "Analysen har inte ändrats sedan den lämnades"
    return f"Analysen har ändrats {'en gång' if changes == 1 else f'{how_many(changes)} gånger'}"


def _counted(count: int) -> str:
    return "en version" if count == 1 else f"{how_many(count)} versioner"
