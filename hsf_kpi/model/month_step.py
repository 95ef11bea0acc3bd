"""How far a month has come: inläst, avstämd, inlämnad, frisläppt. Whole kronor; revenue and cost without sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hsf_kpi.model.load import Load
from hsf_kpi.model.period import Month, View

SHORTEST_NOTE, LONGEST_NOTE = 10, 2000
"""Of what explains a difference, a release without reconciliation, or a month that is opened again."""


class Step(StrEnum):
    """What is done with a month as a whole. Loading and handing in have logs of their own."""

    RECONCILED = "reconciled"
    RELEASED = "released"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Books:
    """Revenue, cost and result of some months, uppdragsprojekt apart."""

    revenue: int
    cost: int
    result: int

    @property
    def adds_up(self) -> bool:
        return self.revenue - self.cost == self.result

    def apart(self, other: Books) -> Books:
        """This minus the other, line by line."""
        return Books(self.revenue - other.revenue, self.cost - other.cost, self.result - other.result)

    @property
    def nothing(self) -> bool:
        return not (self.revenue or self.cost or self.result)


@dataclass(frozen=True, slots=True)
class OurBooks:
    """What the ledger of the whole förvaltning says up to a month: of the month alone and of the year so far.

    internal: what its own units have bought from each other, which is in neither revenue nor cost. projects:
    uppdragsprojekt, which stand apart. reported, expected: units that have booked the month, and that should have.
    """

    month: Month
    books: Mapping[View, Books]
    internal: Mapping[View, int]
    projects: Mapping[View, Books]
    reported: int = 0
    expected: int = 0

    @property
    def complete(self) -> bool:
        return self.reported >= self.expected


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Our total held against the ledger's own report. view: of the month, or of the year so far."""

    view: View
    ours: Books
    theirs: Books

    @property
    def difference(self) -> Books:
        """Ours minus theirs."""
        return self.ours.apart(self.theirs)


@dataclass(frozen=True, slots=True)
class MonthStep:
    """One step in the log. number grows with each. edition: that a release made, that was opened again, or that was
    reconciled for.

    by: a login, name: what it is shown by. load: the latest load then. note: why. books: of a reconciliation. handed_in:
    of a release, how many units had handed in, of how many.
    """

    number: int
    month: Month
    step: Step
    edition: int
    at: dt.datetime
    by: str
    name: str
    note: str = ""
    load: int | None = None
    books: Reconciliation | None = None
    handed_in: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class SourceIn:
    """What holds of one source in a month: its latest load there, and how many rows of all its loads.

    missing: units that reported something of it the month before (a measure, or the ledger) and not in this, of those that
    may be seen.
    """

    load: Load
    rows: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthStage:
    """Where a month is.

    reconciled: the latest reconciliation, None without one. stale: our total is another since. handed_in: units that are
    «klara», of those that should. released: the release that holds. reopened: the reopening that does, of a month that is
    not final. edition: of the latest release, 0 for none. releases: the months that a release of this one makes final,
    itself last; unreconciled: those of them that are not reconciled. seen: of the log when this was read, to judge a change
    by; data_version likewise of the data.
    """

    month: Month
    loaded: bool
    sources: tuple[SourceIn, ...] = ()
    ours: OurBooks | None = None
    reconciled: MonthStep | None = None
    stale: bool = False
    handed_in: tuple[int, int] = (0, 0)
    final: bool = False
    released: MonthStep | None = None
    reopened: MonthStep | None = None
    edition: int = 0
    releases: tuple[Month, ...] = ()
    unreconciled: tuple[Month, ...] = ()
    seen: int = 0
    data_version: int = 0

    @property
    def holds(self) -> bool:
        """Whether the month is reconciled, and still is."""
        return self.reconciled is not None and not self.stale

    @property
    def not_handed_in(self) -> int:
        return self.handed_in[1] - self.handed_in[0]
