"""A grid laid out: names, headings, lines and marks for every width that is planned for, which the chart chooses among.

In each row `x` counts columns from the left edge of the cells and `y` pixels down; `dx` pixels more to the right. `y2`:
pixels before the cells; `dy`: how many columns; `x2`: the most pixels of one. `size`: the pixels of a text or across a mark,
or where a line ends further down. `segment`: which width.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.grids import BETTER, NEAR, NONE, PLAIN, WORSE
from hsf_kpi.render.frame import UNSEEN, Row
from hsf_kpi.render.grid_cells import Laid, Met, laid
from hsf_kpi.render.grid_plan import GAP, MANY, PAD, WIDTHS, Plan, letter, plan
from hsf_kpi.render.page import wrap
from hsf_kpi.render.theme import NAME_SIZE, NOTE_SIZE
from hsf_kpi.swedish.numbers import SPACE

LAYERS = ("band", "across", "down", "word", "mark", "told")
LINE = 17
"""Pixels from one line of words to the next."""
TALL, MIDDLE, LOW = 36, 28, 22
"""Pixels of a row of marks: of few rows, of some, of many."""
FEW, SOME = 8, 20
"""Rows up to which they are tall, and middle."""
MARKS = {TALL: 14, MIDDLE: 12, LOW: 10}
"""Pixels across a mark."""
AIR = 5
INK = {PLAIN: "text", BETTER: "better", WORSE: "worse_text", NEAR: "muted", NONE: "muted"}
"""The colour of a cell's words."""
SHORT = 8
"""Signs of words that stand in the middle of their cell; longer ones begin at its left edge."""


def grid_rows(figure: Figure) -> list[Row]:
    """The rows of every width."""
    grid = laid(figure)
    return [row for i, width in enumerate(WIDTHS) for row in _Sheet(grid, plan(grid, width), str(i)).rows()]


@dataclass
class _Sheet:
    """One width, written from top to bottom. `y`: where the next thing begins."""

    grid: Laid
    plan: Plan
    segment: str
    y: float = 0.0
    spans: list[tuple[float, float]] = field(default_factory=list)
    short: bool = field(init=False)

    def __post_init__(self) -> None:
        self.short = all(len(line) <= SHORT for line in self.grid.lines)

    def rows(self) -> Iterator[Row]:
        found = list(self._written())
        there = {row.layer for row in found}
        yield from found
        for name in LAYERS:
            if name not in there:
                yield self._at(Row(name, 0, 0, tone=UNSEEN))

    def _written(self) -> Iterator[Row]:
        yield from self._title()
        title = [] if self.plan.over else wrap(self.grid.row_title, self.plan.name, NOTE_SIZE)
        top = self.y
        yield from self._headings(len(title))
        yield from self._block(title, max(top, self.y - 3 - len(title) * LINE), NOTE_SIZE, "muted")
        yield self._at(Row("across", 0, self.y, tone="axis"))
        top = self.y
        for i, name in enumerate(self.grid.rows):
            yield from self._row(i, name)
        if not (self.plan.over or self.plan.under):
            self.spans = [(top, self.y)]
        for start, end in self.spans:
            for k in range(len(self.grid.columns) + 1):
                yield self._at(Row("down", k, start, size=end, tone="grid"))
        if len(self.grid.rows) > SOME:
            self.y += AIR
            yield from self._headings()
        yield from self._key()

    def _at(self, row: Row) -> Row:
        p = self.plan
        return replace(row, x2=p.most, y2=p.left, dy=max(len(self.grid.columns), 1), segment=self.segment)

    def _named(self, row: Row) -> Row:
        """From the chart's left edge."""
        return replace(self._at(row), y2=0.0)

    def _title(self) -> Iterator[Row]:
        if self.grid.column_title and self.grid.columns:
            yield self._at(self._word(self.grid.column_title, 0, self.y + LINE / 2, "muted"))
            self.y += LINE + 2

    def _headings(self, least: int = 0) -> Iterator[Row]:
        """Each column's name over its cells; every second a line lower where they have no room beside each other. least: how
        many lines high at least.
        """
        p = self.plan
        tall = max((len(found) for found in p.headings), default=0) + (1 if p.stepped else 0)
        self.y += max(least - tall, 0) * LINE
        for k, found in enumerate(p.headings):
            down = tall - len(found) if not p.stepped else k % 2
            for n, text in enumerate(found):
                at = self.y + (down + n + 0.5) * LINE
                yield self._at(self._word(text, k + 0.5, at, "muted", align="center"))
        self.y += tall * LINE + 3

    def _row(self, i: int, name: str) -> Iterator[Row]:
        p, grid = self.plan, self.grid
        names = wrap(self._name(name), p.name, NAME_SIZE)
        if p.over:
            yield from self._block(names, self.y + AIR, NAME_SIZE, "text")
            self.y += AIR + len(names) * LINE
        beside = [] if p.over else names
        notes = wrap(grid.notes[i], p.note, NOTE_SIZE) if p.note and grid.notes[i] else []
        cells = [_lines(grid.at(name, column), p) for column in grid.columns]
        most = max([len(beside), len(notes), *(len(found) for found in cells)])
        high = max(self._base, LINE * most + 2 * AIR)
        top, middle = self.y, self.y + high / 2
        told = [line for column in grid.columns for line in self._told(column, grid.at(name, column))]
        self.y += high + (LINE * len(told) + AIR if told else 0)
        if i % 2 and len(grid.rows) > MANY and not p.over:
            yield self._at(Row("band", 0, top, size=self.y, tone="band"))
        yield from self._block(beside, middle - len(beside) * LINE / 2, NAME_SIZE, "text")
        yield from self._block(
            notes, middle - len(notes) * LINE / 2, NOTE_SIZE, "muted", p.left - p.note - GAP
        )
        for k, column in enumerate(grid.columns):
            yield from self._cell(k, grid.at(name, column), cells[k], middle)
        for n, (text, tone) in enumerate(told):
            yield from self._block([text], top + high + n * LINE, NOTE_SIZE, tone, p.left)
        self.spans.append((top, top + high))
        if p.over:
            yield self._at(Row("across", 0, top, tone="grid"))
        yield self._at(Row("across", 0, top + high, tone="grid"))
        if told:
            yield self._at(Row("across", 0, self.y, tone="grid"))

    def _name(self, name: str) -> str:
        """A number over its cells says of what: «Sannolikhet 4»."""
        return f"{self.grid.row_title} {name}".strip() if self.plan.over and name[:1].isdigit() else name

    @property
    def _base(self) -> int:
        """Pixels of a row of marks."""
        count = len(self.grid.rows)
        return TALL if count <= FEW else MIDDLE if count <= SOME else LOW

    def _told(self, column: str, found: tuple[Met, ...]) -> Iterator[tuple[str, str]]:
        """(words, colour) of each line under a row for a cell that has no room for them."""
        if not self.plan.under:
            return
        for met in found:
            things = ", ".join(line.replace(" ", SPACE) for line in met.lines)
            for line in (
                wrap(f"{column} · {things}", self.plan.width - self.plan.left, NOTE_SIZE) if things else ()
            ):
                yield line, INK[met.tone]

    def _cell(
        self, k: int, found: tuple[Met, ...], words: list[tuple[str, str]], middle: float
    ) -> Iterator[Row]:
        first = middle - len(words) * LINE / 2
        for n, (text, tone) in enumerate(words):
            y = first + (n + 0.5) * LINE
            if self.short:
                yield self._at(self._word(text, k + 0.5, y, tone, align="center"))
            else:
                yield self._at(replace(self._word(text, k, y, tone), dx=PAD))
        marks = [met for met in found if self.plan.under or not met.lines]
        for n, met in enumerate(marks):
            y = middle + (n - (len(marks) - 1) / 2) * MARKS[LOW]
            yield self._at(Row("mark", k + 0.5, y, size=MARKS[self._base], tone=met.tone))
        if found:
            tip = "; ".join(met.tip for met in found)
            yield self._at(Row("told", k + 0.5, middle, size=self._base, tip=tip))

    def _key(self) -> Iterator[Row]:
        """What the letters stand for, where the headings are letters."""
        if not self.plan.lettered:
            return
        self.y += 6
        for i, name in enumerate(self.grid.columns):
            found = wrap(f"{letter(i)} = {name}", self.plan.width, NOTE_SIZE)
            yield from self._block(found, self.y, NOTE_SIZE, "muted")
            self.y += len(found) * LINE

    def _block(self, found: list[str], top: float, size: float, tone: str, dx: float = 0.0) -> Iterator[Row]:
        for n, text in enumerate(found):
            yield self._named(replace(self._word(text, 0, top + (n + 0.5) * LINE, tone), size=size, dx=dx))

    def _word(self, text: str, x: float, y: float, tone: str, *, align: str = "left") -> Row:
        return Row("word", x, y, text=text, tone=tone, align=align, size=NOTE_SIZE)


def _lines(found: tuple[Met, ...], plan: Plan) -> list[tuple[str, str]]:
    """(words, colour) of each line in a cell; none where they stand under the row."""
    if plan.under:
        return []
    room = plan.step - 2 * PAD
    return [
        (text, INK[met.tone]) for met in found for said in met.lines for text in wrap(said, room, NOTE_SIZE)
    ]
