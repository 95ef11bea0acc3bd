"""A scenario as a table: where it starts, what each lever does, and where it lands, with every assumption told."""

from __future__ import annotations

from collections.abc import Iterator

from hsf_kpi.analysis.economy.types import PullEffect, WhatIf
from hsf_kpi.figures.captions import caption, sentences
from hsf_kpi.figures.economy.words import adding_up, as_mnkr, goal_words, mnkr_text, shown
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.model.codes import Origin, UnitOfMeasure
from hsf_kpi.swedish.dates import month_text

SLUG = "vad-hander-om"


def whatif_finding(found: WhatIf) -> str:
    """«Med åtgärderna landar året på −955,0 mnkr, 155,0 mnkr under −800»: at most 75 signs, differences as shown."""
    return fitting(_findings(found))


def _findings(found: WhatIf) -> Iterator[str]:
    what = "åtgärden" if len(found.effects) == 1 else "åtgärderna"
    landing = f"Med {what} landar året på {mnkr_text(found.landing)}"
    if found.target is not None:
        apart, goal = shown(found.landing) - shown(found.target), goal_words(found.target)
        side = "över" if apart > 0 else "under"
        yield f"{landing}, {f'{mnkr_text(abs(apart))} {side}' if apart else 'precis på'} {goal}"
        return
    moved = shown(found.landing) - shown(found.base)
    if not moved:
        yield f"{landing}, oförändrat mot {found.base_is}"
        yield f"{landing}, samma som utan"
        return
    change = f"{landing}, {mnkr_text(abs(moved))} {'bättre' if moved > 0 else 'sämre'} än"
    yield f"{change} {found.base_is}"
    yield f"{change} utan"


def nothing_pulled(pulled: bool) -> str:
    """What stands where there is no answer: nothing has been filled in, or there is no forecast to begin from."""
    if pulled:
        return "Det finns ingen prognos att räkna från. Välj den andra utgångspunkten."
    return "Fyll i en eller flera åtgärder nedan. Scenariot sparas i länken och kan delas."


def whatif_figure(found: WhatIf, *, context: Context, origins: frozenset[Origin], source: str) -> Figure:
    """A row where it starts, a row for each lever, and the landing. Amounts in mnkr, plus is better."""
    # The parts give way, so that they add up to the landing as they are shown.
    parts = adding_up(
        [found.base, *(effect.total for effect in found.effects)], shown(found.landing), kept=(0,)
    )
    rows = [
        _row(f"Utgångspunkt: {found.base_is}", None, found.base, parts[0], ""),
        *(_effect(effect, part) for effect, part in zip(found.effects, parts[1:], strict=True)),
        _row("Landar på", None, found.landing, shown(found.landing), ""),
    ]
    if found.gap is not None and found.target is not None:
        apart = shown(found.landing) - shown(found.target)
        rows.append(_row(f"Avstånd till {goal_words(found.target)}", None, found.gap, apart, "", sign=True))
    count = len(found.effects)
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
        sentence=f"Tabell med {count} {'åtgärd' if count == 1 else 'åtgärder'}. {whatif_finding(found)}.",
        source=source,
        origins=origins,
        help=sentences("Ett räkneexempel, ingen prognos.", *nothing),
        unit=UnitOfMeasure.MNKR,
        decimals=1,
        options={"shown": "what,start,effect_text,assumption", "file": "what,start,effect,assumption"},
    )


def _effect(effect: PullEffect, part: int) -> tuple[Value, ...]:
    start = month_text(effect.pull.start)
    return _row(effect.title, start, effect.total, part, effect.assumption, sign=True)


def _row(
    what: str, start: str | None, amount: int, told: int, assumption: str, *, sign: bool = False
) -> tuple[Value, ...]:
    """told: the amount as it is shown, kronor."""
    return what, start or "", mnkr_text(told, sign=sign), as_mnkr(amount), assumption
