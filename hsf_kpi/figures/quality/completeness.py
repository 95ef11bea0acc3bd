"""What has come in at a unit: figure by figure, unit by unit below it, month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hsf_kpi.analysis.quality import Arrived, Cover, MonthCover, late, missing, partial
from hsf_kpi.figures.captions import caption
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.quality.words import UNKNOWN, names_of, sources_line
from hsf_kpi.model.codes import Origin
from hsf_kpi.swedish.dates import date_text, month_name, month_text, period_text
from hsf_kpi.swedish.numbers import number
from hsf_kpi.swedish.words import sentence_start

ARRIVED: dict[Arrived, str] = {
    Arrived.ALL: "● komplett",
    Arrived.SOME: "◆ ofullständigt",
    Arrived.SOME_LATE: "■ ofullständigt, försenat",
    Arrived.LATE: "■ försenat",
    Arrived.WAITED: "○ inte rapporterat än",
    Arrived.NEVER: "– aldrig rapporterat",
}
GROUP: dict[Arrived, str] = {
    Arrived.LATE: "Saknas",
    Arrived.WAITED: "Saknas",
    Arrived.SOME_LATE: "Ofullständigt",
    Arrived.SOME: "Ofullständigt",
    Arrived.NEVER: "Har aldrig rapporterats",
}
_ORDER = tuple(GROUP)
NOTHING = "inget"
_HELP = (
    "Försenat: sista dag för rapportering har passerat. "
    "Rapporterat: de lägsta enheterna som har värden, av dem som ska ha det. "
    "Det som aldrig har rapporterats räknas inte med."
)


def lacking_table(covers: Sequence[Cover], *, context: Context) -> Figure:
    """covers: all of them. A row for each that is missing or incomplete, in its own latest period: what is missing first."""
    rows = lacking(covers)
    counted = [cover for cover in covers if cover.counts]
    whole = sum(cover.arrived is Arrived.ALL for cover in counted)
    part, gone = len(partial(covers)), len(missing(covers))
    told = ", ".join(
        [
            f"{number(whole, 0)} {'är komplett' if whole == 1 else 'är kompletta'}",
            *([f"{number(part, 0)} {'ofullständigt' if part == 1 else 'ofullständiga'}"] if part else []),
            *([f"{number(gone, 0)} saknas"] if gone else []),
        ]
    )
    told = f"{_what_counts(counted)}: {told}"
    figure = _table(rows, "fullstandighet-saknas", told, "Det som saknas eller är ofullständigt", context)
    return replace(figure, empty="" if rows else "Ingenting saknas, och ingenting är ofullständigt.")


def _what_counts(counted: Sequence[Cover]) -> str:
    """«60 nyckeltal och huvudboken»: what the numbers are of, since the page's heading counts nyckeltal alone."""
    measures = sum(bool(cover.key) for cover in counted)
    ledger = "huvudboken" if measures < len(counted) else ""
    return " och ".join(
        part for part in (f"{number(measures, 0)} nyckeltal" if measures else "", ledger) if part
    ) or ("Ingenting ska rapporteras")


def complete_table(covers: Sequence[Cover], *, context: Context) -> Figure:
    """covers: all of them. A row for each that has come in whole."""
    rows = [cover for cover in covers if cover.arrived is Arrived.ALL]
    count = number(len(rows), 0)
    title = "En uppgift är komplett" if len(rows) == 1 else f"{count} uppgifter är kompletta"
    figure = _table(rows, "fullstandighet-komplett", title, "Det som har kommit in helt", context)
    return replace(figure, empty="" if rows else "Inget nyckeltal är komplett.")


def lacking(covers: Sequence[Cover]) -> list[Cover]:
    """What is missing first, each kind in the order given."""
    gone = [cover for cover in covers if cover.arrived is not Arrived.ALL]
    return sorted(gone, key=lambda cover: _ORDER.index(cover.arrived))


def _table(rows: Sequence[Cover], slug: str, title: str, what: str, context: Context) -> Figure:
    return Figure(
        kind=FigureKind.TABLE,
        slug=slug,
        title=title,
        caption=caption(f"{what}, i sin senaste period", context),
        context=context,
        columns=(
            Column("name", "Nyckeltal", Role.LABEL),
            Column("arrived", "Läge", Role.STATUS),
            Column("reported_text", "Rapporterat", Role.TEXT),
            Column("reported", "Rapporterat", Role.COUNT),
            Column("expected", "Ska rapportera", Role.COUNT),
            Column("period", "Period", Role.TEXT),
            Column("due", "Sista dag", Role.TEXT),
            Column("source", "Källa", Role.NOTE),
        ),
        rows=tuple(_row(cover) for cover in rows),
        sentence=f"Tabell med {number(len(rows), 0)} rader. {title}.",
        source=_source(rows),
        origins=_origins(rows),
        help=_HELP,
        options={
            "shown": "name,arrived,reported_text,period,due,source",
            "file": "name,arrived,reported,expected,period,due,source",
        },
    )


def units_completeness_table(
    by_unit: Sequence[tuple[str, str, Sequence[Cover]]], *, context: Context, note: str = ""
) -> Figure:
    """by_unit: (unit, its name, its figures). What is lacking is named."""
    title = fitting(_unit_titles(by_unit))
    every = [cover for _, _, covers in by_unit for cover in covers]
    return Figure(
        kind=FigureKind.TABLE,
        slug="fullstandighet-verksamheter",
        title=title,
        caption=caption("Nyckeltal och huvudbok, verksamheterna närmast under", context),
        context=context,
        columns=(
            Column("name", "Verksamhet", Role.LABEL),
            Column("all_text", "Kompletta", Role.TEXT),
            Column("all", "Kompletta", Role.COUNT),
            Column("expected", "Ska rapporteras", Role.COUNT),
            Column("partial", "Ofullständigt", Role.NOTE),
            Column("missing", "Saknas", Role.NOTE),
        ),
        rows=tuple(_unit_row(name, covers) for _, name, covers in by_unit),
        sentence=f"Tabell med {number(len(by_unit), 0)} verksamheter. {title}.",
        source=_source(every),
        origins=_origins(every),
        help=note,
        empty="" if by_unit else "Det finns inga verksamheter under den valda.",
        options={"shown": "name,all_text,partial,missing", "file": "name,all,expected,partial,missing"},
    )


def months_table(months: Sequence[MonthCover], *, context: Context) -> Figure:
    """months: newest first. Only what is measured month by month, and what ends with the month."""
    title = fitting(_month_titles(months))
    every = [cover for month in months for cover in month.covers]
    return Figure(
        kind=FigureKind.TABLE,
        slug="fullstandighet-manader",
        title=title,
        caption=caption("Nyckeltal och huvudbok, månad för månad", context),
        context=context,
        columns=(
            Column("month", "Månad", Role.LABEL),
            Column("state", "Läge", Role.TEXT),
            Column("all_text", "Kompletta", Role.TEXT),
            Column("all", "Kompletta", Role.COUNT),
            Column("expected", "Ska rapporteras", Role.COUNT),
            Column("partial", "Ofullständigt", Role.NOTE),
            Column("missing", "Saknas", Role.NOTE),
        ),
        rows=tuple(_month_row(month) for month in months),
        sentence=f"Tabell med {number(len(months), 0)} månader. {title}.",
        source=_source(every),
        origins=_origins(every),
        help="Slutligt: månaden är frisläppt. Preliminärt: uppgifterna kan ändras innan den släpps.",
        empty="" if months else "Ingen månad har uppgifter.",
        options={
            "shown": "month,state,all_text,partial,missing",
            "file": "month,state,all,expected,partial,missing",
        },
    )


def completeness_titles(covers: Sequence[Cover], context: Context) -> Iterator[str]:
    """«3 av 41 nyckeltal saknas för oktober 2023, 1 är försenat», the richest first."""
    measures = [cover for cover in covers if cover.key and cover.counts]
    if not measures:
        yield "Inget nyckeltal ska rapporteras här"
        return
    gone, overdue, part = missing(measures), late(measures), partial(measures)
    count = number(len(measures), 0)
    if not gone and not part:
        whole = "Nyckeltalet är komplett" if len(measures) == 1 else f"Alla {count} nyckeltal är kompletta"
        yield f"{whole} till och med {context.period}"
        yield whole
    elif not gone:
        yield f"Inget nyckeltal saknas till och med {context.period}, men {_incomplete(len(part))}"
        yield f"Inget nyckeltal saknas, men {_incomplete(len(part))}"
    else:
        start = f"{number(len(gone), 0)} av {count} nyckeltal saknas"
        told = _late_words(len(gone), len(overdue))
        yield f"{start} till och med {context.period}{told}"
        yield f"{start}{told}"


def _incomplete(count: int) -> str:
    return "ett är ofullständigt" if count == 1 else f"{how_many(count)} är ofullständiga"


def _late_words(gone: int, overdue: int) -> str:
    if not overdue:
        return ", inget är försenat"
    if overdue == gone:
        return " och är försenat" if gone == 1 else ", alla är försenade"
    return f", {number(overdue, 0)} är {'försenat' if overdue == 1 else 'försenade'}"


def _row(cover: Cover) -> tuple[Value, ...]:
    counted = cover.expected > 0
    return (
        cover.name,
        ARRIVED[cover.arrived],
        f"{number(cover.reported, 0)} av {number(cover.expected, 0)}" if counted else UNKNOWN,
        cover.reported,
        cover.expected,
        period_text(cover.period),
        date_text(cover.due),
        UNKNOWN if cover.origin is None else cover.source or "flera källor",
    )


def _unit_row(name: str, covers: Sequence[Cover]) -> tuple[Value, ...]:
    return (name, *_counts(covers))


def _month_row(month: MonthCover) -> tuple[Value, ...]:
    state = "slutligt" if month.final else "preliminärt"
    return (sentence_start(month_text(month.month)), state, *_counts(month.covers))


def _counts(covers: Sequence[Cover]) -> tuple[Value, ...]:
    """How many are complete, of how many, and the names of the others."""
    counted = [cover for cover in covers if cover.counts]
    whole = sum(cover.arrived is Arrived.ALL for cover in counted)
    return (
        f"{number(whole, 0)} av {number(len(counted), 0)}" if counted else UNKNOWN,
        whole,
        len(counted),
        names_of([cover.name for cover in partial(counted)]) or NOTHING,
        names_of([_with_lateness(cover) for cover in missing(counted)]) or NOTHING,
    )


def _with_lateness(cover: Cover) -> str:
    return f"{cover.name} ({'försenat' if cover.arrived is Arrived.LATE else 'inte rapporterat än'})"


def _unit_titles(by_unit: Sequence[tuple[str, str, Sequence[Cover]]]) -> Iterator[str]:
    if not by_unit:
        yield "Det finns inga verksamheter under den valda"
        return
    lacking = [(name, missing(covers), partial(covers)) for _, name, covers in by_unit]
    without = [one for one in lacking if one[1] or one[2]]
    count = number(len(by_unit), 0)
    if not without:
        yield f"Alla {count} verksamheter har rapporterat allt" if len(by_unit) > 1 else "Allt är rapporterat"
        return
    if len(without) == 1:
        name, gone, part = without[0]
        if len(by_unit) > 1:
            yield f"{name} är ensam om att inte ha rapporterat allt: {number(len(gone) + len(part), 0)} nyckeltal"
            yield f"En av {count} verksamheter har inte rapporterat allt"
        yield f"{name} har inte rapporterat allt"
        yield "Allt är inte rapporterat"
        return
    yield f"{number(len(without), 0)} av {count} verksamheter har inte rapporterat allt"


def _month_titles(months: Sequence[MonthCover]) -> Iterator[str]:
    if not months:
        yield "Ingen månad har uppgifter"
        return
    final = next((one.month for one in months if one.final), None)
    told = "Ingen månad är slutlig än" if final is None else f"Slutligt till och med {month_text(final)}"
    newest = months[0]
    lacking = [*missing(newest.covers), *partial(newest.covers)]
    if newest.final:
        yield told
        return
    if lacking:
        yield f"{told}; {month_name(newest.month)} är preliminär och saknar delar av {number(len(lacking), 0)} nyckeltal"
        yield f"{told}; {month_name(newest.month)} är ofullständig"
    else:
        yield f"{told}; {month_name(newest.month)} är komplett men preliminär"
    yield told


def _source(covers: Sequence[Cover]) -> str:
    return sources_line((cover.origin, cover.source) for cover in covers if cover.origin is not None)


def _origins(covers: Sequence[Cover]) -> frozenset[Origin]:
    return frozenset(cover.origin for cover in covers if cover.origin is not None)
