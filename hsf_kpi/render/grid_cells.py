"""A grid read from its figure: the names along both sides and what stands where they meet. For every medium."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hsf_kpi.figures.figure import Figure, Role, Value
from hsf_kpi.figures.grids import BETTER, BETWEEN, NEAR, NONE, PLAIN, WORSE
from hsf_kpi.figures.shape import keys, unique
from hsf_kpi.model.codes import Status
from hsf_kpi.render.characters import printable
from hsf_kpi.swedish.words import STATUS_SHAPE

SHAPE: Mapping[str, str] = MappingProxyType(
    {
        PLAIN: "",
        BETTER: STATUS_SHAPE[Status.MET],
        WORSE: STATUS_SHAPE[Status.MISSED],
        NEAR: STATUS_SHAPE[Status.NEAR],
        NONE: STATUS_SHAPE[Status.NOT_ASSESSABLE],
    }
)
"""The sign of a tone among words; a plain cell's words stand alone."""


@dataclass(frozen=True, slots=True)
class Met:
    """What stands where a row and a column meet. word: what its tone means there; told: the cell's other words."""

    row: str
    column: str
    tone: str
    text: str
    word: str
    told: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Its words, a line for each thing, the tone's sign before the first; () for a mark alone."""
        first, *rest = [line.strip() for line in self.text.split("\n") if line.strip()] or [""]
        return (f"{SHAPE[self.tone]} {first}".strip(), *rest) if first else ()

    @property
    def tip(self) -> str:
        """«Uppdrag 7, A: pågår»: for a pointer and for a screen reader."""
        said = ", ".join(unique(part for part in (self.word, ", ".join(self.lines), *self.told) if part))
        return f"{self.row}, {self.column}{f': {said}' if said else ''}"


@dataclass(frozen=True, slots=True)
class Laid:
    """rows, columns: all names in order, those without a cell too. notes: longer words of each row, or none.

    lines: all words of all cells. longest_word: signs of what a tone means.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    notes: tuple[str, ...]
    row_title: str
    column_title: str
    cells: Mapping[tuple[str, str], tuple[Met, ...]]
    lines: tuple[str, ...]
    longest_word: int

    def at(self, row: str, column: str) -> tuple[Met, ...]:
        return self.cells.get((row, column), ())


def laid(figure: Figure) -> Laid:
    """Names that no option lists come last, in the order first met: no cell is lost. A tone that is none is plain."""
    found = list(_met(figure))
    cells: dict[tuple[str, str], tuple[Met, ...]] = {}
    for met in found:
        place = met.row, met.column
        cells[place] = (*cells.get(place, ()), met)
    rows = _names(figure, "rows", (met.row for met in found))
    notes = _split(figure, "row_notes")
    return Laid(
        rows,
        _names(figure, "columns", (met.column for met in found)),
        (*notes, *[""] * (len(rows) - len(notes))) if notes else (),
        printable(figure.options.get("row_title", "")),
        printable(figure.options.get("column_title", "")),
        cells,
        tuple(line for met in found for line in met.lines),
        max((len(met.word) for met in found), default=0),
    )


def _met(figure: Figure) -> Iterable[Met]:
    """The words of a tone stand in the column of its key with «_text»."""
    row, column, tone, text = (figure.column(r) for r in (Role.LABEL, Role.SERIES, Role.STATUS, Role.NOTE))
    tone_key = "" if tone is None else figure.columns[tone].key
    names = [c.key for c in figure.columns]
    word = names.index(f"{tone_key}_text") if f"{tone_key}_text" in names else None
    shown = keys(figure, "shown")
    others = [i for i, c in enumerate(figure.columns) if c.role is Role.TEXT and c.key in shown and i != word]
    for values in figure.rows:
        sign = _text(values, tone)
        yield Met(
            _text(values, row),
            _text(values, column),
            sign if sign in SHAPE else PLAIN,
            _text(values, text),
            _text(values, word),
            tuple(filter(None, (_text(values, i) for i in others))),
        )


def _text(values: tuple[Value, ...], at: int | None) -> str:
    value = None if at is None else values[at]
    return "" if value is None else printable(str(value))


def _names(figure: Figure, option: str, met: Iterable[str]) -> tuple[str, ...]:
    return tuple(unique([*_split(figure, option), *met]))


def _split(figure: Figure, option: str) -> list[str]:
    words = figure.options.get(option, "")
    return [printable(word) for word in words.split(BETWEEN)] if words else []
