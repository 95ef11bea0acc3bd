"""The planned åtgärder of a unit and month, as a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from hsf_kpi.figures.captions import caption
from hsf_kpi.figures.dialogue.words import day, one_line, source_words, who
from hsf_kpi.figures.economy.cells import UNKNOWN, with_mnkr
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.dialogue import HandIn, PlannedAction
from hsf_kpi.swedish.dates import month_short, month_text
from hsf_kpi.swedish.words import sentence_start

SOURCE = "åtgärder som verksamheten har lämnat till dialogen"


def actions_table(
    hand_in: HandIn, names: Mapping[str, str], *, context: Context, origins: Collection[Origin] = ()
) -> Figure:
    """A row for each åtgärd, by number. names: measure → its name. Kronor a year."""
    own = replace(context, period=month_text(hand_in.month), view="", sex="")
    found = hand_in.actions
    return Figure(
        kind=FigureKind.TABLE,
        slug="dialog-atgarder",
        title=_title(hand_in),
        caption=caption("Åtgärder mot avvikelser, effekt om året", own),
        context=own,
        columns=(
            Column("what", "Åtgärd", Role.LABEL),
            Column("number", "Nr", Role.COUNT),
            Column("measure", "Nyckeltal", Role.TEXT),
            Column("responsible", "Ansvarig", Role.TEXT),
            Column("due", "Klart", Role.TEXT),
            Column("effect", "Väntad effekt", Role.NOTE),
            Column("amount", "Belopp om året (kr)", Role.TARGET_LOW),
            Column("amount_text", "Belopp om året", Role.TEXT),
            Column("who", "Lämnad av", Role.TEXT),
            Column("when", "Lämnad", Role.TEXT),
        ),
        rows=tuple(_row(one, names) for one in found),
        sentence=f"Tabell med {_counted(len(found))}, {own.unit}, {own.period}.",
        source=source_words(SOURCE, origins),
        origins=frozenset(origins),
        help=f"{UNKNOWN} åtgärden har inget belopp." if any(one.amount is None for one in found) else "",
        empty="" if found else f"Inga åtgärder är lämnade för {own.period}.",
        options={
            "shown": "what,measure,responsible,due,effect,amount_text",
            "file": "number,what,measure,responsible,due,effect,amount,who,when",
            "month": hand_in.month.iso,
        },
    )


def _row(one: PlannedAction, names: Mapping[str, str]) -> tuple[Value, ...]:
    return (
        one_line(one.what),
        one.number,
        names.get(one.measure, one.measure),
        one_line(one.responsible),
        month_short(one.due),
        one_line(one.effect),
        one.amount,
        UNKNOWN if one.amount is None else with_mnkr(one.amount),
        who(one.written),
        day(one.written),
    )


def _title(hand_in: HandIn) -> str:
    month, found = month_text(hand_in.month), hand_in.actions
    if not found:
        return f"Inga åtgärder är lämnade för {month}"
    start = sentence_start(_counted(len(found)))
    if whole := sum(one.amount or 0 for one in found):
        return f"{start} väntas ge {with_mnkr(whole)} om året"
    return f"{start} {'är lämnad' if len(found) == 1 else 'är lämnade'} för {month}"


def _counted(count: int) -> str:
    return "en åtgärd" if count == 1 else f"{how_many(count)} åtgärder"
