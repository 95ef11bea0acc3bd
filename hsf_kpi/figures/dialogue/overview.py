"""Who below has handed in, and what their own forecasts sum to: the superior's table and its finding."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from hsf_kpi.analysis.handed_in import ForecastSum, HandInState, Overview, UnitHandIn
from hsf_kpi.figures.captions import caption, sentences
from hsf_kpi.figures.dialogue.findings import handed_in_finding, ready_words
from hsf_kpi.figures.dialogue.words import STATE_WORD, day, source_words, units_counted, who
from hsf_kpi.figures.economy.cells import UNKNOWN, as_sum
from hsf_kpi.figures.economy.words import adding_up, mnkr, mnkr_text, shown
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.model.codes import Origin
from hsf_kpi.swedish.dates import month_text

__all__ = ["handed_in_finding", "overview_table"]

SOURCE = "uppgifter som verksamheterna har lämnat till dialogen; budget och lämnad prognos ur huvudboken"


def overview_table(
    found: Overview, names: Mapping[str, str], *, context: Context, origins: Collection[Origin] = ()
) -> Figure:
    """A row for each unit below, the sum of their own forecasts, and the chosen unit's own. mnkr.

    names: of the units below; the chosen unit's is the context's. The shown amounts add up to the shown sum.
    """
    own = replace(context, period=month_text(found.month), view="", sex="")
    below = any(row.below for row in found.rows)
    money = any(row.ledger for row in found.rows)
    forecast = ["result_text", "deviation_text", "moved_text"] if money else []
    return Figure(
        kind=FigureKind.TABLE,
        slug="dialog-lamnat",
        title=_title(found),
        caption=caption("Vad verksamheterna har lämnat inför dialogen, prognoser i mnkr", own),
        context=own,
        columns=(
            Column("unit", "Verksamhet", Role.LABEL),
            Column("state", "Läge", Role.TEXT),
            Column("below", "Klara under", Role.TEXT),
            Column("answered", "Besvarade avvikelser", Role.COUNT),
            Column("needed", "Avvikelser", Role.COUNT),
            Column("answered_text", "Besvarat", Role.TEXT),
            Column("result", "Egen prognos (kr)", Role.FORECAST),
            Column("result_text", "Egen prognos", Role.TEXT),
            Column("deviation", "Mot årets budget (kr)", Role.CHANGE),
            Column("deviation_text", "Mot årets budget", Role.TEXT),
            Column("latest", "Lämnad prognos (kr)", Role.FORECAST),
            Column("moved", "Mot lämnad prognos (kr)", Role.CHANGE),
            Column("moved_text", "Mot lämnad prognos", Role.TEXT),
            Column("who", "Klarmarkerad av", Role.TEXT),
            Column("when", "Klarmarkerad", Role.TEXT),
        ),
        rows=tuple(_rows(found, names, context.unit)) if found.rows else (),
        sentence=f"Tabell över {units_counted(len(found.rows))}, {own.unit}, {own.period}; {how_many(found.ready)} klara.",
        source=source_words(SOURCE, origins),
        origins=frozenset(origins),
        help=_help(found) if found.rows else "",
        empty="" if found.rows else "Det finns inga verksamheter under den valda som ingår i behörigheten.",
        options={
            "shown": ",".join(["unit", "state", *(["below"] if below else []), "answered_text", *forecast, "who", "when"]),
            "file": "unit,state,below,answered,needed,result,deviation,latest,moved,who,when",
            "month": found.month.iso,
        },
    )  # fmt: skip


def _rows(found: Overview, names: Mapping[str, str], own_name: str) -> Iterator[tuple[Value, ...]]:
    total = found.total
    results = _adding(
        [None if row.forecast is None else row.forecast.result for row in found.rows], total.result
    )
    deviations = _adding([row.deviation for row in found.rows], total.deviation)
    moves = _adding([row.moved for row in found.rows], total.moved)
    for row, told in zip(found.rows, zip(results, deviations, moves, strict=True), strict=True):
        yield _row(names.get(row.unit, row.unit), row, *told)
    if total.expected:
        yield _sum_row(found, total)
    yield _row(f"{own_name}, egen inlämning", found.own, *_own_amounts(found.own))


def _row(
    name: str, row: UnitHandIn, result: int | None, deviation: int | None, moved: int | None
) -> tuple[Value, ...]:
    """The amounts as they are shown; the file's are exact."""
    ready = row.ready.written if row.ready is not None else None
    return (
        name,
        STATE_WORD[row.state],
        f"{row.below_ready} av {row.below}" if row.below else "",
        row.answered,
        row.needed,
        _answered(row),
        None if row.forecast is None else row.forecast.result,
        _told(result) if row.ledger else "",
        row.deviation,
        _told(deviation, sign=True) if row.ledger else "",
        None if row.latest is None else row.latest.result,
        row.moved,
        _told(moved, sign=True) if row.ledger else "",
        who(ready),
        day(ready),
    )


def _answered(row: UnitHandIn) -> str:
    """«1 av 6»; an answer where nothing is handed in for the month was given of a value that has not changed since."""
    if not row.needed:
        return "inget avviker"
    return f"{row.answered} av {row.needed}{' (tidigare)' if _earlier(row) else ''}"


def _earlier(row: UnitHandIn) -> bool:
    return row.state is HandInState.NOT_BEGUN and row.answered > 0


def _sum_row(found: Overview, total: ForecastSum) -> tuple[Value, ...]:
    """Amounts are of those that have handed in; a sum where some have not is starred."""
    answered, needed = sum(row.answered for row in found.rows), sum(row.needed for row in found.rows)
    star = "" if total.complete else "*"
    below = sum(row.below for row in found.rows)
    below_ready = sum(row.below_ready for row in found.rows)

    def amount(kronor: int | None, *, sign: bool = True) -> str:
        return as_sum(UNKNOWN if kronor is None else f"{mnkr(shown(kronor), sign=sign)}{star}")

    return (
        as_sum(f"Summa, {total.handed_in} av {total.expected} har lämnat prognos"),
        as_sum(f"{found.ready} av {len(found.rows)} klara"),
        as_sum(f"{below_ready} av {below}" if below else ""),
        answered,
        needed,
        as_sum(f"{answered} av {needed}" if needed else ""),
        total.result,
        amount(total.result, sign=False),
        total.deviation,
        amount(total.deviation),
        None,
        total.moved,
        amount(total.moved),
        "",
        "",
    )


def _own_amounts(row: UnitHandIn) -> tuple[int | None, int | None, int | None]:
    return None if row.forecast is None else row.forecast.result, row.deviation, row.moved


def _adding(amounts: Sequence[int | None], total: int | None) -> list[int | None]:
    """The known amounts as shown, so that they add up to the shown total where there is one."""
    known = [amount for amount in amounts if amount is not None]
    if total is None or sum(known) != total:
        return [None if amount is None else shown(amount) for amount in amounts]
    rounded = iter(adding_up(known, shown(total)))
    return [None if amount is None else next(rounded) for amount in amounts]


def _told(kronor: int | None, *, sign: bool = False) -> str:
    return UNKNOWN if kronor is None else mnkr(kronor, sign=sign)


def _help(found: Overview) -> str:
    total, latest = found.total, found.own.latest
    carried = [
        row.budget.provision for row in found.rows if row.forecast is not None and row.budget is not None
    ]
    return sentences(
        "" if found.all_seen else "Räknat på de verksamheter som ingår i behörigheten.",
        "* Inte alla verksamheter har lämnat någon prognos." if not total.complete else "",
        "Tidigare: besvarat i en inlämning för en tidigare månad; värdet är detsamma sedan dess."
        if any(_earlier(row) for row in (*found.rows, found.own))
        else "",
        "Lämnad prognos är den senaste i huvudboken; egen prognos är chefens till dialogen. De blandas aldrig.",
        f"Huvudbokens senaste prognos för hela verksamheten är {mnkr_text(latest.result)}."
        if latest is not None and found.own.ledger
        else "",
        f"I budgeten ingår underskottsposten {mnkr_text(sum(carried), sign=True)}." if sum(carried) else "",
    )


def _title(found: Overview) -> str:
    month = month_text(found.month)
    if not found.rows:
        return f"Inga verksamheter lämnar in under den här i {month}"
    return f"{ready_words(found)} i {month}"
