"""Intern kontroll as figures: the risks, their matrix, what the controls have shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.choices import EVERYTHING, EXTRAS, LEVEL_OF_DECISION, NONE_OPEN, RISK
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.followed import followed_origins, history_table, standing_of, whole
from hsf_kpi.composing.seen import dated, seen_by_most
from hsf_kpi.figures.controls import risk_matrix, risks_table
from hsf_kpi.figures.controls_tiles import control_tiles
from hsf_kpi.figures.controls_words import Results, control_finding
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.control import Risk
from hsf_kpi.model.follow_up import Subject
from hsf_kpi.model.problems import NotFound


def risks_of(ask: Ask) -> tuple[Risk, ...]:
    """Those of the chosen level of decision, in the plan's order."""
    level = ask.extra(LEVEL_OF_DECISION)
    return tuple(one for one in ask.catalogue.controls.risks if level in (EVERYTHING, one.level.value))


def names_of(ask: Ask) -> Mapping[str, str]:
    """Risk → its short name, of those that are shown."""
    return {risk.id: risk.name for risk in risks_of(ask)}


def finding(ask: Ask) -> str:
    """The page's own sentence: the highest risktal, and what the controls have shown."""
    return control_finding(risks_of(ask), _results(ask))


def tiles(ask: Ask) -> Sequence[WordsTile]:
    """Nothing where the level of decision has no risks."""
    return control_tiles(risks_of(ask), _results(ask))


@lru_cache(maxsize=KEPT)
def matrix(ask: Ask) -> Composed | None:
    plan, risks = ask.catalogue.controls, risks_of(ask)
    return Composed(risk_matrix(plan, risks, context=whole(ask)), keys=seen_by_most(ask)) if risks else None


@lru_cache(maxsize=KEPT)
def table(ask: Ask) -> Composed:
    """Each risk leads to what its control has shown."""
    figure = risks_table(
        ask.catalogue.controls,
        risks_of(ask),
        _results(ask),
        context=whole(ask),
        origins=followed_origins(ask),
    )
    opens = tuple(((RISK, risk.id),) for risk in risks_of(ask))
    return Composed(dated(ask, figure), keys=seen_by_most(ask), opens=opens)


@lru_cache(maxsize=KEPT)
def history(ask: Ask) -> Composed | None:
    """Of the chosen control; None while none is chosen. NotFound for one that is not among those shown."""
    chosen, names = ask.extra(RISK), names_of(ask)
    if chosen == NONE_OPEN:
        return None
    if chosen not in names:
        raise NotFound(EXTRAS[RISK].unknown(chosen, names))
    return history_table(ask, Subject.CONTROL, chosen, names[chosen])


def figures(ask: Ask) -> tuple[Composed, ...]:
    """What the page frames, in its order. NotFound as `history`."""
    return tuple(one for one in (matrix(ask), table(ask), history(ask)) if one is not None)


def _results(ask: Ask) -> Results:
    return {key: one for (subject, key), one in standing_of(ask).items() if subject is Subject.CONTROL}
