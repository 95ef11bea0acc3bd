"""Units against measures: a table with the status shape and the value in each cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.captions import caption, near_words, own_state, sentences, source_line, target_sources
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.order import worst_first
from hsf_kpi.figures.phrases import outcome_text, units_words, verdict_word, why_missing
from hsf_kpi.figures.shape import as_float, latest_month, origins_of
from hsf_kpi.model.codes import Direction, Missing, Status
from hsf_kpi.model.measure import Measure
from hsf_kpi.swedish.numbers import number
from hsf_kpi.swedish.sorting import swedish_key
from hsf_kpi.swedish.words import STATUS_SHAPE, STATUS_WORD

NO_VALUE = "–"
_SHORT = {
    Missing.NOT_MEASURED_HERE: "mäts ej",
    Missing.MASKED: "maskerat",
    Missing.NOT_YET_REPORTED: "saknas",
    Missing.LATE: "saknas",
    Missing.NOT_REPORTED: "saknas",
    Missing.NOT_RELEASED: "ej frisläppt",
}
"""Words that a narrow column holds; the others are told by a dash. The help says what they stand for."""


def matrix(
    units: Sequence[tuple[str, str]],
    measures: Sequence[tuple[Measure, Mapping[str, Assessment]]],
    *,
    context: Context,
    order: str = "",
) -> Figure:
    """units: (id, name), the rows. measures: (measure, unit id → assessment), the columns as given. order: the key of the
    measure that the units are sorted by, worst first, those without a value last; by name where it is none of them.

    People see one column a measure («■ 6,6 %»); a file gets number and status word in two columns.
    A unit that the mapping lacks gets an empty cell.
    """
    units, sorted_by = _ordered(units, measures, order)
    found = [by_unit[unit] for _, by_unit in measures for unit, _ in units if unit in by_unit]
    columns = [Column("unit", "Verksamhet", Role.LABEL)]
    for measure, _ in measures:
        name, key = measure.short_name or measure.name, measure.key
        columns.append(Column(f"{key}_text", name, Role.TEXT))
        columns.append(Column(f"{key}_value", name, Role.OUTCOME, measure.unit_of_measure, measure.decimals))
        columns.append(Column(f"{key}_status", f"{name}, status", Role.STATUS))
    shown = ["unit", *(f"{m.key}_text" for m, _ in measures)]
    file = ["unit", *(f"{m.key}_{part}" for m, _ in measures for part in ("value", "status"))]
    has_cells = bool(units and measures)
    return Figure(
        kind=FigureKind.TABLE,
        slug="verksamheter-och-nyckeltal",
        title=fitting(_titles(found)),
        caption=caption(f"Verksamheter och nyckeltal, status och utfall, ordnade efter {sorted_by}", context),
        context=replace(context, state=own_state(context, (a.outcome for a in found))),
        columns=tuple(columns),
        rows=tuple(_row(unit, name, measures) for unit, name in units),
        sentence=_sentence(units, measures, found, context),
        source=source_line(
            [m for m, _ in measures], (a.outcome for a in found), targets=target_sources(found)
        ),
        origins=origins_of(a.outcome for a in found),
        help=sentences(
            ", ".join(f"{STATUS_SHAPE[s]} {STATUS_WORD[s]}" for s in STATUS_SHAPE) + ".",
            _missing_help(found),
            near_words(found),
        ),
        empty="" if has_cells else "Det finns inga verksamheter under den valda att jämföra.",
        options={"shown": ",".join(shown), "file": ",".join(file), "month": latest_month(found)},
    )


def _ordered(
    units: Sequence[tuple[str, str]], measures: Sequence[tuple[Measure, Mapping[str, Assessment]]], order: str
) -> tuple[list[tuple[str, str]], str]:
    """The units in their order, and what it is in words: «namn», «Sjukfrånvaro, sämst först»."""
    by_name = sorted(units, key=lambda unit: swedish_key(unit[1]))
    column = next(((measure, found) for measure, found in measures if measure.key == order), None)
    if column is None:
        return by_name, "namn"
    measure, found = column
    here = worst_first(measure, [(unit, name, found[unit]) for unit, name in by_name if unit in found])
    rows = [(unit, name) for unit, name, _ in here] + [unit for unit in by_name if unit[0] not in found]
    first = "högst" if measure.direction is Direction.NONE else "sämst"
    return rows, f"{measure.short_name or measure.name}, {first} först"


def _row(
    unit: str, name: str, measures: Sequence[tuple[Measure, Mapping[str, Assessment]]]
) -> tuple[Value, ...]:
    row: list[Value] = [name]
    for _, by_unit in measures:
        a = by_unit.get(unit)
        if a is None:
            row += ["", None, ""]
            continue
        row += [_cell(a), as_float(a.outcome), verdict_word(a) if a.target else ""]
    return tuple(row)


def _cell(a: Assessment) -> str:
    if a.outcome.value is None:
        return short_missing(a)
    shape = f"{STATUS_SHAPE[a.status]}\N{NO-BREAK SPACE}" if a.target else ""
    return f"{shape}{outcome_text(a.outcome, a.bound)}"


def short_missing(a: Assessment) -> str:
    """«mäts ej», «maskerat», «saknas» or a dash."""
    return _SHORT.get(a.outcome.missing or Missing.NOT_REPORTED, NO_VALUE)


def _missing_help(found: Sequence[Assessment]) -> str:
    """What the short words that occur stand for: «mäts ej: mäts inte på denna nivå; saknas: försenat.»"""
    meant: dict[str, list[str]] = {}
    for a in found:
        if a.outcome.value is None:
            reasons = meant.setdefault(short_missing(a), [])
            if (reason := why_missing(a.outcome)) not in reasons:
                reasons.append(reason)
    told = [f"{short}: {' eller '.join(reasons)}" for short, reasons in meant.items() if reasons != [short]]
    return f"{'; '.join(told)}." if told else ""


def _judged(found: Sequence[Assessment]) -> tuple[int, int]:
    judged = [a for a in found if a.status is not Status.NOT_ASSESSABLE]
    return sum(a.status is Status.MET for a in judged), len(judged)


def _titles(found: Sequence[Assessment]) -> Iterator[str]:
    met, judged = _judged(found)
    if judged:
        yield f"{number(met, 0)} av {number(judged, 0)} bedömningar når målet"
    else:
        yield "Inget utfall kan bedömas mot ett mål"


def _sentence(
    units: Sequence[tuple[str, str]],
    measures: Sequence[tuple[Measure, Mapping[str, Assessment]]],
    found: Sequence[Assessment],
    context: Context,
) -> str:
    met, judged = _judged(found)
    return (
        f"Tabell med {units_words(len(units))} och {len(measures)} nyckeltal,"
        f" {context.unit}, {context.period}. {met} av {judged} bedömningar når målet."
    )
