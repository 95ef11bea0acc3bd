"""Total bemanning month by month: own, hired and overtime in årsarbetare, and whether one was exchanged for another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from hsf_kpi.analysis.economy.staffing import EXCHANGE_RULE, Exchange, Staffing, StaffMonth
from hsf_kpi.figures.captions import caption, sentences
from hsf_kpi.figures.economy.cells import UNKNOWN, over, told
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.shape import unique
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_short

EXCHANGE_WORD: Mapping[Exchange, str] = {
    Exchange.EXCHANGE: "Inhyrda har bytts mot egna",
    Exchange.MORE_OWN: "Inhyrda har minskat, och de egna har ökat mer",
    Exchange.LESS_OWN: "Inhyrda har minskat, och bara en del har ersatts med egna",
    Exchange.BOTH_FELL: "Både egna och inhyrda har minskat",
    Exchange.BOTH_ROSE: "Både egna och inhyrda har ökat",
    Exchange.MORE_HIRED: "Inhyrda har ökat medan egna har minskat",
    Exchange.UNCHANGED: "Egna eller inhyrda är oförändrade",
    Exchange.UNKNOWN: "",
}
_PARTS = (("own", "Egna"), ("hired", "Inhyrda"), ("overtime", "Övertid"), ("total", "Total bemanning"))


def staffing_table(found: Staffing, *, context: Context, origins: Collection[Origin], source: str) -> Figure:
    """A row a month, latest last: the parts, their sum, its change against the same month last year, own season-adjusted."""
    months = [one.month for one in found.months]
    own = over(context, months, "månad")
    columns = [Column("month", "Månad", Role.LABEL), Column("date", "Månadens första dag", Role.TIME)]
    for key, name in _PARTS:
        columns += [Column(key, name, Role.OUTCOME), Column(f"{key}_text", name, Role.TEXT)]
    columns += [
        Column("own_change", "Egna mot samma månad föregående år", Role.CHANGE),
        Column("own_change_text", "Egna mot föreg. år", Role.TEXT),
        Column("change", "Total mot samma månad föregående år", Role.CHANGE),
        Column("change_text", "Total mot föreg. år", Role.TEXT),
        Column("adjusted", "Egna, säsongsrensat", Role.OUTCOME),
        Column("adjusted_text", "Egna, säsongsrensat", Role.TEXT),
        Column("step", "Säsongsrensad ändring mot månaden före", Role.CHANGE),
        Column("step_text", "Säsongsrensat mot månaden före", Role.TEXT),
        Column("note", "Anmärkning", Role.NOTE),
    ]
    adjusted = found.adjusted
    by_month = {
        month: (value, change)
        for month, value, change in zip(adjusted.months, adjusted.values, adjusted.changes, strict=True)
    }
    keys = [key for key, _ in _PARTS]
    has_change = any(one.change is not None or one.own_change is not None for one in found.months)
    has_adjusted = any(month in by_month for month in months)
    shown = [
        "month",
        *(f"{key}_text" for key in keys),
        *(["own_change_text", "change_text"] if has_change else []),
    ]
    shown += [*(["adjusted_text", "step_text"] if has_adjusted else []), "note"]
    known = any(one.total is not None for one in found.months)
    unknown = unique(word for one in found.months for word in one.unknown)
    return Figure(
        kind=FigureKind.TABLE,
        slug="total-bemanning",
        title=fitting(_titles(found.latest)),
        caption=caption("Total bemanning, årsarbetare", own),
        context=own,
        columns=tuple(columns),
        rows=tuple(_row(one, by_month) for one in found.months),
        sentence=_sentence(found.latest, own),
        source=source,
        origins=frozenset(origins),
        help=sentences(
            "Total bemanning är egna, inhyrda och övertid i årsarbetare. Föreg. år är samma månad förra året.",
            EXCHANGE_RULE if found.latest and found.latest.exchange is not Exchange.UNKNOWN else "",
            f"* {' och '.join(unknown)} saknas i summan." if unknown else "",
            f"Säsongsrensat saknas: {adjusted.why_none}" if adjusted.why_none else "",
        ),
        empty="" if known else "Bemanningen är inte känd för de valda månaderna.",
        options={
            "shown": ",".join(shown),
            "file": ",".join(["month", "date", *keys, "own_change", "change", "adjusted", "step", "note"]),
            "month": months[-1].iso if months else "",
        },
    )


def _row(one: StaffMonth, adjusted: Mapping[Month, tuple[Fraction, Fraction | None]]) -> tuple[Value, ...]:
    cells: list[Value] = [month_short(one.month), one.month.first_day]
    for key, value in zip([k for k, _ in _PARTS], (one.own, one.hired, one.overtime, one.total), strict=True):
        star = "*" if key == "total" and one.starred else ""
        cells += [None if value is None else float(value), f"{_whole(value)}{star}"]
    value, step = adjusted.get(one.month, (None, None))
    for change in (one.own_change, one.change):
        cells += [_float(change), _whole(change, sign=True)]
    cells += [
        _float(value),
        _whole(value),
        _float(step),
        UNKNOWN if step is None else told(step, 1, sign=True),
    ]
    return (*cells, f"{' och '.join(one.unknown)} saknas" if one.unknown else "")


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _whole(value: Fraction | None, *, sign: bool = False) -> str:
    return UNKNOWN if value is None else told(value, 0, sign=sign)


def _titles(latest: StaffMonth | None) -> Iterator[str]:
    if latest is None or latest.total is None:
        yield "Den totala bemanningen är inte känd"
        return
    when = month_short(latest.month - 12)
    if latest.change is None:
        yield f"Den totala bemanningen är {_whole(latest.total)} årsarbetare"
        return
    words = EXCHANGE_WORD[latest.exchange]
    if abs(latest.change) < Fraction(1, 2):
        moved = f"totalt lika många årsarbetare som {when}"
    else:
        moved = f"totalt {told(abs(latest.change), 0)} {'fler' if latest.change > 0 else 'färre'} än {when}"
    if words:
        yield f"{words}; {moved}"
        yield f"{words} sedan {when}"
    yield f"Bemanningen är {moved}"


def _sentence(latest: StaffMonth | None, context: Context) -> str:
    start = f"Tabell månad för månad, {context.unit}, {context.period}."
    if latest is None or latest.total is None:
        return start
    parts = [
        f"{word} {told(value, 0)}"
        for word, value in (("egna", latest.own), ("inhyrda", latest.hired), ("övertid", latest.overtime))
        if value is not None
    ]
    return f"{start} {month_short(latest.month).capitalize()}: {told(latest.total, 0)} årsarbetare ({', '.join(parts)})."


def fte_title(changes: Sequence[Fraction | None], against: str) -> str:
    """How many units have more årsarbetare than `against`, the same month last year («okt 2022»), of those compared."""
    compared = [change for change in changes if change is not None]
    more = sum(change > 0 for change in compared)
    if not compared:
        return f"Årsarbetarna kan inte jämföras med {against}"
    if not more:
        return f"Ingen verksamhet har fler årsarbetare än {against}"
    of = f"av {how_many(len(compared))} verksamheter" if len(compared) > 1 else "verksamhet"
    return f"{how_many(more, capital=True)} {of} har fler årsarbetare än {against}"
