"""A bridge: from one amount to another, step by step, each plus better and each minus worse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from hsf_kpi.analysis.economy.types import Bridge, BridgeStep
from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.words import adding_up, as_mnkr, goal_words, mnkr, mnkr_text, shown, source_line
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.shape import slug
from hsf_kpi.model.codes import Origin, UnitOfMeasure
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.swedish.words import inside

TOTAL, STEP = "total", "step"
"""What a row is: where the bridge begins and ends, or a step between."""


def bridge_figure(
    bridge: Bridge, *, context: Context, origins: frozenset[Origin], source: str, title: str = ""
) -> Figure:
    """A row for the start, each step and the end; whole mnkr where all are, else one decimal. `title`: the page's own."""
    amounts = [bridge.start, *(step.amount for step in bridge.steps), bridge.end]
    places = 0 if all(amount % MNKR == 0 for amount in amounts) else 1
    start, end = shown(bridge.start, places), shown(bridge.end, places)
    most = _most(bridge)
    steps = adding_up(amounts[1:-1], end - start, places, kept=() if most is None else (most,))
    levels = list(accumulate((bridge.start, *amounts[1:-1])))
    rows = [_row(bridge.start_title, TOTAL, bridge.start, 0, bridge.start, mnkr(start, places))]
    rows += [
        _row(step.title, STEP, step.amount, before, before + step.amount, mnkr(told, places, sign=True))
        for step, told, before in zip(bridge.steps, steps, levels, strict=False)
    ]
    rows.append(_row(bridge.end_title, TOTAL, bridge.end, 0, bridge.end, mnkr(end, places)))
    unit = UnitOfMeasure.MNKR
    return Figure(
        kind=FigureKind.BRIDGE,
        slug=f"bro-{slug(bridge.id)}",
        title=title or fitting(_titles(bridge, most, steps, places)),
        caption=sentences(
            f"Från {inside(bridge.start_title)} till {inside(bridge.end_title)}, mnkr.",
            f"{context.unit}, {context.period}." if context.period else f"{context.unit}.",
        ),
        context=context,
        columns=(
            Column("title", "Post", Role.LABEL),
            Column("kind", "Slag", Role.STATUS),
            Column("amount", "Belopp", Role.CHANGE, unit, places),
            Column("amount_text", "Belopp", Role.TEXT),
            Column("from", "Från", Role.LOW, unit, places),
            Column("to", "Till", Role.HIGH, unit, places),
        ),
        rows=tuple(rows),
        sentence=_sentence(bridge, steps, places),
        source=source_line(source),
        origins=origins,
        help="Plus är bättre, minus sämre." + _rounded_help(bridge, steps, places),
        unit=unit,
        decimals=places,
        options={"shown": "title,amount_text", "file": "title,amount,from,to"},
    )


def _row(title: str, kind: str, amount: int, start: int, end: int, text: str) -> tuple[Value, ...]:
    return title, kind, as_mnkr(amount), text, as_mnkr(start), as_mnkr(end)


def _most(bridge: Bridge) -> int | None:
    """The largest step in the direction that the whole went; None where no step is one."""
    if not any(step.amount for step in bridge.steps):
        return None
    way = -1 if bridge.end < bridge.start else 1
    return max(range(len(bridge.steps)), key=lambda i: bridge.steps[i].amount * way)


def _titles(bridge: Bridge, most: int | None, steps: Sequence[int], places: int) -> Iterator[str]:
    """«Regionersättning förbättrar resultatet mest, med 508 mnkr»"""
    if most is None:
        yield f"Inget skiljer {inside(bridge.start_title)} från {inside(bridge.end_title)}"
        yield "Ingenting har ändrats"
        return
    if not steps[most]:
        yield f"Ingen enskild post skiljer {inside(bridge.start_title)} från {inside(bridge.end_title)}"
        yield "Ingen enskild post ändrar resultatet nämnvärt"
        return
    word = "försämrar" if bridge.end < bridge.start else "förbättrar"
    for name in _short_names(bridge.steps[most]):
        yield f"{name} {word} resultatet mest, med {mnkr_text(abs(steps[most]), places)}"
    yield f"Den största posten {word} resultatet med {mnkr_text(abs(steps[most]), places)}"


def _short_names(step: BridgeStep) -> Iterator[str]:
    """The whole title, then what stands before its parenthesis, its colon or its comma."""
    yield step.title
    for sign in (" (", ": ", ", "):
        if sign in step.title:
            yield step.title.partition(sign)[0]


def _rounded_help(bridge: Bridge, steps: Sequence[int], places: int) -> str:
    own = (shown(step.amount, places) for step in bridge.steps)
    if all(a == b for a, b in zip(own, steps, strict=True)):
        return ""
    return " Beloppen är avrundade så att de summerar."


def _sentence(bridge: Bridge, steps: Sequence[int], places: int) -> str:
    parts = "; ".join(
        f"{step.title} {mnkr(told, places, sign=True)}"
        for step, told in zip(bridge.steps, steps, strict=True)
    )
    return sentences(
        f"Stegdiagram från {bridge.start_title} {goal_words(bridge.start, places)} mnkr"
        f" till {bridge.end_title} {goal_words(bridge.end, places)} mnkr.",
        f"Steg: {parts}." if parts else "Inga steg.",
    )
