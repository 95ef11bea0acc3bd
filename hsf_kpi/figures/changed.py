"""What has changed since a report was frozen: its parts held against the same ones made now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hsf_kpi.figures.captions import caption, sentences, subject
from hsf_kpi.figures.changed_cells import CellChange, TableChange, table_change
from hsf_kpi.figures.changed_said import said_changes
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.report import Part, Report
from hsf_kpi.model.codes import Origin

_SINCE: Final = "sedan utgåvan gjordes"
_SOURCE: Final = "Källa: utgåvan, jämförd med det som är känt nu."
_THERE: Final = "finns"
_NOT_THERE: Final = "finns inte"


@dataclass(frozen=True)
class PartChange:
    """One figure that is not as it was. title: what it shows, in the caption's words. title_then, title_now: its finding;
    None where it was not there. said: reference lines and comments that differ.
    """

    id: str
    title: str
    title_then: str | None
    title_now: str | None
    table: TableChange
    said: tuple[CellChange, ...]
    origins: frozenset[Origin]

    @property
    def cells(self) -> tuple[CellChange, ...]:
        return self.table.cells

    @property
    def gone_rows(self) -> tuple[str, ...]:
        return self.table.gone_rows

    @property
    def new_rows(self) -> tuple[str, ...]:
        return self.table.new_rows

    @property
    def is_gone(self) -> bool:
        return self.title_now is None

    @property
    def is_new(self) -> bool:
        return self.title_then is None


def changes(then: Report, now: Report) -> tuple[PartChange, ...]:
    """What differs, figure by figure: in the order of `then`, and after them those that only `now` has. What has not
    changed is left out. Who may see a part is judged before, of both reports.
    """
    before, after = ({part.id: part for part in report.parts()} for report in (then, now))
    found = [_part_change(part, after.get(id)) for id, part in before.items()]
    found += [_only(part, is_new=True) for id, part in after.items() if id not in before]
    return tuple(one for one in found if one is not None)


def changes_table(changes: Sequence[PartChange], context: Context) -> Figure:
    """A row for each thing that differs, in words. context: of the page or file that tells it."""
    title = _title(changes)
    return Figure(
        kind=FigureKind.TABLE,
        slug="andrat-sedan-utgavan",
        title=title,
        caption=caption("Vad som skiljer utgåvan från det som är känt nu", context),
        context=context,
        columns=(
            Column("figure", "Figur", Role.LABEL),
            Column("row", "Rad", Role.TEXT),
            Column("column", "Kolumn", Role.TEXT),
            Column("then", "I utgåvan", Role.TEXT),
            Column("now", "Nu", Role.TEXT),
        ),
        rows=tuple(row for change in changes for row in _table_rows(change)),
        sentence=f"Tabell över vad som skiljer utgåvan från det som är känt nu, {context.unit}. {title}.",
        source=_SOURCE,
        origins=frozenset().union(*(change.origins for change in changes)),
        help=_besides(changes),
        empty="" if changes else "Varje figur i utgåvan säger detsamma som när den gjordes.",
    )


# One part


def _part_change(then: Part, now: Part | None) -> PartChange | None:
    if now is None:
        return _only(then, is_new=False)
    before, after = then.figure, now.figure
    table = table_change(before, after)
    said = said_changes(before, after)
    if table == TableChange() and not said and before.title == after.title:
        return None
    origins = before.origins | after.origins
    return PartChange(then.id, _shows(after), before.title, after.title, table, said, origins)


def _only(part: Part, *, is_new: bool) -> PartChange:
    figure = part.figure
    then, now = (None, figure.title) if is_new else (figure.title, None)
    return PartChange(part.id, _shows(figure), then, now, TableChange(), (), figure.origins)


def _shows(figure: Figure) -> str:
    return subject(figure) or figure.title


# In words


def _title(changes: Sequence[PartChange]) -> str:
    if not changes:
        return f"Inget har ändrats {_SINCE}"
    if count := sum(len(change.cells) for change in changes):
        values = "Ett värde" if count == 1 else f"{how_many(count, capital=True)} värden"
        return f"{values} har ändrats {_SINCE}"
    return f"{_counted(len(changes), 'figur', 'figurer')} ser annorlunda ut än när utgåvan gjordes"


def _besides(changes: Sequence[PartChange]) -> str:
    """What is no value: «Två rader har tillkommit. En figur har försvunnit.»"""
    told = (
        (sum(change.is_new for change in changes), "figur", "figurer", "tillkommit"),
        (sum(change.is_gone for change in changes), "figur", "figurer", "försvunnit"),
        (sum(len(change.new_rows) for change in changes), "rad", "rader", "tillkommit"),
        (sum(len(change.gone_rows) for change in changes), "rad", "rader", "försvunnit"),
        (sum(len(change.table.new_columns) for change in changes), "kolumn", "kolumner", "tillkommit"),
        (sum(len(change.table.gone_columns) for change in changes), "kolumn", "kolumner", "försvunnit"),
    )
    return sentences(
        *(f"{_counted(count, one, many)} har {verb}." for count, one, many, verb in told if count)
    )


def _counted(count: int, one: str, many: str) -> str:
    return f"{how_many(count, capital=True)} {one if count == 1 else many}"


def _table_rows(change: PartChange) -> Iterator[tuple[Value, ...]]:
    if change.is_new or change.is_gone:
        yield change.title, "Hela figuren", "", *_came(change.is_new)
        return
    if change.title_then != change.title_now:
        yield change.title, "Rubrik", "", change.title_then, change.title_now
    for cell in (*change.cells, *change.said):
        yield change.title, cell.row, cell.column, cell.then, cell.now
    for rows, is_new in ((change.gone_rows, False), (change.new_rows, True)):
        for row in rows:
            yield change.title, row, "Hela raden", *_came(is_new)
    for columns, is_new in ((change.table.gone_columns, False), (change.table.new_columns, True)):
        for column in columns:
            yield change.title, "Alla rader", column, *_came(is_new)


def _came(is_new: bool) -> tuple[str, str]:
    return (_NOT_THERE, _THERE) if is_new else (_THERE, _NOT_THERE)
