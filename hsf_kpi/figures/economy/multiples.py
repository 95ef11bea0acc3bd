"""Small pictures beside each other, one a unit, that share their axis: what has happened since a common start."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hsf_kpi.analysis.economy.types import Compliance, ComplianceRow
from hsf_kpi.figures.captions import caption, sentences
from hsf_kpi.figures.economy.cells import TKR, UNKNOWN, over, told
from hsf_kpi.figures.economy.compliance import HIRED, worst_rows
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Mark, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.phrases import how_many, units_words
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_name_short, month_short

MOST = 12
"""Pictures drawn; the units after them are in the table."""


@dataclass(frozen=True, slots=True)
class Small:
    """One unit's line. values: one a month of the figure, None where unknown. starred: months that are incomplete.

    finding: it is one of those that the title is about, and stands out. why: where there is no line at all.
    """

    unit: str
    name: str
    values: tuple[Fraction | None, ...]
    starred: frozenset[Month] = frozenset()
    finding: bool = False
    why: str = ""


def small_multiples(
    pictures: Sequence[Small],
    months: Sequence[Month],
    *,
    slug: str,
    title: str,
    what: str,
    context: Context,
    origins: Collection[Origin],
    source: str,
    target: Fraction | None = None,
    decimals: int = 0,
    help: str = "",
) -> Figure:
    """pictures in the order that they are to stand. what: quantity and unit of measure, for the caption.

    target: a line of everybody's, in the same unit; zero, the common start, is always drawn. ValueError where a
    line is not as long as the months.
    """
    if any(len(small.values) != len(months) for small in pictures):
        raise ValueError("a line needs a value for each month")
    own = over(context, months, "månad")
    columns = [
        Column("unit", "Verksamhetens id", Role.SERIES),
        Column("name", "Verksamhet", Role.LABEL),
        Column("finding", "Framhävd", Role.STATUS),
    ]
    for month in months:
        columns.append(Column(f"{month.iso}_value", month_short(month), Role.OUTCOME))
        columns.append(Column(f"{month.iso}_text", month_name_short(month.number), Role.TEXT))
    columns.append(Column("why", "Anmärkning", Role.NOTE))
    shown = ["name", *(f"{month.iso}_text" for month in months), "why"]
    file = ["name", *(f"{month.iso}_value" for month in months), "why"]
    marks = () if target is None else (Mark(Role.TARGET_LOW, "mål", float(target), float(target)),)
    left_out = len(pictures) - MOST
    return Figure(
        kind=FigureKind.MULTIPLES,
        slug=slug,
        title=title,
        caption=caption(what, own),
        context=own,
        columns=tuple(columns),
        rows=tuple(_row(small, months, decimals) for small in pictures),
        sentence=_sentence(pictures, what, own, decimals),
        source=source,
        origins=frozenset(origins),
        marks=marks,
        help=sentences(
            "Alla bilder har samma skala.",
            help,
            f"{MOST} verksamheter är ritade; {how_many(left_out)} till finns i tabellen."
            if left_out > 0
            else "",
            "* alla har inte rapporterat." if any(small.starred for small in pictures) else "",
        ),
        empty="" if any(_known(small) for small in pictures) else "Det finns inga värden att rita.",
        options={"shown": ",".join(shown), "file": ",".join(file), "month": months[-1].iso if months else ""},
    )


def compliance_multiples(
    compliance: Compliance,
    names: Mapping[str, str],
    *,
    context: Context,
    origins: Collection[Origin],
    source: str,
) -> Figure:
    """The own change of each unit since the December before, decided moves taken out; tkr for hyrpersonal, mnkr where
    any change is that large.
    """
    money = compliance.assignment == HIRED
    rows = worst_rows(compliance, names)
    in_mnkr = money and any(abs(value) >= MNKR for row in rows for value in _own_changes(row) if value)
    scale = MNKR if in_mnkr else TKR if money else 1
    pictures = sorted((_since(row, names.get(row.unit, row.unit), scale) for row in rows), key=_least_last)
    since = f"december {compliance.months[0].year - 1}" if compliance.months else "december"
    what = f"Antal medarbetare, ändring sedan {since}"
    if money:
        what = f"Kostnad för hyrpersonal, ändring sedan {since}, {'mnkr' if in_mnkr else 'tkr'}"
    apart = any(cell.moved for row in rows for cell in row.cells)
    gaps = any(None in small.values for small in pictures)
    return small_multiples(
        pictures,
        compliance.months,
        slug=f"uppdrag-{compliance.assignment}-sedan-december",
        title=fitting(_titles(pictures, money, since.replace("december", "dec"), apart)),
        what=what,
        context=context,
        origins=origins,
        source=source,
        decimals=1 if in_mnkr else 0,
        help=sentences(
            f"Orange: {'högre kostnad' if money else 'fler'} än i {since}."
            if any(small.finding for small in pictures)
            else "",
            "" if money else "Beslutade omflyttningar är borträknade.",
            "En månad som saknar värde eller är ofullständig ritas inte." if gaps else "",
            "Omflyttningar i en sådan månad är inte borträknade." if gaps and not money else "",
        ),
    )


def _since(row: ComplianceRow, name: str, scale: int) -> Small:
    values = tuple(None if value is None else value / scale for value in _own_changes(row))
    why = "" if _start(row) is not None else "december eller januari saknar värde"
    return Small(row.unit, name, values, finding=bool(values) and (values[-1] or 0) > 0, why=why)


def _least_last(small: Small) -> tuple[bool, Fraction]:
    """The largest increase first, and last those that have none to tell; others keep their order."""
    latest = small.values[-1] if small.values else None
    return latest is None, -(latest or Fraction(0))


def _start(row: ComplianceRow) -> Fraction | None:
    """December's value, as January tells it."""
    first = row.cells[0] if row.cells else None
    return (
        None if first is None or first.value is None or first.change is None else first.value - first.change
    )


def _own_changes(row: ComplianceRow) -> list[Fraction | None]:
    """What the unit has changed by itself, month by month, from the values themselves: a gap breaks the line only."""
    start, moved = _start(row), 0
    values: list[Fraction | None] = []
    for cell in row.cells:
        moved += cell.moved
        if start is None or cell.value is None or cell.starred:
            values.append(None)
        else:
            values.append(cell.value - start - moved)
    return values


def value_text(value: Fraction | None, starred: bool = False, decimals: int = 0) -> str:
    """«+4», «−12*», «–»"""
    return UNKNOWN if value is None else told(value, decimals, sign=True) + ("*" if starred else "")


def _row(small: Small, months: Sequence[Month], decimals: int) -> tuple[Value, ...]:
    cells: list[Value] = [small.unit, small.name, "ja" if small.finding else ""]
    for month, value in zip(months, small.values, strict=True):
        cells.append(None if value is None else float(value))
        cells.append(value_text(value, month in small.starred, decimals))
    return (*cells, small.why)


def _known(small: Small) -> list[Fraction]:
    return [value for value in small.values if value is not None]


def _titles(pictures: Sequence[Small], money: bool, since: str, apart: bool) -> Iterator[str]:
    """since: «dec 2022». apart: decided moves are taken out, so that the values themselves may say otherwise."""
    latest = [(small, small.values[-1]) for small in pictures if small.values]
    known = [(small, value) for small, value in latest if value is not None]
    if not known:
        yield f"Ingen verksamhet kan följas sedan {since}"
        return
    grew = [small for small, value in known if value > 0]
    more = "högre kostnad" if money else "ökat utöver omflyttningar" if apart else "fler medarbetare"
    than = f"{more} sedan {since}" if apart and not money else f"{more} än i {since}"
    if len(grew) == 1:
        yield f"{grew[0].name} har {than}"
        yield f"En av {how_many(len(known))} verksamheter har {than}"
    if grew:
        count = f"{how_many(len(grew), capital=True)} av {how_many(len(known))}"
        yield f"{count} verksamheter har {than}"
        yield f"{count} har {than}"
        return
    yield f"Ingen verksamhet har {than}"


def _sentence(pictures: Sequence[Small], what: str, context: Context, decimals: int) -> str:
    latest = [
        f"{small.name} {value_text(known[-1], decimals=decimals)}"
        for small in pictures
        if (known := _known(small))
    ]
    drawn = f"{units_words(len(pictures))} i varsitt linjediagram. {what}, {context.unit}."
    return f"{drawn} Senaste värde: {', '.join(latest) or 'inget'}."
