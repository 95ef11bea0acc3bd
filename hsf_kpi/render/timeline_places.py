"""Where the lanes of a timeline stand, in pixels from above: with the names beside the bars, and over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hsf_kpi.render.bars import LINE_HEIGHT
from hsf_kpi.render.page import text_width, wrap
from hsf_kpi.render.theme import NAME_SIZE, NOTE_SIZE, SEMIBOLD
from hsf_kpi.render.timeline_lanes import Lane, Span, stacked

NAME_WIDTH, NARROW_NAME = 350.0, 235.0
"""Pixels of a line of a name."""
NOTE_WIDTH, NARROW_NOTE = 200.0, 76.0
"""Pixels of a line of a note at the end of its bar. On a narrow screen a longer one stands over the bar."""
PLOT, NARROW_PLOT = 340.0, 150.0
"""Pixels of the plot at the least, by which notes get their room."""
STEP, BAR, NARROW_BAR = 30, 20, 24
"""Pixels of a lane, and of each row of bars in it."""
AIR, NARROW_AIR = 12, 8
"""Pixels over and under a lane's name together, and over a name on a narrow screen."""
HEADING, HEADING_AIR = 22, 10
SIGN = 8
"""Pixels that a shape or a diamond reaches on each side."""
NOTE_GAP = 6
"""Pixels from there to the note."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A span's pixels from above and its note's lines. note_at: the middle of the note's first line where it stands over the
    bar, None where it stands at its end.
    """

    at: float
    note: tuple[str, ...]
    note_at: float | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A lane. group: the lines of the heading over it, () for none; heading: the middle of the first of them. name: the
    middle of its name's first line. placed: its spans.
    """

    top: float
    name: float
    lines: tuple[str, ...]
    placed: tuple[Placed, ...]
    group: tuple[str, ...]
    heading: float


@dataclass(frozen=True, slots=True)
class Places:
    """bottom: where the last lane ends. room: pixels that notes need right of the plot."""

    lanes: list[Place]
    bottom: float
    room: float


@dataclass(frozen=True, slots=True)
class Scale:
    """The years across a plot of so many pixels."""

    low: int
    high: int
    plot: float

    def reach(self, span: Span, note: Sequence[str]) -> tuple[float, float]:
        """(from, to) in years that the span takes with its sign and its note."""
        pixel = (self.high - self.low) / self.plot
        start, end = (self.low if at is None else at for at in (span.start, span.end))
        return start - SIGN * pixel, end + (SIGN + _note_width(note)) * pixel

    def beyond(self, span: Span, note: Sequence[str]) -> float:
        """Pixels that it reaches past the plot."""
        return (self.reach(span, note)[1] - self.high) * self.plot / (self.high - self.low)


@lru_cache(maxsize=1024)
def _wrapped(text: str, width: float, size: float) -> tuple[str, ...]:
    """Kept: the height of the chart is asked for each time that a page is shown."""
    return tuple(wrap(text, width, size))


def wide_places(found: Sequence[Lane], scale: Scale, top: float) -> Places:
    lanes, below, room = [], top, 0.0
    for lane, group in zip(found, _headings(found, float("inf")), strict=True):
        heading, below = _heading(below, group)
        lines = _wrapped(lane.name, NAME_WIDTH, NAME_SIZE)
        notes = [_wrapped(span.label, NOTE_WIDTH, NOTE_SIZE) for span in lane.spans]
        pairs = list(zip(lane.spans, notes, strict=True))
        rows = stacked([scale.reach(*pair) for pair in pairs])
        highs = [max(BAR, *(len(notes[k]) * LINE_HEIGHT + 4 for k in row)) for row in rows]
        high = max(STEP, len(lines) * LINE_HEIGHT + AIR, sum(highs) + AIR)
        placed: dict[int, Placed] = {}
        at = below + (high - sum(highs)) / 2
        for row, tall in zip(rows, highs, strict=True):
            placed |= {k: Placed(at + tall / 2, notes[k]) for k in row}
            at += tall
        name = below + high / 2 - (len(lines) - 1) / 2 * LINE_HEIGHT
        lanes.append(Place(below, name, lines, _ordered(placed), group, heading))
        below += high
        room = max(room, *(scale.beyond(*pair) for pair in pairs))
    return Places(lanes, below, room)


def narrow_places(found: Sequence[Lane], scale: Scale, top: float) -> Places:
    lanes, below, room = [], top, 0.0
    for lane, group in zip(found, _headings(found, NARROW_NAME), strict=True):
        heading, below = _heading(below, group)
        lines = tuple(wrap(lane.name, NARROW_NAME, NAME_SIZE))
        long = [text_width(span.label, NOTE_SIZE) > NARROW_NOTE for span in lane.spans]
        at = below + NARROW_AIR + len(lines) * LINE_HEIGHT
        placed: dict[int, Placed] = {}
        for row in stacked([_narrow_reach(*one, scale) for one in zip(lane.spans, long, strict=True)]):
            for k in row:
                span = lane.spans[k]
                if long[k]:
                    note, note_at = tuple(wrap(span.label, NARROW_NAME, NOTE_SIZE)), at + LINE_HEIGHT / 2
                    at += len(note) * LINE_HEIGHT
                    placed[k] = Placed(at + NARROW_BAR / 2, note, note_at)
                else:
                    placed[k] = Placed(at + NARROW_BAR / 2, (span.label,))
                    room = max(room, scale.beyond(span, (span.label,)))
            at += (
                NARROW_BAR if any(lane.spans[k].start is not None or not long[k] for k in row) else NARROW_AIR
            )
        name = below + NARROW_AIR + LINE_HEIGHT / 2
        lanes.append(Place(below, name, lines, _ordered(placed), group, heading))
        below = at
    return Places(lanes, below, room)


def _headings(found: Sequence[Lane], width: float) -> Iterator[tuple[str, ...]]:
    """Over each lane, the lines of the heading that it begins a group under."""
    group = ""
    for lane in found:
        yield tuple(wrap(lane.group, width, NOTE_SIZE, SEMIBOLD)) if lane.group != group else ()
        group = lane.group


def _heading(below: float, lines: Sequence[str]) -> tuple[float, float]:
    """(the middle of the first line, where the lane begins)."""
    if not lines:
        return below, below
    first = below + HEADING_AIR + HEADING / 2
    return first, first + (len(lines) - 1) * LINE_HEIGHT + HEADING / 2


def _narrow_reach(span: Span, long: bool, scale: Scale) -> tuple[float, float]:
    """A bar with its note over it has the row to itself."""
    return (float("-inf"), float("inf")) if long else scale.reach(span, (span.label,))


def _note_width(lines: Sequence[str]) -> float:
    widest = max((text_width(line, NOTE_SIZE) for line in lines), default=0.0)
    return NOTE_GAP + widest if widest else 0.0


def _ordered(placed: dict[int, Placed]) -> tuple[Placed, ...]:
    return tuple(placed[k] for k in sorted(placed))
