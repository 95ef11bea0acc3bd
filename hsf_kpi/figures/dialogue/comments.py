"""What has been handed in about a figure, as the comments that follow it into every medium."""

from __future__ import annotations

from collections.abc import Iterator

from hsf_kpi.figures.dialogue.words import harmless, one_line, when, who, year_end_text
from hsf_kpi.figures.economy.cells import with_mnkr
from hsf_kpi.figures.figure import Comment
from hsf_kpi.model.dialogue import Analysis, HandIn, PlannedAction, Written
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_text

ANALYSIS, YEAR_END, ACTION, FORECAST = "Analys", "Helårsbedömning", "Åtgärd", "Egen prognos"


def figure_comments(hand_in: HandIn, key: str, *, shown: Month) -> tuple[Comment, ...]:
    """Analysis, helårsbedömning and åtgärder about the measure, in that order. shown: the month that the figure shows;
    another month's comments say which.
    """
    period = _period(hand_in, shown)
    found: list[Comment] = []
    analysis = hand_in.analysis(key)
    if analysis is not None:
        found += _of_analysis(analysis, period)
    found += [
        _comment(ACTION, action_text(action), action.written, period) for action in hand_in.actions_for(key)
    ]
    return tuple(found)


def forecast_comments(hand_in: HandIn, *, shown: Month) -> tuple[Comment, ...]:
    """The own forecast with its reason; none without one."""
    forecast = hand_in.forecast
    if forecast is None:
        return ()
    reason = harmless(forecast.reason)
    text = f"{with_mnkr(forecast.result)} för helåret {forecast.year}."
    return (
        _comment(FORECAST, f"{text} {reason}" if reason else text, forecast.written, _period(hand_in, shown)),
    )


def action_text(action: PlannedAction) -> str:
    """«Egen jourlinje i stället för inhyrd. Ansvarig: vårdenhetschef. Klart mars 2024. Väntad effekt: 1,2 mnkr om året.»"""
    amount = "" if action.amount is None else f"{with_mnkr(action.amount)} om året"
    effect = ", ".join(part for part in (one_line(action.effect).rstrip("."), amount) if part)
    parts = (
        one_line(action.what),
        f"Ansvarig: {one_line(action.responsible)}",
        f"Klart {month_text(action.due)}",
        f"Väntad effekt: {effect}" if effect else "",
    )
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part)


def byline(comment: Comment) -> str:
    """«Verksamhetschef, Kirurgkliniken, 14 november 2023, om september 2023»; "" where nothing is known."""
    period = f"om {comment.period}" if comment.period else ""
    return ", ".join(part for part in (comment.who, comment.when, period) if part)


def _of_analysis(analysis: Analysis, period: str) -> Iterator[Comment]:
    if text := harmless(analysis.text):
        yield _comment(ANALYSIS, text, analysis.written, period)
    if analysis.year_end is not None:
        judged = f"{year_end_text(analysis.year_end)}."
        reason = harmless(analysis.year_end_reason)
        yield _comment(YEAR_END, f"{judged} {reason}" if reason else judged, analysis.written, period)


def _comment(kind: str, text: str, written: Written | None, period: str) -> Comment:
    return Comment(kind, text, who(written), when(written), period)


def _period(hand_in: HandIn, shown: Month) -> str:
    return "" if hand_in.month == shown else month_text(hand_in.month)
