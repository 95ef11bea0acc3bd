"""The new year's targets, baselines and units from a file: the rows as they are, made into definition files."""

from __future__ import annotations

from collections.abc import Iterator

from hsf_kpi.ingest.definition_rows import DefinitionRowsError, definition_rows
from hsf_kpi.ingest.rows.cells import Chunk
from hsf_kpi.ingest.rows.held import HeldRows
from hsf_kpi.ingest.rows.reading import Reading
from hsf_kpi.ingest.slices import Slice


class DefinitionRows(HeldRows):
    """Holds the rows by our fields; what they mean is judged by `ingest.definition_rows`."""

    def __init__(self, reading: Reading, first: HeldRows | None = None) -> None:
        super().__init__(reading, first)
        self._rows: list[dict[str, object]] = []
        self._texts: tuple[tuple[str, str], ...] = ()

    def hold(self, chunk: Chunk) -> None:
        columns = {name: self.reading.column(chunk, name) for name in self.reading.layout.fields}
        for at, row in enumerate(chunk.rows.tolist()):
            cells = {name: None if column is None else column.cell(at) for name, column in columns.items()}
            self._rows.append({"row": row, **cells})

    def finish(self) -> None:
        reading = self.reading
        if not self._rows:
            return
        try:
            self._texts = definition_rows(reading.profile.holds, self._rows, reading.catalogue)
        except DefinitionRowsError as error:
            reading.faults.extend(error.faults)

    def made(self) -> Iterator[Slice]:
        yield Slice(definitions=self._texts, rows=tuple(int(str(row["row"])) for row in self._rows))
