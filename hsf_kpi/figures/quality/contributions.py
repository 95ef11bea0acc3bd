"""«Räknat så här»: the rows that a value is made of, each with its file, row and load."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from hsf_kpi.analysis.types import Outcome
from hsf_kpi.figures.captions import caption, measure_words, own_context
from hsf_kpi.figures.economy.cells import as_sum
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.quality.words import MASKED, from_words, load_words, sources_line, stored
from hsf_kpi.figures.shape import slug
from hsf_kpi.model.account_plan import LedgerAccount
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import MONTHLY_WINDOWS
from hsf_kpi.model.provenance import (
    Came,
    Contribution,
    Contributions,
    LedgerContribution,
    LedgerContributions,
    Parts,
)
from hsf_kpi.swedish.dates import month_short, period_text
from hsf_kpi.swedish.numbers import number
from hsf_kpi.swedish.words import ORIGIN_WORD

OTHERS = "Övriga verksamheter"
MASKED_TOGETHER = "Maskerade rader tillsammans"
MASKED_AND_OTHERS = "Maskerade rader och övriga verksamheter"
MASKED_HELP = (
    "Maskerat: raden gäller få personer, eller skulle röja en sådan. Maskerade rader visas bara tillsammans med allt annat "
    "som inte visas för sig."
)
_CAME_COLUMNS = (
    Column("from", "Fil eller källa", Role.TEXT),
    Column("row", "Rad", Role.TEXT),
    Column("load", "Inläsning", Role.TEXT),
    Column("by", "Av", Role.TEXT),
    Column("origin", "Ursprung", Role.TEXT),
)
_CAME = "from,row,load,by,origin"


def contributions_table(
    found: Contributions, outcome: Outcome, names: Mapping[str, str], *, context: Context
) -> Figure:
    """names: unit → its name, of those in the rows. The sums at the end make the value's own numbers."""
    measure = outcome.measure
    own = own_context(context, measure, [outcome])
    ready = found.cell.ready is not None
    two = measure.aggregation.has_denominator and not ready
    monthly = found.period.window in MONTHLY_WINDOWS
    span = "" if monthly else period_text(found.period)
    rows = [_row(row, names, span) for row in found.rows] + _ends(found, measure)
    title = fitting(_titles(found))
    first = "Värde" if not two else "Täljare"
    return Figure(
        kind=FigureKind.TABLE,
        slug=f"{slug(measure.key)}-raknat",
        title=title,
        caption=caption(f"Raderna bakom {measure_words(measure)}", own),
        context=own,
        columns=(
            Column("unit", "Verksamhet", Role.LABEL),
            Column("month", "Period", Role.TEXT),
            Column("numerator", first, Role.TEXT),
            Column("denominator", "Nämnare", Role.TEXT),
            *_CAME_COLUMNS,
        ),
        rows=tuple(rows),
        sentence=f"Tabell med {number(len(rows), 0)} rader. {title}.",
        source=sources_line((row.came.origin, from_words(row.came)) for row in found.rows),
        origins=frozenset(row.came.origin for row in found.rows),
        help=MASKED_HELP if found.hidden else "",
        empty="" if found.rows or found.rest else _why_nothing(found),
        options={
            "shown": f"unit,month,numerator,{'denominator,' if two else ''}{_CAME}",
            "file": f"unit,month,numerator,{'denominator,' if two else ''}{_CAME}",
        },
    )


def ledger_contributions_table(
    found: LedgerContributions,
    account: LedgerAccount,
    names: Mapping[str, str],
    *,
    context: Context,
) -> Figure:
    """The entries behind one account, whole kronor, the largest first. names: unit → its name, counterparts too."""
    rows = [_ledger_row(row, names) for row in found.rows] + _ledger_ends(found)
    kind = "budget" if found.kind is AmountKind.BUDGET else "utfall"
    title = fitting(_ledger_titles(found, account, kind))
    return Figure(
        kind=FigureKind.TABLE,
        slug=f"konto-{slug(account.id)}-raknat",
        title=title,
        caption=caption(f"Posterna bakom {account.title}, {kind}, kronor", replace(context, sex="")),
        context=context,
        columns=(
            Column("unit", "Verksamhet", Role.LABEL),
            Column("month", "Månad", Role.TEXT),
            Column("amount_text", "Belopp", Role.TEXT),
            Column("amount", "Belopp, kr", Role.OUTCOME),
            Column("centre", "Kostnadsställe", Role.TEXT),
            Column("counterpart", "Motpart", Role.TEXT),
            *_CAME_COLUMNS,
        ),
        rows=tuple(rows),
        sentence=f"Tabell med {number(len(rows), 0)} rader. {title}.",
        source=sources_line((row.came.origin, from_words(row.came)) for row in found.rows),
        origins=frozenset(row.came.origin for row in found.rows),
        help="Internt: det som verksamheterna har sålt till varandra räknas bort i summan."
        if found.eliminated
        else "",
        options={
            "shown": f"unit,month,amount_text,centre,counterpart,{_CAME}",
            "file": f"unit,month,amount,centre,counterpart,{_CAME}",
        },
    )


def _why_nothing(found: Contributions) -> str:
    if found.cell.masked:
        return (
            "Värdet är maskerat, eftersom det gäller få personer. Därför visas inte heller raderna bakom det."
        )
    return "Inga rader finns bakom värdet."


def _titles(found: Contributions) -> Iterator[str]:
    if found.cell.masked:
        yield "Raderna bakom ett maskerat värde visas inte"
        return
    if found.cell.ready is not None:
        yield "Värdet är färdigt i källan och räknas inte om"
        return
    count = len(found.rows) + (found.more.rows or 0 if found.more else 0)
    rows = "en rad" if count == 1 else f"{number(count, 0)} rader"
    also = " och övriga verksamheter" if found.outside else ""
    if not count:
        yield "Värdet kommer från verksamheter utanför behörigheten"
        return
    loads = {row.came.load for row in found.rows}
    by = "en inläsning" if len(loads) == 1 else f"{number(len(loads), 0)} inläsningar"
    yield f"Värdet är räknat på {rows} ur {by}{also}"
    yield f"Värdet är räknat på {rows}{also}"


def _row(row: Contribution, names: Mapping[str, str], span: str) -> tuple[Value, ...]:
    value = row.numerator if row.ready is None else row.ready
    return (
        names.get(row.unit, row.unit),
        span or month_short(row.month),
        MASKED if row.masked else stored(value),
        MASKED if row.masked else stored(row.denominator),
        *_came(row.came),
    )


def _came(came: Came) -> tuple[Value, ...]:
    row = "" if came.row is None else number(came.row, 0)
    return from_words(came), row, load_words(came), came.by, ORIGIN_WORD[came.origin]


_NO_CAME: tuple[Value, ...] = ("", "", "", "", "")


def _ends(found: Contributions, measure: Measure) -> list[tuple[Value, ...]]:
    """What is not told row by row, and the sums."""
    if found.cell.ready is not None or found.cell.masked:
        return []
    ends: list[tuple[Value, ...]] = []
    if found.more is not None:
        rows = number(found.more.rows or 0, 0)
        ends.append(_part(f"{rows} rader till", found.more))
    if found.rest is not None:
        name = OTHERS if not found.hidden else MASKED_AND_OTHERS if found.outside else MASKED_TOGETHER
        ends.append(_part(name, found.rest))
    below = stored(found.cell.denominator) if measure.aggregation.has_denominator else ""
    own = (as_sum("Summa"), "", as_sum(stored(found.cell.numerator)), as_sum(below), *_NO_CAME)
    return [*ends, own]


def _part(name: str, parts: Parts) -> tuple[Value, ...]:
    return name, "", stored(parts.numerator), stored(parts.denominator), *_NO_CAME


def _ledger_titles(found: LedgerContributions, account: LedgerAccount, kind: str) -> Iterator[str]:
    count = len(found.rows) + found.more_rows
    rows = "en post" if count == 1 else f"{number(count, 0)} poster"
    also = " och övriga verksamheter" if found.outside is not None else ""
    total = number(found.total, 0)
    yield f"{account.title}, {kind}: {rows}{also} ger {total} kronor"
    yield f"{rows[:1].upper()}{rows[1:]}{also} ger {total} kronor"


def _ledger_row(row: LedgerContribution, names: Mapping[str, str]) -> tuple[Value, ...]:
    counterpart = (
        "annan verksamhet" if row.counterpart is None else names.get(row.counterpart, row.counterpart)
    )
    return (
        names.get(row.unit, row.unit),
        month_short(row.month),
        number(row.amount, 0),
        row.amount,
        row.cost_centre,
        counterpart,
        *_came(row.came),
    )


def _ledger_ends(found: LedgerContributions) -> list[tuple[Value, ...]]:
    ends: list[tuple[Value, ...]] = []
    if found.more_rows:
        ends.append(_amount(f"{number(found.more_rows, 0)} poster till", found.more))
    if found.outside is not None:
        ends.append(_amount(OTHERS, found.outside))
    if found.eliminated:
        ends.append(_amount("Internt, räknas bort", -found.eliminated))
    total = found.total
    return [*ends, (as_sum("Summa"), "", as_sum(number(total, 0)), total, "", "", *_NO_CAME)]


def _amount(name: str, amount: int) -> tuple[Value, ...]:
    return name, "", number(amount, 0), amount, "", "", *_NO_CAME
