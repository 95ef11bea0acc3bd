"""The slides of one figure: its chart, charts or table, and all that must follow it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from hsf_kpi.figures.addresses import in_words
from hsf_kpi.figures.figure import Figure
from hsf_kpi.render.alt import alternative_text, readable
from hsf_kpi.render.native import finite, native
from hsf_kpi.render.native.reading import retold
from hsf_kpi.render.native.types import NativeChart
from hsf_kpi.render.powerpoint.chart import Room
from hsf_kpi.render.powerpoint.comment_slides import COLUMN, column, comment_slides, fits_beside, fits_under
from hsf_kpi.render.powerpoint.deck import Deck, Page
from hsf_kpi.render.powerpoint.edges import foot, foot_height, head
from hsf_kpi.render.powerpoint.ink import MUTED, TEXT
from hsf_kpi.render.powerpoint.shapes import CAPTION_BOX, FOOT_END, INNER, MARGIN, Box
from hsf_kpi.render.powerpoint.table import Grid, grids, table_xml
from hsf_kpi.render.powerpoint.template import FIGURE
from hsf_kpi.render.powerpoint.text import LEADING, fitted, height, paragraph, run, wrapped
from hsf_kpi.render.stamp import filter_line, told_lines

NOTE_SIZE, TOTALS_SIZE = 12.0, 14.0
EMPTY_SIZES = (24.0, 20.0, 18.0, 14.0)
EMPTY_WIDTH = 720.0
GAP = 18.0
MOST = 12
"""Charts on a slide; more are shared equally among several."""

Draw = Callable[[Page, Box], None]


@dataclass(frozen=True, slots=True)
class _Body:
    """What one slide of the figure shows. used: points of the room's height."""

    draw: Draw
    used: float


def add_figure(deck: Deck, figure: Figure, day: dt.date) -> None:
    """As many slides as it takes: charts by twelve, a long or wide table in parts, long comments after them. `day`: when it
    is taken out, as its foot and notes say.
    """
    charts = native(figure)
    figure = retold(finite(figure))
    whole = _room(figure, day)
    comments = figure.comments
    beside = bool(charts or figure.empty) and fits_beside(comments, whole.height)
    room = replace(whole, width=whole.width - COLUMN - GAP) if beside else whole
    bodies = _bodies(figure, charts, room)
    used = bodies[-1].used + GAP
    under = not beside and fits_under(comments, room.height - used)
    spare = _spare(figure, bodies, room) if not (charts or comments) else 0.0
    for i, body in enumerate(bodies):
        page = deck.page(FIGURE)
        head(page, figure.title, figure.caption, part=(i + 1, len(bodies)))
        _totals(page, figure)
        body.draw(page, room)
        if beside:
            column(page, comments, replace(whole, x=room.x + room.width + GAP, width=COLUMN))
        elif under and i == len(bodies) - 1:
            column(page, comments, room.below(used))
        _help(page, figure, whole.bottom - spare, _help_height(figure) or spare)
        foot(page, _source(figure, day))
        page.notes(_notes(figure, day, first=i == 0))
    if comments and not (beside or under):
        notes = _notes(figure, day, first=False)
        comment_slides(deck, figure.title, comments, _source(figure, day), notes)


def _source(figure: Figure, day: dt.date) -> list[str]:
    return [in_words(figure.source), filter_line(figure, day)]


def _room(figure: Figure, day: dt.date) -> Box:
    """Between the caption (and totals) and the reading help (and foot)."""
    top = CAPTION_BOX.bottom + 8 + _totals_height(figure)
    bottom = FOOT_END - foot_height(_source(figure, day)) - _help_height(figure) - 6
    return Box(MARGIN, top, INNER, bottom - top)


def _totals_height(figure: Figure) -> float:
    text = figure.options.get("totals", "")
    return height([text], INNER, TOTALS_SIZE) + 6 if text else 0.0


def _totals(page: Page, figure: Figure) -> None:
    if text := figure.options.get("totals", ""):
        box = Box(MARGIN, CAPTION_BOX.bottom + 6, INNER, _totals_height(figure))
        page.words("Summering", box, [paragraph(run(text, size=TOTALS_SIZE, colour=TEXT))])


def _help_height(figure: Figure) -> float:
    """The reading help on at most two lines; longer ones are in the notes, and under a short table (`_spare`)."""
    high = _whole_help(figure)
    return high if high <= 2 * NOTE_SIZE * LEADING + 4 else 0.0


def _whole_help(figure: Figure) -> float:
    lines = len(wrapped(figure.help, INNER, NOTE_SIZE)) if figure.help else 0
    return lines * NOTE_SIZE * LEADING + 4 if lines else 0.0


def _spare(figure: Figure, bodies: Sequence[_Body], room: Box) -> float:
    """The height of a longer reading help where the only slide has room for it under its table; else 0."""
    high = _whole_help(figure)
    has_room = len(bodies) == 1 and bodies[0].used + GAP + high <= room.height
    return high if has_room and not _help_height(figure) else 0.0


def _help(page: Page, figure: Figure, top: float, high: float) -> None:
    if high:
        box = Box(MARGIN, top + 4, INNER, high)
        page.words("Läshjälp", box, [paragraph(run(figure.help, size=NOTE_SIZE, colour=MUTED))])


def _bodies(figure: Figure, charts: tuple[NativeChart, ...], room: Box) -> list[_Body]:
    told = alternative_text(figure)
    if figure.empty:
        return [_Body(_said_large(figure.empty), room.height)]
    if charts:
        each = 1 if charts[0].whole else ceil(len(charts) / ceil(len(charts) / MOST))
        return [_Body(_drawn(charts[i : i + each], told), room.height) for i in range(0, len(charts), each)]
    parts = grids(figure, Room(room.width, room.height))
    return [_Body(_laid(part, told), part.height) for part in parts]


def _said_large(text: str) -> Draw:
    def draw(page: Page, box: Box) -> None:
        place = replace(box.below(GAP), width=min(box.width, EMPTY_WIDTH))
        words, size = fitted(text, place.width, place.height, EMPTY_SIZES)
        page.words("Inget att visa", place, [paragraph(run(words, size=size, colour=MUTED))])

    return draw


def _drawn(charts: tuple[NativeChart, ...], told: str) -> Draw:
    def draw(page: Page, box: Box) -> None:
        for chart, place in zip(charts, box.grid(len(charts)), strict=True):
            page.chart(chart, place, _told(chart, told, alone=len(charts) == 1))

    return draw


def _told(chart: NativeChart, told: str, *, alone: bool) -> str:
    if alone and not (chart.title or chart.alt):
        return told
    return readable(chart.alt) or f"{chart.title}. {told}"


def _laid(part: Grid, told: str) -> Draw:
    def draw(page: Page, box: Box) -> None:
        page.table(Box(box.x, box.y, part.width, part.height), told, table_xml(part))

    return draw


def _notes(figure: Figure, day: dt.date, *, first: bool) -> list[tuple[str, str]]:
    """All that is told of the figure; on a further slide not what has been said of it."""
    said = {comment.kind for comment in figure.comments}
    return [line for line in told_lines(figure, day) if first or line[0] not in said]
