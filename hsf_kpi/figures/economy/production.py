"""Production, staff and cost since a base year as index, and production against what was agreed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from hsf_kpi.analysis.economy.production import COST, STAFF, AgainstAgreed, Production, SinceBase
from hsf_kpi.analysis.economy.types import IndexSeries
from hsf_kpi.figures.captions import caption, sentences
from hsf_kpi.figures.economy.cells import UNKNOWN, mnkr, over, percent, told
from hsf_kpi.figures.economy.production_titles import (
    SINGULAR,
    agreed_titles,
    changes_of,
    latest_of,
    since_titles,
)
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Mark, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.model.codes import Origin, UnitOfMeasure
from hsf_kpi.model.period import Month, View
from hsf_kpi.swedish.dates import month_name_short, month_short, month_text
from hsf_kpi.swedish.numbers import SPACE, number
from hsf_kpi.swedish.words import VIEW_WORD

YEAR = 12


def index_figure(
    found: Production,
    *,
    context: Context,
    origins: Collection[Origin],
    source: str,
    strong: str = STAFF,
    rolling: bool | None = None,
) -> Figure:
    """strong: the quantity drawn in strong colour; it leads the title. rolling: how the index was made; not given, it is
    rolling unless the context's view is a month. A single month is compared with the same month of the base year.
    A series without values is told, not drawn.
    """
    series, base = found.series, found.base_year
    if rolling is None:
        rolling = context.view != VIEW_WORD[View.MONTH]
    drawn = [one for one in series if any(value is not None for value in one.values)]
    months = series[0].months if series else ()
    own = over(context, months, f"rullande{SPACE}12" if rolling else "månad")
    columns = [Column("month", "Månad", Role.LABEL), Column("date", "Månadens första dag", Role.TIME)]
    for one in drawn:
        columns.append(Column(one.key, one.title, Role.SERIES, UnitOfMeasure.INDEX, 1))
        columns.append(Column(f"{one.key}_text", one.title, Role.TEXT))
    then = str(base) if rolling or not months else month_text(Month.of(base, months[-1].number))
    changes = latest_of(drawn) if rolling else changes_of(found.since)
    return Figure(
        kind=FigureKind.INDEX,
        slug="produktion-index",
        title=fitting(_index_titles(since_titles(changes, strong, then), rolling)),
        caption=caption(f"Produktion, bemanning och kostnad, index {base}{SPACE}={SPACE}100", own),
        context=own,
        columns=tuple(columns),
        rows=tuple(_index_row(i, month, drawn) for i, month in enumerate(months)) if drawn else (),
        sentence=_sentence(drawn, base, own),
        source=source,
        origins=frozenset(origins),
        marks=(Mark(Role.LABEL, f"{base}{SPACE}={SPACE}100", 100.0, 100.0),),
        help=sentences(
            f"100 är {base} års genomsnittliga månad.",
            "Varje punkt är de senaste tolv månadernas genomsnitt." if rolling else "",
            *(f"{one.title} visas inte: {_lower(one.why_none)}" for one in series if one.why_none),
        ),
        unit=UnitOfMeasure.INDEX,
        decimals=1,
        empty="" if drawn else "Det finns inget basår att räkna index mot.",
        options={
            "shown": ",".join(["month", *(f"{one.key}_text" for one in drawn)]),
            "file": ",".join(["month", "date", *(one.key for one in drawn)]),
            "month": months[-1].iso if months else "",
            "strong": strong,
        },
    )


def _index_titles(titles: Iterable[str], rolling: bool) -> Iterator[str]:
    """A rolling index is of other months than the page's period, and says so."""
    for title in titles:
        if not (rolling and title[:1].isdecimal()):
            yield title
            continue
        yield f"Senaste tolv månaderna: {title}"
        yield f"Rullande{SPACE}12: {title}"


def since_table(found: Production, *, context: Context, origins: Collection[Origin], source: str) -> Figure:
    """The chosen months of each quantity, against the same months last year and of the base year."""
    base, length = found.base_year, _length(found, context)
    parts = (
        ("now", "Utfall"),
        ("last", "Föregående år"),
        ("last_percent", "Mot föregående år"),
        ("base", str(base)),
        ("base_percent", f"Mot {base}"),
    )
    return Figure(
        kind=FigureKind.TABLE,
        slug="produktion",
        title=fitting(since_titles(changes_of(found.since), STAFF, _same_months(found, length))),
        caption=caption(
            f"Produktion, bemanning och kostnad mot samma månader föregående år och {base}", context
        ),
        context=context,
        columns=_columns(parts),
        rows=tuple(_since_row(one) for one in found.since),
        sentence=f"Tabell med {how_many(len(found.since))} rader, {context.unit}, {context.period}.",
        source=source,
        origins=frozenset(origins),
        help="Årsarbetare och bemanning är arbetade timmar delade med normtimmar; kostnaden i mnkr, utan de konton"
        " som verksamheterna säljer till varandra på."
        if any(one.key in SINGULAR or one.key == STAFF for one in found.since)
        else "",
        empty="" if found.since else "Det finns ingen produktion att visa.",
        options=_options(parts),
    )


def agreed_table(found: Production, *, context: Context, origins: Collection[Origin], source: str) -> Figure:
    """Production over the chosen months against what was agreed of it."""
    parts = (
        ("now", "Utfall"),
        ("agreed", "Överenskommet"),
        ("difference", "Skillnad"),
        ("agreed_percent", "Andel av överenskommet"),
    )
    return Figure(
        kind=FigureKind.TABLE,
        slug="produktion-overenskommen",
        title=fitting(agreed_titles(found.against)),
        caption=caption("Produktion mot överenskommen produktion", context),
        context=context,
        columns=_columns(parts),
        rows=tuple(_agreed_row(one) for one in found.against),
        sentence=f"Tabell med {how_many(len(found.against))} rader, {context.unit}, {context.period}.",
        source=source,
        origins=frozenset(origins),
        empty="" if found.against else "Det finns ingen överenskommen produktion att jämföra med.",
        options=_options(parts),
    )


def _columns(parts: Sequence[tuple[str, str]]) -> tuple[Column, ...]:
    columns = [Column("title", "Vad", Role.LABEL)]
    for key, name in parts:
        is_share = key.endswith("percent")
        role = Role.CHANGE if is_share or key == "difference" else Role.OUTCOME
        columns += [
            Column(key, f"{name} (procent)" if is_share else name, role),
            Column(f"{key}_text", name, Role.TEXT),
        ]
    return (*columns, Column("note", "Anmärkning", Role.NOTE))


def _options(parts: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    return {
        "shown": ",".join(["title", *(f"{key}_text" for key, _ in parts), "note"]),
        "file": ",".join(["title", *(key for key, _ in parts), "note"]),
    }


def _index_row(i: int, month: Month, drawn: Sequence[IndexSeries]) -> tuple[Value, ...]:
    cells: list[Value] = [month_short(month), month.first_day]
    for one in drawn:
        value = one.values[i]
        cells += [None if value is None else float(value), UNKNOWN if value is None else number(value, 1)]
    return tuple(cells)


def _since_row(one: SinceBase) -> tuple[Value, ...]:
    return (
        one.title,
        *_amount(one.key, one.now),
        *_amount(one.key, one.last_year),
        *_percent(one.percent_last_year),
        *_amount(one.key, one.base),
        *_percent(one.percent),
        one.why_none,
    )


def _agreed_row(one: AgainstAgreed) -> tuple[Value, ...]:
    off = one.difference
    return (
        one.title,
        *_amount(one.key, one.outcome),
        *_amount(one.key, one.agreed),
        None if off is None else float(off),
        UNKNOWN if off is None else told(off, 0, sign=True),
        *_percent(one.percent, sign=False),
        one.why_none,
    )


def _amount(key: str, amount: Fraction | None) -> tuple[Value, str]:
    return None if amount is None else float(amount), _quantity(key, amount)


def _percent(share: Fraction | None, *, sign: bool = True) -> tuple[Value, str]:
    text = percent(share)
    return None if share is None else float(share), text if sign else text.removeprefix("+")


def _same_months(found: Production, length: int) -> str:
    """«jan–okt 2019», «oktober 2019», «2019»"""
    last = found.series[0].months[-1] if found.series and found.series[0].months else None
    if last is None or length >= YEAR:
        return str(found.base_year)
    then = Month.of(found.base_year, last.number)
    return month_text(then) if length == 1 else f"{month_name_short(1)}–{month_short(then)}"


def _length(found: Production, context: Context) -> int:
    """How many months are summed: the context's view, which ends in the month that the series end in."""
    last = found.series[0].months[-1] if found.series and found.series[0].months else None
    views = {VIEW_WORD[View.YTD]: last.number if last else 1, VIEW_WORD[View.R12]: YEAR}
    return views.get(context.view, 1)


def _quantity(key: str, amount: Fraction | None) -> str:
    if amount is None:
        return UNKNOWN
    return mnkr(amount) if key == COST else told(amount, 0)


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}{'' if text.endswith('.') else '.'}"


def _sentence(drawn: Sequence[IndexSeries], base: int, context: Context) -> str:
    latest = [
        f"{one.title} {number(value, 1)}"
        for one in drawn
        if one.values and (value := one.values[-1]) is not None
    ]
    start = f"Linjediagram, index {base}{SPACE}={SPACE}100, {context.unit}, {context.period}."
    return f"{start} Senast: {', '.join(latest) or 'inget'}."
