"""Control limits and signals of a curve, drawn by an office program: mean and limits phase by phase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.figures.spc_points import variation_word
from hsf_kpi.figures.spc_words import SHAPE
from hsf_kpi.figures.trend_limits import STEP
from hsf_kpi.model.variation import Variation
from hsf_kpi.render.native import along
from hsf_kpi.render.native.names import Drawn, Name
from hsf_kpi.render.native.types import Dash, Ink, Look, NativeSeries, Symbol
from hsf_kpi.render.page import wrap
from hsf_kpi.render.points import Record
from hsf_kpi.render.theme import NAME_SIZE
from hsf_kpi.render.trend_limits import LINES, NAMES

_SIGNAL = {
    Variation.BETTER: (Ink.BETTER, Symbol.CIRCLE),
    Variation.WORSE: (Ink.WORSE, Symbol.SQUARE),
    Variation.NEITHER: (Ink.DATA, Symbol.DIAMOND),
}
SIZE, LATEST = 8, 10
"""Points that a signal's mark is wide."""
NAMED = 8
"""Months of an earlier phase whose limits have room for their names."""
ABOVE, BESIDE = 330, 180
"""Pixels of a line of a signal's words above the curve, and right of it."""


def signals(points: Sequence[Record], latest: int, words: str) -> Iterator[Drawn]:
    """The outcomes of special cause, a series of points for each kind, larger and in its shape and colour, with the words of
    its latest run: «● Förbättring: 14 månader i rad under medel». latest: the place of the latest outcome, whose own words
    stand first where it is all there is of the run.
    """
    found = along.values(points, "outcome")
    for kind, (ink, symbol) in _SIGNAL.items():
        own = along.only(found, (i for i, point in enumerate(points) if point["signal"] == kind))
        if not (at := along.known(own)):
            continue
        series = NativeSeries(
            f"Signal, {variation_word(kind).lower()}",
            own,
            ink=ink,
            width=0,
            symbol=symbol,
            size=SIZE,
            points={i: Look(ink, symbol, LATEST) for i in at if i == latest},
        )
        run = _run(at, found)
        told = f"{SHAPE[kind]} {points[at[-1]]['signal_text'] or variation_word(kind)}"
        if run == [latest]:
            yield series, (Name((latest,), "\n".join((words, *_wrapped(told, BESIDE)))),)
        else:
            places = tuple(i for i in reversed(run) if i != latest)
            yield series, (Name(places, "\n".join(_wrapped(told, ABOVE))),)


def is_lone_signal(points: Sequence[Record], latest: int) -> bool:
    """Whether the latest outcome is of special cause, and no outcome before it belongs to the same run."""
    kind = points[latest]["signal"]
    found = along.values(points, "outcome")
    own = [i for i in along.known(found) if points[i]["signal"] == kind]
    return bool(kind) and _run(own, found) == [latest]


def _run(at: Sequence[int], found: Sequence[float | None]) -> list[int]:
    """The last of the places that follow each other with no other value between."""
    known = along.known(found)
    run: list[int] = []
    for i in reversed(at):
        if run and known.index(run[0]) - known.index(i) > 1:
            break
        run.insert(0, i)
    return run


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, width, NAME_SIZE)


def step_names(figure: Figure, points: Sequence[Record], at: Sequence[int]) -> Iterator[Name]:
    """Where limits begin anew."""
    for mark in figure.marks:
        if mark.role is Role.MEAN and mark.at is not None:
            begins = [i for i in at if points[i]["date"] == mark.at]
            yield Name(tuple(begins), STEP, needed=False)


def limit_lines(figure: Figure, points: Sequence[Record]) -> Iterator[Drawn]:
    """Mean and limits, each phase a series of its own: a line from one phase to the next would be no limit."""
    phases = list(dict.fromkeys(str(point["phase"]) for point in points if point["phase"]))
    titles = {column.key: column.title for column in figure.columns}
    for key in LINES:
        found = along.values(points, key)
        for phase in reversed(phases):
            own = along.only(found, (i for i, point in enumerate(points) if point["phase"] == phase))
            if not (at := along.known(own)):
                continue
            name = titles[key] if len(phases) == 1 else f"{titles[key]}, fas {phase}"
            series = NativeSeries(
                name,
                own,
                ink=Ink.AXIS,
                width=along.THIN if key == "mean" else along.HAIR,
                dash=Dash.SOLID if key == "mean" else Dash.SHORT,
            )
            is_latest = phase == phases[-1]
            if is_latest or len(at) >= NAMED:
                yield series, (replace(_name(key, points, own, at), needed=is_latest),)
            else:
                yield series, ()


def _name(key: str, points: Sequence[Record], own: Sequence[float | None], at: Sequence[int]) -> Name:
    """«Övre gräns 7,8 %» as the line ends; elsewhere without the number where the line is not level."""
    short = NAMES[key][0]
    text = f"{short} {points[at[-1]][f'{key}_text']}"
    is_level = len({own[i] for i in at}) == 1
    return Name(tuple(reversed(at)), text, text if is_level else short)
