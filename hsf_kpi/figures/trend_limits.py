"""Control limits and signals in a trend: a curve that is judged month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from hsf_kpi.analysis.spc.types import Process, Variation
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.figure import Column, Figure, Mark, Role, Value
from hsf_kpi.figures.shape import keys
from hsf_kpi.figures.spc_points import change_finding, variation_word
from hsf_kpi.figures.spc_words import SHAPE, limits_words
from hsf_kpi.figures.trend_held import Held, ends, held_months
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_short, month_text
from hsf_kpi.swedish.numbers import SPACE, number, value_text

STEP = "Nya gränser"
"""The name of the vertical line where limits are worked out anew."""


def with_limits(figure: Figure, process: Process, outcomes: Sequence[Outcome]) -> Figure:
    """The figure of monthly `outcomes` (one a row) with limits, signals and their words.

    The process may be longer than what is shown.
    """
    months = held_months(process)
    shown = [outcome.period.end for outcome in outcomes]
    held = [months.get(month) for month in shown]
    return replace(
        figure,
        title=change_finding(process) or figure.title,
        columns=(*figure.columns, *_columns(process.measure)),
        rows=tuple((*row, *_cells(h, process.measure)) for row, h in zip(figure.rows, held, strict=True)),
        sentence=sentences(figure.sentence, _limits_told(held, process), _signals_told(held, shown)),
        marks=(*figure.marks, *_steps(process, shown)),
        help=sentences(_signs(held), limits_words(process), _cut_words(held, process), figure.help),
        options={
            **figure.options,
            "limits": "yes",
            "shown": _with_keys(figure, "shown", "signal_text"),
            "file": _with_keys(figure, "file", "mean", "limit_low", "limit_high", "signal_text"),
        },
    )


def _columns(measure: Measure) -> tuple[Column, ...]:
    unit, decimals = measure.unit_of_measure, measure.decimals
    return (
        Column("mean", "Medel", Role.MEAN, unit, decimals),
        Column("limit_low", "Undre styrgräns", Role.LIMIT_LOW, unit, decimals),
        Column("limit_high", "Övre styrgräns", Role.LIMIT_HIGH, unit, decimals),
        Column("mean_text", "Medel", Role.TEXT),
        Column("limit_low_text", "Undre styrgräns", Role.TEXT),
        Column("limit_high_text", "Övre styrgräns", Role.TEXT),
        Column("signal", "Signalens slag", Role.SIGNAL),
        Column("signal_text", "Signal", Role.TEXT),
        Column("phase", "Fas", Role.SERIES),
    )


def _cells(held: Held | None, measure: Measure) -> tuple[Value, ...]:
    if held is None:
        return None, None, None, "", "", "", "", "", ""
    lines = (held.mean, held.low, held.high)
    return (
        *(None if line is None else float(line) for line in lines),
        *("" if line is None else value_text(line, measure) for line in lines),
        held.signal,
        held.text,
        str(held.phase),
    )


def _with_keys(figure: Figure, option: str, *more: str) -> str:
    """The keys of an option with some more of them before the note, which stays last."""
    return ",".join((*(name for name in keys(figure, option) if name != "note"), *more, "note"))


def _steps(process: Process, shown: Sequence[Month]) -> tuple[Mark, ...]:
    """A vertical line where a phase begins inside the shown months; its reason is in the reading help."""
    begins = (process.months[phase.first] for phase in process.phases[1:])
    return tuple(Mark(Role.MEAN, STEP, at=m.first_day) for m in begins if shown[0] < m <= shown[-1])


def _signs(held: Sequence[Held | None]) -> str:
    """What the larger marks stand for: «Större märken: ● förbättring, ■ försämring.», those that are there."""
    seen = {h.signal for h in held if h is not None}
    kinds = [kind for kind in SHAPE if kind is not Variation.COMMON and kind.value in seen]
    words = ", ".join(f"{SHAPE[kind]}{SPACE}{variation_word(kind).lower()}" for kind in kinds)
    return f"Större märken: {words}." if words else ""


def _cut_words(held: Sequence[Held | None], process: Process) -> str:
    """That a limit is drawn at the end of what is possible, where one is."""
    floor, ceiling = ends(process)
    percent = f"{SPACE}%" if process.measure.unit_of_measure is UnitOfMeasure.PERCENT else ""
    low = any(h.cut_low for h in held if h is not None) and floor is not None
    high = any(h.cut_high for h in held if h is not None) and ceiling is not None
    return sentences(
        f"Undre styrgränsen ritas inte under {number(floor or 0, 0)}{percent}." if low else "",
        f"Övre styrgränsen ritas inte över {number(ceiling or 0, 0)}{percent}." if high else "",
    )


def _limits_told(held: Sequence[Held | None], process: Process) -> str:
    """«Medel 6,7 %, styrgränser 5,7 % till 7,8 %.», those of the latest month; the earlier phases' means after them."""
    drawn = [h for h in held if h is not None and h.mean is not None]
    if not drawn:
        return ""
    last = drawn[-1]
    mean, low, high = (
        "" if line is None else value_text(line, process.measure) for line in (last.mean, last.low, last.high)
    )
    now = f"Medel {mean}, styrgränser {low} till {high}"
    if process.seasonal:
        return f"{now} i den senaste månaden; de följer årets månader."
    firsts = [next(run) for _, run in groupby(drawn, key=lambda h: h.phase)]
    earlier = [value_text(h.mean, process.measure) for h in firsts[:-1] if h.mean is not None]
    return f"{now}; före de senaste nya gränserna medel {', '.join(earlier)}." if earlier else f"{now}."


def _signals_told(held: Sequence[Held | None], shown: Sequence[Month]) -> str:
    """«Senaste signal oktober 2023, förbättring: … Signal även i 3 tidigare månader …» or that there is none."""
    found = [(month, h) for month, h in zip(shown, held, strict=True) if h is not None and h.text]
    if not found:
        return "Inga signaler om verklig förändring."
    month, last = found[-1]
    told = f"Senaste signal {month_text(month)}, {last.text[:1].lower()}{last.text[1:]}."
    if len(found) == 1:
        return told
    before = "tidigare månad" if len(found) == 2 else "tidigare månader"
    return f"{told} Signal även i {len(found) - 1} {before}, den första {month_short(found[0][0])}."
