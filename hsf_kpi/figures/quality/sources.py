"""The sources: what each has brought and when it last came, and where every measure comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hsf_kpi.analysis.quality import Arrived, Cover
from hsf_kpi.figures.captions import caption
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.quality.words import UNKNOWN, day_of, from_words, load_words, register_of, sources_line
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.quality import SourceLoad
from hsf_kpi.swedish.dates import month_short
from hsf_kpi.swedish.numbers import number
from hsf_kpi.swedish.words import ORIGIN_WORD, sentence_start


def sources_table(
    loads: Sequence[SourceLoad],
    covers: Sequence[Cover],
    profiles: Mapping[str, str],
    *,
    context: Context,
) -> Figure:
    """A row for each source. loads: newest first. covers: how far each measure has come; it counts under the source of its
    latest load. profiles: key → name.
    """
    by_source: dict[str, list[SourceLoad]] = {}
    for one in loads:
        by_source.setdefault(_source_name(one, profiles), []).append(one)
    of_measure: dict[str, str] = {}
    for one in loads:
        of_measure.setdefault(one.measure, _source_name(one, profiles))
    rows = tuple(
        _source_row(name, found, [c for c in covers if of_measure.get(c.key) == name])
        for name, found in by_source.items()
    )
    newest = max(loads, key=lambda one: one.came.load, default=None)
    title = (
        "Ingen källa har värden här"
        if newest is None
        else f"{number(len(rows), 0)} {'källa' if len(rows) == 1 else 'källor'}, senast inläst {day_of(newest.came.at)}"
    )
    return Figure(
        kind=FigureKind.TABLE,
        slug="kallor",
        title=title,
        caption=caption("Källor till de värden som gäller, de senaste tre åren", context),
        context=context,
        columns=(
            Column("source", "Källa", Role.LABEL),
            Column("origin", "Ursprung", Role.TEXT),
            Column("measures", "Nyckeltal", Role.COUNT),
            Column("whole", "Kompletta", Role.TEXT),
            Column("rows", "Värden", Role.COUNT),
            Column("months", "Till och med", Role.TEXT),
            Column("file", "Senaste fil", Role.TEXT),
            Column("load", "Senaste inläsning", Role.TEXT),
            Column("by", "Av", Role.TEXT),
        ),
        rows=rows,
        sentence=f"Tabell med {number(len(rows), 0)} källor. {title}.",
        source=_line(loads),
        origins=frozenset(one.came.origin for one in loads),
        empty="" if rows else "Inga värden finns för den valda verksamheten.",
    )


def measures_table(measures: Sequence[Measure], loads: Sequence[SourceLoad], *, context: Context) -> Figure:
    """A row for each measure: its definition, how and when it is reported, and what it last came with."""
    latest: dict[str, SourceLoad] = {}
    for one in loads:
        latest.setdefault(one.measure, one)
    known = sum(measure.key in latest for measure in measures)
    title = f"{number(known, 0)} av {number(len(measures), 0)} nyckeltal har värden här"
    return Figure(
        kind=FigureKind.TABLE,
        slug="definitioner",
        title=title,
        caption=caption("Definition, rapportering och senaste inläsning för varje nyckeltal", context),
        context=context,
        columns=(
            Column("measure", "Nyckeltal", Role.LABEL),
            Column("what", "Mäter", Role.NOTE),
            Column("reporting", "Redovisas", Role.TEXT),
            Column("due", "Sista dag", Role.TEXT),
            Column("origin", "Ursprung", Role.TEXT),
            Column("file", "Senast ur", Role.TEXT),
            Column("load", "Inläsning", Role.TEXT),
            Column("definition", "Definition ur", Role.TEXT),
        ),
        rows=tuple(_measure_row(measure, latest.get(measure.key)) for measure in measures),
        sentence=f"Tabell med {number(len(measures), 0)} nyckeltal. {title}.",
        source=_line(loads),
        origins=frozenset(one.came.origin for one in loads),
        help="Sista dag: dagen i månaden efter periodens slut. Hela definitionen finns under nyckeltalet.",
        empty="" if measures else "Inget nyckeltal ingår i behörigheten här.",
    )


def _source_name(one: SourceLoad, profiles: Mapping[str, str]) -> str:
    if one.came.origin is Origin.DEMO:
        return ORIGIN_WORD[Origin.DEMO]
    return profiles.get(one.came.profile or "") or register_of(one.name)


def _source_row(name: str, found: Sequence[SourceLoad], covers: Sequence[Cover]) -> tuple[Value, ...]:
    newest = found[0]
    counted = [cover for cover in covers if cover.counts]
    whole = sum(cover.arrived is Arrived.ALL for cover in counted)
    return (
        name,
        sentence_start(ORIGIN_WORD[newest.came.origin]),
        len({one.measure for one in found if one.measure}),
        f"{number(whole, 0)} av {number(len(counted), 0)}" if counted else UNKNOWN,
        sum(one.rows for one in found),
        month_short(max(one.last for one in found)),
        newest.came.file or "",
        load_words(newest.came),
        newest.came.by,
    )


def _measure_row(measure: Measure, latest: SourceLoad | None) -> tuple[Value, ...]:
    return (
        measure.name,
        measure.definition.what,
        measure.reporting,
        f"den {number(measure.due_day, 0)}",
        "inget värde" if latest is None else ORIGIN_WORD[latest.came.origin],
        "" if latest is None else from_words(latest.came),
        "" if latest is None else load_words(latest.came),
        measure.source,
    )


def _line(loads: Sequence[SourceLoad]) -> str:
    return sources_line((one.came.origin, from_words(one.came)) for one in loads)
