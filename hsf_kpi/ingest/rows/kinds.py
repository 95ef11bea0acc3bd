"""Which reader takes which kind of file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Protocol

from hsf_kpi.ingest.rows.cells import Chunk
from hsf_kpi.ingest.rows.definitions import DefinitionRows
from hsf_kpi.ingest.rows.external import ExternalRows
from hsf_kpi.ingest.rows.forecasts import ForecastRows
from hsf_kpi.ingest.rows.improvements import ImprovementRows
from hsf_kpi.ingest.rows.ledger import LedgerRows
from hsf_kpi.ingest.rows.moves import MoveRows
from hsf_kpi.ingest.rows.observations import ObservationRows
from hsf_kpi.ingest.rows.reading import Reading
from hsf_kpi.ingest.slices import Slice
from hsf_kpi.model.incoming import Holds


class Rows(Protocol):
    """One pass over the rows of a file: `read` each chunk, then `finish`; in the second pass `rest` comes last.

    units, measures: positions in the catalogue (of accounts, for a ledger). span: first and last Month.index.
    """

    units: set[int]
    measures: set[int]
    span: tuple[int, int] | None

    def read(self, chunk: Chunk) -> Iterator[Slice]: ...

    def finish(self) -> None: ...

    def rest(self) -> Iterator[Slice]: ...

    def notes(self) -> list[str]: ...


_READERS: Final[Mapping[Holds, Callable[[Reading, Any], Rows]]] = {
    Holds.OBSERVATIONS: ObservationRows,
    Holds.LEDGER: LedgerRows,
    Holds.FORECASTS: ForecastRows,
    Holds.MOVES: MoveRows,
    Holds.ACTIVITIES: ImprovementRows,
    Holds.EXTERNAL: ExternalRows,
    Holds.TARGETS: DefinitionRows,
    Holds.BASELINES: DefinitionRows,
    Holds.UNITS: DefinitionRows,
}


def rows_of(reading: Reading, first: Rows | None = None) -> Rows:
    """first: the finished first pass, where this is the second."""
    return _READERS[reading.profile.holds](reading, first)
