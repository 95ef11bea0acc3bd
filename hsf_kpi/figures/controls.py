"""Intern kontroll as two figures: where the risks stand in sannolikhet × konsekvens, and the risks with their controls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.controls_words import (
    LEVEL_WORD,
    NOBODY,
    Results,
    highest,
    matrix_titles,
    responsible_words,
    result_text,
    result_titles,
)
from hsf_kpi.figures.dialogue.words import one_line
from hsf_kpi.figures.economy.words import source_line
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.followed import told_source
from hsf_kpi.figures.grids import PLAIN, WORSE, Cell, grid_figure
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.shape import unique
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.control import HIGHEST, ControlPlan, Risk
from hsf_kpi.model.follow_up import ControlResult
from hsf_kpi.swedish.dates import month_short
from hsf_kpi.swedish.numbers import SPACE
from hsf_kpi.swedish.words import inside

STEPS = range(1, HIGHEST + 1)
EMPTY = "Planens risker för intern kontroll finns inte bland definitionerna."


def risk_matrix(plan: ControlPlan, risks: Sequence[Risk], *, context: Context) -> Figure:
    """Konsekvens downwards from the highest, sannolikhet to the right. risks: those that are shown, at least one."""
    met: dict[tuple[int, int], list[Risk]] = defaultdict(list)
    for risk in risks:
        met[risk.consequence, risk.likelihood].append(risk)
    most = highest(risks)[0].value
    cells = [
        _cell(consequence, likelihood, found, most)
        for (consequence, likelihood), found in sorted(met.items(), key=lambda one: -one[1][0].value)
    ]
    return grid_figure(
        slug="riskmatris",
        title=fitting(matrix_titles(risks)),
        caption=sentences("Risktal: sannolikhet × konsekvens.", _level_words(plan, risks), f"{plan.source}."),
        context=_of_the_plan(context),
        cells=cells,
        rows=[_consequence(step) for step in reversed(STEPS)],
        columns=[_likelihood(step) for step in STEPS],
        sentence=f"Matris med {how_many(len(risks))} {'risk' if len(risks) == 1 else 'risker'},"
        f" konsekvens mot sannolikhet: {'; '.join(_said(found) for found in met.values())}.",
        source=f"Källa: {plan.source}.",
        origins={Origin.PUBLISHED},
        row_title="Konsekvens, K",
        column_title="Sannolikhet, S",
        cell_title="Risktal och risker",
        tones={WORSE: "högst risktal"},
        more_columns=(Column("value", "Risktal", Role.COUNT),),
        help=sentences(*plan.notes),
    )


def risks_table(
    plan: ControlPlan,
    risks: Sequence[Risk],
    results: Results,
    *,
    context: Context,
    origins: Collection[Origin],
) -> Figure:
    """A row for each risk, in the plan's order. origins: of the results, where there are any."""
    told = [risk for risk in risks if risk.id in results]
    columns = (
        Column("name", "Kontroll", Role.LABEL),
        Column("text", "Risk", Role.TEXT),
        Column("level", "Beslutsnivå", Role.TEXT),
        Column("valued", "S × K", Role.TEXT),
        Column("likelihood", "Sannolikhet", Role.COUNT),
        Column("consequence", "Konsekvens", Role.COUNT),
        Column("value", "Risktal", Role.COUNT),
        Column("responsible", "Ansvarig", Role.TEXT),
        Column("area", "Granskningsområde", Role.TEXT),
        Column("policy", "Reglemente, policy eller regler", Role.TEXT),
        Column("method", "Metod för granskning", Role.TEXT),
        Column("result", "Senaste resultat", Role.TEXT),
        Column("code", "Resultatkod", Role.TEXT),
        Column("month", "Gäller", Role.TEXT),
        Column("note", "Anteckning", Role.NOTE),
    )
    shown = "name,valued,result,text,responsible,method"
    file = ",".join(c.key for c in columns if c.key not in ("valued", "result"))
    return Figure(
        kind=FigureKind.TABLE,
        slug="risker",
        title=fitting(result_titles(risks, results)) if risks else "Planens risker saknas",
        caption=sentences(
            "Risk, riskvärde, ansvarig, metod och vad kontrollen senast har visat.",
            _level_words(plan, risks),
            f"{plan.source}, med planens ord." if plan.source else "",
        ),
        context=context,
        columns=columns,
        rows=tuple(_row(risk, results) for risk in risks),
        sentence=f"Tabell med {how_many(len(risks))} {'risk' if len(risks) == 1 else 'risker'}: risk, sannolikhet"
        " gånger konsekvens, ansvarig, metod och senaste resultat."
        if risks
        else EMPTY,
        source=_source(plan, told, origins),
        origins=frozenset({Origin.PUBLISHED, *(origins if told else ())}) if risks else frozenset(),
        help=responsible_words(risks) if risks else "",
        empty="" if risks else EMPTY,
        options={"shown": shown, "file": file},
    )


def _of_the_plan(context: Context) -> Context:
    """What the plan has said is neither preliminary nor final, and of no view."""
    return replace(context, view="", sex="", state="")


def _source(plan: ControlPlan, told: Sequence[Risk], origins: Collection[Origin]) -> str:
    return source_line(plan.source or "ingen", told_source(origins) if told else "")


def _level_words(plan: ControlPlan, risks: Sequence[Risk]) -> str:
    """Whose risks they are, where not all are shown: «Beslutsnivå: Regionstyrelsen.»"""
    if len(risks) == len(plan.risks):
        return ""
    return f"Beslutsnivå: {', '.join(unique(LEVEL_WORD[risk.level] for risk in risks))}."


def _cell(consequence: int, likelihood: int, found: Sequence[Risk], most: int) -> Cell:
    value = found[0].value
    told = "\n".join(f"{value}: {inside(risk.name)}" for risk in found)
    return Cell(
        _consequence(consequence), _likelihood(likelihood), WORSE if value == most else PLAIN, told, (value,)
    )


def _consequence(step: int) -> str:
    """«K=4», as the plan writes it."""
    return f"K={step}"


def _likelihood(step: int) -> str:
    return f"S={step}"


def _said(found: Sequence[Risk]) -> str:
    first = found[0]
    names = ", ".join(risk.name for risk in found)
    return f"{first.value} ({first.likelihood} × {first.consequence}) {names}"


def _row(risk: Risk, results: Results) -> tuple[Value, ...]:
    result = results.get(risk.id)
    state = result.state if result is not None else None
    return (
        risk.name,
        risk.text,
        LEVEL_WORD[risk.level],
        f"{risk.likelihood} × {risk.consequence} = {risk.value}".replace(" ", SPACE),
        risk.likelihood,
        risk.consequence,
        risk.value,
        risk.responsible or NOBODY,
        risk.area,
        risk.policy,
        risk.method,
        result_text(result),
        state.value if isinstance(state, ControlResult) else "",
        month_short(result.month) if result is not None else "",
        one_line(result.text) if result is not None else "",
    )
