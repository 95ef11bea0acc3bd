"""What does not add up: totals beside women and men, stated values beside sums, internal trade, errors in the sources."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from hsf_kpi.figures.captions import caption
from hsf_kpi.figures.economy.words import as_mnkr, mnkr
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.quality.corrections import KIND_WORD
from hsf_kpi.figures.quality.words import MASKED, sources_line, stored
from hsf_kpi.model.aggregation import combine, from_fixed
from hsf_kpi.model.catalogue import SourceError
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.quality import SexGap, TradeGap, TwoWays
from hsf_kpi.swedish.dates import month_text, period_text
from hsf_kpi.swedish.numbers import number, value_text

OTHER_UNIT = "annan verksamhet"
CHECKED = "Källa: kontroll av de värden som gäller."
_COMPONENT = {"numerator": "täljare", "denominator": "nämnare"}


def sex_gaps_table(
    found: Sequence[SexGap], measures: Mapping[str, Measure], names: Mapping[str, str], *, context: Context
) -> Figure:
    columns = (
        Column("measure", "Nyckeltal", Role.LABEL),
        Column("unit", "Verksamhet", Role.TEXT),
        Column("period", "Period", Role.TEXT),
        Column("what", "Vad", Role.TEXT),
        Column("total", "Totalt", Role.TEXT),
        Column("women", "Kvinnor", Role.TEXT),
        Column("men", "Män", Role.TEXT),
        Column("apart", "Skillnad", Role.TEXT),
    )
    title = (
        "Alla totaler är summan av kvinnor och män"
        if not found
        else f"{_count(len(found), 'total', 'totaler')} är inte summan av kvinnor och män"
    )
    return _table(
        "summor-kon",
        title,
        "Inlästa totaler mot kvinnor plus män",
        columns,
        [_sex_row(gap, measures[gap.measure], names) for gap in found],
        context=context,
        empty="Alla totaler är summan av kvinnor och män, de senaste två åren.",
        origins=[(gap.origin, "") for gap in found],
        help="Totalen i källan gäller. Skillnaden är personer utan angivet kön, eller ett fel i källan.",
    )


def two_ways_table(
    found: Sequence[TwoWays], measures: Mapping[str, Measure], names: Mapping[str, str], *, context: Context
) -> Figure:
    columns = (
        Column("measure", "Nyckeltal", Role.LABEL),
        Column("unit", "Verksamhet", Role.TEXT),
        Column("period", "Period", Role.TEXT),
        Column("stated", "Uppgiven", Role.TEXT),
        Column("summed", "Summerad", Role.TEXT),
        Column("source", "Källa till den uppgivna", Role.NOTE),
    )
    title = (
        "Uppgivna värden stämmer med summan av delarna"
        if not found
        else f"{_count(len(found), 'uppgivet värde', 'uppgivna värden')} är annat än summan av delarna"
    )
    figure = _table(
        "summor-delar",
        title,
        "Färdiga värden i en källa mot summan av verksamheternas",
        columns,
        [_way_row(one, measures[one.measure], names) for one in found],
        context=context,
        empty="Inget färdigt värde skiljer sig från summan av delarna, de senaste två åren.",
        origins=[(one.origin, one.source) for one in found],
        help="Inläst gäller före publicerat, och publicerat före Demodata.",
    )
    return figure


def trade_table(found: Sequence[TradeGap], names: Mapping[str, str], *, context: Context) -> Figure:
    columns = (
        Column("seller", "Säljare", Role.LABEL),
        Column("buyer", "Köpare", Role.TEXT),
        Column("month", "Månad", Role.TEXT),
        Column("kind", "Slag", Role.TEXT),
        Column("sold_text", "Sålt", Role.TEXT),
        Column("bought_text", "Köpt", Role.TEXT),
        Column("apart_text", "Skillnad", Role.TEXT),
        Column("sold", "Sålt, mnkr", Role.OUTCOME, None, 4),
        Column("bought", "Köpt, mnkr", Role.OUTCOME, None, 4),
    )
    title = (
        "Internhandeln har två lika sidor"
        if not found
        else f"{_count(len(found), 'internt köp', 'interna köp')} stämmer inte med försäljningen"
    )
    return _table(
        "summor-internhandel",
        title,
        "Sålt och köpt mellan förvaltningens verksamheter, mnkr",
        columns,
        [_trade_row(gap, names) for gap in found],
        context=context,
        empty="Det som en verksamhet har sålt till en annan har den andra köpt, de senaste två åren.",
        shown="seller,buyer,month,kind,sold_text,bought_text,apart_text",
        file="seller,buyer,month,kind,sold,bought",
        origins=[(gap.origin, "") for gap in found],
        help="Handel utan sin andra sida räknas inte bort i summor ovanför verksamheterna." if found else "",
    )


def source_errors_table(errors: Sequence[SourceError], *, context: Context) -> Figure:
    columns = (
        Column("where", "Var", Role.LABEL),
        Column("printed", "Tryckt", Role.TEXT),
        Column("expected", "Väntat eller beräknat", Role.TEXT),
        Column("handling", "Så hanteras det", Role.NOTE),
        Column("source", "Dokument", Role.TEXT),
    )
    title = (
        "Inga kända fel i källorna"
        if not errors
        else f"{_count(len(errors), 'känt fel', 'kända fel')} i källorna, tryckt och beräknat sida vid sida"
    )
    figure = _table(
        "kallfel",
        title,
        "Register över kända fel i källdokumenten",
        columns,
        [(one.where, one.printed, one.expected, one.handling, one.source) for one in errors],
        context=context,
        empty="Inga kända fel.",
        source=f"Källa: {'; '.join(dict.fromkeys(one.source for one in errors)) or 'registret'}.",
    )
    return figure


def _table(
    slug: str,
    title: str,
    what: str,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[Value, ...]],
    *,
    context: Context,
    empty: str,
    help: str = "",
    shown: str = "",
    file: str = "",
    source: str = "",
    origins: Collection[tuple[Origin, str]] = (),
) -> Figure:
    options = {name: keys for name, keys in (("shown", shown), ("file", file)) if keys}
    return Figure(
        kind=FigureKind.TABLE,
        slug=slug,
        title=title,
        caption=caption(what, context),
        context=context,
        columns=columns,
        rows=tuple(rows),
        sentence=f"Tabell med {_count(len(rows), 'rad', 'rader').lower()}. {title}.",
        source=source or (sources_line(origins) if origins else CHECKED),
        origins=frozenset(origin for origin, _ in origins),
        help=help if rows else "",
        empty="" if rows else empty,
        options=options,
    )


def _count(count: int, one: str, many: str) -> str:
    return f"{number(count, 0)} {one if count == 1 else many}"


def _sex_row(gap: SexGap, measure: Measure, names: Mapping[str, str]) -> tuple[Value, ...]:
    numbers = gap.total, gap.women, gap.men
    if gap.hidden:
        told = (MASKED,) * 4
    else:
        total, women, men = (value or 0 for value in numbers)
        told = (*(stored(value) for value in (total, women, men)), stored(total - women - men))  # type: ignore[assignment]
    return (
        measure.name,
        names.get(gap.unit, gap.unit),
        period_text(gap.period),
        _COMPONENT[gap.component] if measure.aggregation.has_denominator else "värde",
        *told,
    )


def _way_row(one: TwoWays, measure: Measure, names: Mapping[str, str]) -> tuple[Value, ...]:
    summed = combine(measure.aggregation, one.numerator, one.denominator, one.months, measure.scale)
    return (
        measure.name,
        names.get(one.unit, one.unit),
        period_text(one.period),
        value_text(from_fixed(one.stated), measure),
        "" if summed is None else value_text(summed, measure),
        sources_line([(one.origin, one.source)]).removeprefix("Källa: ").removesuffix("."),
    )


def _trade_row(gap: TradeGap, names: Mapping[str, str]) -> tuple[Value, ...]:
    seller, buyer = (
        OTHER_UNIT if side is None else names.get(side, side) for side in (gap.seller, gap.buyer)
    )
    return (
        seller,
        buyer,
        month_text(gap.month),
        KIND_WORD[gap.kind],
        mnkr(gap.sold, 3),
        mnkr(gap.bought, 3),
        mnkr(gap.sold - gap.bought, 3, sign=True),
        as_mnkr(gap.sold),
        as_mnkr(gap.bought),
    )
