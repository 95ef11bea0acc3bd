"""A scenario as a table: where it starts, what each lever does, and where it lands, with every assumption told."""

from __future__ import annotations

from fractions import Fraction

from hsf_kpi.analysis.economy.types import PullEffect, WhatIf
from hsf_kpi.figures.captions import caption, sentences
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.model.codes import Origin, UnitOfMeasure
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import SPACE, number

SLUG = "vad-hander-om"


def whatif_finding(found: WhatIf) -> str:
    """«Med åtgärderna landar året på −955 mnkr, 155 mnkr under −800»"""
    landing = f"Med åtgärderna landar året på {_mnkr(found.landing)}"
    moved = found.landing - found.base
    from_base = f"{_mnkr(abs(moved))} {'bättre' if moved >= 0 else 'sämre'} än {found.base_is}"
    if found.gap is None or found.target is None:
        return f"{landing}, {from_base}"
    where = (
        "precis på" if not found.gap else f"{_mnkr(abs(found.gap))} {'över' if found.gap > 0 else 'under'}"
    )
    return f"{landing}, {where} {number(Fraction(found.target, MNKR), 0)}"


def nothing_pulled(pulled: bool) -> str:
    """What stands where there is no answer: nothing has been filled in, or there is no forecast to begin from."""
    if pulled:
        return "Det finns ingen prognos att räkna från. Välj den andra utgångspunkten."
    return "Fyll i en eller flera åtgärder nedan. Scenariot sparas i länken och kan delas."


def whatif_figure(found: WhatIf, *, context: Context, origins: frozenset[Origin], source: str) -> Figure:
    """A row where it starts, a row for each lever, and the landing. Amounts in mnkr, plus is better."""
    rows = [
        _row(f"Utgångspunkt: {found.base_is}", None, found.base, ""),
        *(_effect(effect) for effect in found.effects),
        _row("Landar på", None, found.landing, ""),
    ]
    if found.gap is not None and found.target is not None:
        rows.append(_row(f"Avstånd till {number(Fraction(found.target, MNKR), 0)}", None, found.gap, ""))
    nothing = [f"{effect.title}: {effect.why_nothing}" for effect in found.effects if effect.why_nothing]
    return Figure(
        kind=FigureKind.TABLE,
        slug=SLUG,
        title=whatif_finding(found),
        caption=caption(f"Scenario för helåret, mnkr, med början i {found.base_is}", context, view=""),
        context=context,
        columns=(
            Column("what", "Åtgärd", Role.LABEL),
            Column("start", "Från och med", Role.TEXT),
            Column("effect_text", "Effekt på året", Role.TEXT),
            Column("effect", "Effekt på året", Role.CHANGE, UnitOfMeasure.MNKR, 1),
            Column("assumption", "Antagande", Role.NOTE),
        ),
        rows=tuple(rows),
        sentence=f"Tabell med {len(found.effects)} åtgärder. {whatif_finding(found)}.",
        source=source,
        origins=origins,
        help=sentences("Ett räkneexempel, ingen prognos.", *(f"{text}" for text in nothing)),
        unit=UnitOfMeasure.MNKR,
        decimals=1,
        options={"shown": "what,start,effect_text,assumption", "file": "what,start,effect,assumption"},
    )


def _effect(effect: PullEffect) -> tuple[Value, ...]:
    return _row(effect.title, month_text(effect.pull.start), effect.total, effect.assumption, sign=True)


def _row(
    what: str, start: str | None, amount: int, assumption: str, *, sign: bool = False
) -> tuple[Value, ...]:
    return what, start or "", _mnkr(amount, sign=sign), float(Fraction(amount, MNKR)), assumption


def _mnkr(amount: int, *, sign: bool = False) -> str:
    return f"{number(Fraction(amount, MNKR), 1, sign=sign)}{SPACE}mnkr"
