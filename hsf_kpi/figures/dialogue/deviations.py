"""What the head of a unit is asked to answer, as a table: each figure that deviates, why, and what has been said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hsf_kpi.analysis.deviating import Deviation
from hsf_kpi.figures.captions import (
    caption,
    near_words,
    own_state,
    sentences,
    source_line,
    star_words,
    target_sources,
)
from hsf_kpi.figures.dialogue.words import (
    YEAR_END_WORD,
    day,
    one_line,
    source_words,
    who,
    year_end_text,
)
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.phrases import how_many, outcome_text, period_of, target_wording, verdict_text
from hsf_kpi.figures.shape import as_float, origins_of
from hsf_kpi.figures.spc_words import variation_finding
from hsf_kpi.model.dialogue import HandIn
from hsf_kpi.model.period import Month, View
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.words import UNIT_CAPTION, VIEW_WORD

ANSWERED, BEGUN, UNANSWERED = "besvarad", "helårsbedömning saknas", "svar saknas"
HOW = "Med är de nyckeltal som ackumulerat till och med månaden inte når sitt mål, och de som blev verkligt sämre just då."


def deviations_table(
    found: Sequence[Deviation],
    hand_in: HandIn,
    *,
    context: Context,
) -> Figure:
    """A row for each figure, in the order given. Verdict and change are told apart: two questions."""
    outcomes = [one.assessment.outcome for one in found]
    assessments = [one.assessment for one in found]
    own = replace(
        context,
        period=month_text(hand_in.month),
        view=VIEW_WORD[View.YTD],
        sex="",
        state=own_state(context, outcomes),
    )
    return Figure(
        kind=FigureKind.TABLE,
        slug="dialog-avvikelser",
        title=_title(found, hand_in.month),
        caption=caption("Nyckeltal som avviker och vad som har svarats", own),
        context=own,
        columns=(
            Column("measure", "Nyckeltal", Role.LABEL),
            Column("name", "Nyckeltal", Role.TEXT),
            Column("status", "Status", Role.STATUS),
            Column("outcome_text", "Utfall", Role.TEXT),
            Column("outcome", "Utfall", Role.OUTCOME),
            Column("unit", "Måttenhet", Role.TEXT),
            Column("target", "Mål", Role.TEXT),
            Column("period", "Period", Role.TEXT),
            Column("why", "Varför", Role.NOTE),
            Column("change", "Verklig förändring?", Role.TEXT),
            Column("answer", "Svar", Role.TEXT),
            Column("answer_text", "Svar", Role.TEXT),
            Column("text", "Analys", Role.NOTE),
            Column("year_end", "Helårsbedömning", Role.TEXT),
            Column("year_end_reason", "Skäl till helårsbedömningen", Role.NOTE),
            Column("who", "Lämnad av", Role.TEXT),
            Column("when", "Lämnad", Role.TEXT),
        ),
        rows=tuple(_row(one) for one in found),
        sentence=f"Tabell med {_counted(len(found))}, {own.unit}, {own.period}; {how_many(_left(found))} utan svar.",
        source=sentences(
            source_line([a.measure for a in assessments], outcomes, targets=target_sources(assessments)),
            "Analys och helårsbedömning: lämnade av verksamheten.",
        )
        if found
        else source_words("nyckeltalens utfall", ()),
        origins=origins_of(outcomes),
        help=sentences(HOW, near_words(assessments), star_words(outcomes)),
        empty="" if found else f"Inget nyckeltal avviker i {own.period}, så inget behöver besvaras.",
        options={
            "shown": "measure,answer_text,status,outcome_text,why,change,text",
            "file": "name,status,outcome,unit,target,period,why,change,answer,text,year_end,year_end_reason,who,when",
            "month": hand_in.month.iso,
        },
    )  # fmt: skip


def _row(one: Deviation) -> tuple[Value, ...]:
    a, said = one.assessment, one.answer
    state = ANSWERED if one.answered else BEGUN if said is not None else UNANSWERED
    return (
        one.measure.short_name,
        one.measure.name,
        verdict_text(a),
        outcome_text(a.outcome, a.bound),
        as_float(a.outcome),
        UNIT_CAPTION[one.measure.unit_of_measure],
        target_wording(a),
        period_of(a.outcome),
        one.why,
        "" if one.process is None else variation_finding(one.process),
        state,
        f"{state}: {YEAR_END_WORD[said.year_end]}" if one.answered and said and said.year_end else state,
        "" if said is None else one_line(said.text),
        "" if said is None else year_end_text(said.year_end),
        "" if said is None else one_line(said.year_end_reason),
        "" if said is None else who(said.written),
        "" if said is None else day(said.written),
    )


def _title(found: Sequence[Deviation], month: Month) -> str:
    name, left = month_text(month), _left(found)
    if not found:
        return f"Inget avviker i {name}"
    start, alone = f"{_counted(len(found), capital=True)} i {name}", len(found) == 1
    if not left:
        return f"{start}, {'besvarad' if alone else 'alla besvarade'}"
    if left == len(found):
        return f"{start}, {'inte' if alone else 'ingen'} besvarad"
    return f"{start}, {how_many(left)} {'obesvarad' if left == 1 else 'obesvarade'}"


def _left(found: Sequence[Deviation]) -> int:
    return sum(not one.answered for one in found)


def _counted(count: int, *, capital: bool = False) -> str:
    """«en avvikelse», «Tre avvikelser»"""
    if count == 1:
        return "En avvikelse" if capital else "en avvikelse"
    return f"{how_many(count, capital=capital)} avvikelser"
