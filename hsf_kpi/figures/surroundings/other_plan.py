"""Another region's transformation beside ours: its funding, its areas against our insatsområden, its actions and sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.contribution_lines import APART, OTHER
from hsf_kpi.figures.economy.words import listed
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Mark, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.grids import PLAIN, Cell, grid_figure
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.surroundings.words import none_or
from hsf_kpi.model.codes import Origin, UnitOfMeasure
from hsf_kpi.model.mission import FocusArea
from hsf_kpi.model.surroundings import Decision, OtherAction, OtherPlan
from hsf_kpi.swedish.numbers import SPACE, number, places
from hsf_kpi.swedish.words import sentence_start

OUR_READING = "vår läsning"
NOT_SAID = "anges inte i källan"
ORIGINS = frozenset({Origin.PUBLISHED})
TOTAL = "Sammanlagt"


def mnkr(amount: Decimal) -> str:
    """«350 mnkr», «14,6 mnkr»: in the source's own precision."""
    return f"{number(amount, places(amount))}{SPACE}mnkr"


def funding_titles(plan: OtherPlan) -> Iterator[str]:
    last = max(plan.funding)
    span = f"{min(plan.funding)}–{last}"
    yield f"{plan.short_name} avsatte {plan.total_wording} {span}, mest {last}: {mnkr(plan.funding[last])}"
    yield f"{plan.short_name} avsatte {plan.total_wording} {span}"


def plan_titles(plan: OtherPlan, areas: Sequence[FocusArea]) -> Iterator[str]:
    """The page's: the money, and how much of ours we read in its areas."""
    given = f"{plan.short_name} avsatte {plan.total_wording} {min(plan.funding)}–{max(plan.funding)}"
    without = len(_without_area(plan, areas))
    if without:
        some = f"{none_or(len(areas) - without)} av {how_many(len(areas))} insatsområden"
        yield f"{given}; {some} har ett område där ({OUR_READING})"
    yield given


def funding_bars(plan: OtherPlan, *, context: Context) -> Figure:
    """A bar for each year, and the sum apart. The sum is the source's own; that the years add up to it is checked."""
    unit = UnitOfMeasure.MNKR
    years = [(str(year), amount, OTHER) for year, amount in plan.funding.items()]
    added = " + ".join(number(amount, places(amount)) for _, amount, _ in years)
    return Figure(
        kind=FigureKind.CONTRIBUTION,
        slug="omvarld-vgr-medel",
        title=fitting(funding_titles(plan)),
        caption=f"Avsatta medel för att underlätta omställningen av vården, mnkr. {plan.name}.",
        context=_of_them(plan, context),
        columns=(
            Column("name", "År", Role.LABEL),
            Column("unit", "Id", Role.NOTE),
            Column("deviation", "Avsatt", Role.OUTCOME, unit, 0),
            Column("shown", "Avsatt", Role.OUTCOME, unit, 0),
            Column("deviation_text", "Avsatt, mnkr", Role.TEXT),
            Column("mark", "Framhävd", Role.STATUS),
        ),
        rows=tuple(
            (name, "", float(amount), float(amount), number(amount, places(amount)), mark)
            for name, amount, mark in (*years, (TOTAL, plan.total, APART))
        ),
        sentence=f"Stapeldiagram: {'; '.join(f'{name} {mnkr(amount)}' for name, amount, _ in years)}."
        f" Sammanlagt {mnkr(plan.total)}, som källan skriver {plan.total_wording}.",
        source=f"Källa: {plan.source}.",
        origins=ORIGINS,
        marks=(Mark(Role.BUDGET, "0", 0.0, 0.0),),
        help=sentences(
            f"Källan skriver {plan.total_wording}; åren är {added} = {number(plan.total, 0)} mnkr.",
            f"Beloppen är {plan.short_name}:s egna, inte omräknade till vår storlek. Statsbidragen för god och nära vård"
            " i vår plan står på Budget och ramar.",
        ),
        unit=unit,
        decimals=0,
        options={"shown": "name,deviation_text", "file": "name,deviation"},
    )


def areas_grid(plan: OtherPlan, areas: Sequence[FocusArea], *, context: Context) -> Figure:
    """The plan's areas against our insatsområden: a dot where we read one as the other."""
    names = {area.id: area.name for area in areas}
    rows = [sentence_start(area.text) for area in plan.areas]
    return grid_figure(
        slug="omvarld-vgr-omraden",
        title=fitting(_area_titles(plan, areas)),
        caption=f"{plan.short_name}:s {how_many(len(plan.areas))} områden mot våra insatsområden, {OUR_READING}.",
        context=_of_them(plan, context),
        cells=[
            Cell(row, names[one], PLAIN)
            for row, area in zip(rows, plan.areas, strict=True)
            for one in area.reading
            if one in names
        ],
        rows=rows,
        columns=list(names.values()),
        row_title=f"{plan.short_name}:s område",
        column_title="Vårt insatsområde",
        sentence=_area_sentence(plan, names),
        source=f"Källa: {plan.source}; insatsområdena ur vår förvaltningsplan.",
        origins=ORIGINS,
        help=sentences(
            f"Punkt: vi läser området som insatsområdet ({OUR_READING}). Ingen av planerna säger något om den andra.",
            _in_actions_words(plan, areas),
        ),
        empty="Våra insatsområden finns inte bland definitionerna.",
    )


def _area_titles(plan: OtherPlan, areas: Sequence[FocusArea]) -> Iterator[str]:
    without = _without_area(plan, areas)
    if not without:
        yield f"Alla våra insatsområden har ett område i {plan.short_name}:s plan ({OUR_READING})"
        return
    some = sentence_start(none_or(len(areas) - len(without)))
    told = f"{some} av våra {how_many(len(areas))} insatsområden har ett område i {plan.short_name}:s plan"
    yield f"{told} ({OUR_READING})"
    yield told


def _without_area(plan: OtherPlan, areas: Sequence[FocusArea]) -> list[str]:
    read = {one for area in plan.areas for one in area.reading}
    return [area.name for area in areas if area.id not in read]


def _in_actions_words(plan: OtherPlan, areas: Sequence[FocusArea]) -> str:
    """What has no area of its own there and is yet among the actions: «Hälsofrämjande har inget eget område, men …»"""
    read = {one for action in plan.actions for one in action.reading}
    without = _without_area(plan, [area for area in areas if area.id in read])
    if not without:
        return ""
    return f"{listed(without)} har inget eget område, men finns bland åtgärderna ({OUR_READING})."


def _area_sentence(plan: OtherPlan, names: Mapping[str, str]) -> str:
    told = [
        f"{sentence_start(area.text)}: {listed([names[one] for one in area.reading if one in names])}"
        for area in plan.areas
    ]
    return f"Matris, {OUR_READING}. {'. '.join(told)}."


def actions_table(plan: OtherPlan, areas: Sequence[FocusArea], *, context: Context) -> Figure:
    """What the plan lists, which area it belongs to as far as the source says, and our reading."""
    names = {area.id: area.name for area in areas}
    own = {area.id: area.text for area in plan.areas}
    count = len(plan.actions)
    placed = sum(bool(action.area) for action in plan.actions)
    title = f"Källan nämner {how_many(count)} åtgärder" + (
        "" if placed else " och säger inte vilket område de hör till"
    )
    return Figure(
        kind=FigureKind.TABLE,
        slug="omvarld-vgr-atgarder",
        title=title,
        caption=f"{plan.title}: åtgärder med planens ord. {plan.adopted}",
        context=_of_them(plan, context),
        columns=(
            Column("text", "Åtgärd", Role.LABEL),
            Column("area", f"{plan.short_name}:s område", Role.TEXT),
            Column("reading", f"Vårt insatsområde ({OUR_READING})", Role.TEXT),
        ),
        rows=tuple(_action_row(action, own, names) for action in plan.actions),
        sentence=f"Tabell med {how_many(count)} åtgärder ur {plan.name}s plan, med område och vår läsning.",
        source=f"Källa: {plan.source}.",
        origins=ORIGINS,
        help=sentences(*plan.notes),
        empty="" if plan.actions else "Planen nämner inga åtgärder.",
        options={"shown": "text,area,reading", "file": "text,area,reading"},
    )


def _action_row(action: OtherAction, own: Mapping[str, str], names: Mapping[str, str]) -> tuple[Value, ...]:
    reading = listed([names[one] for one in action.reading if one in names])
    return action.text, own.get(action.area, NOT_SAID), reading


def decisions_table(plan: OtherPlan, *, context: Context) -> Figure | None:
    """Other sums that were decided at the same time, with their parts; None without any."""
    if not plan.decisions:
        return None
    return Figure(
        kind=FigureKind.TABLE,
        slug="omvarld-vgr-beslut",
        title=f"{plan.short_name} avsatte också medel för {_purposes(len(plan.decisions))}",
        caption=f"Andra beslutade summor i samma nyhet, med källans ord. {plan.name}.",
        context=_of_them(plan, context),
        columns=(
            Column("what", "Ändamål", Role.LABEL),
            Column("wording", "Belopp med källans ord", Role.TEXT),
            Column("amount", "Belopp", Role.OUTCOME, UnitOfMeasure.MNKR, 1),
            Column("parts", "Varav", Role.TEXT),
        ),
        rows=tuple(_decision_row(one) for one in plan.decisions),
        sentence=f"Tabell med {how_many(len(plan.decisions))} beslutade summor: "
        f"{'; '.join(f'{one.what}, {one.wording}' for one in plan.decisions)}.",
        source=f"Källa: {plan.source}.",
        origins=ORIGINS,
        help="Ett belopp med ”drygt” har inget exakt tal och står bara i ord.",
        options={"shown": "what,wording,parts", "file": "what,wording,amount,parts"},
    )


def _purposes(count: int) -> str:
    return f"{how_many(count)} andra ändamål" if count > 1 else "ett annat ändamål"


def _decision_row(one: Decision) -> tuple[Value, ...]:
    amount = None if one.amount is None else float(one.amount)
    return one.what, one.wording, amount, "; ".join(f"{mnkr(p.amount)}: {p.text}" for p in one.parts)


def _of_them(plan: OtherPlan, context: Context) -> Context:
    return replace(context, unit=plan.name, path=plan.name, period=plan.years)
