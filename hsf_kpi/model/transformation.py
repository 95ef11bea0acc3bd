"""HoS 2029: the activities of the region's transformation of its health care, and what has been said of where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from hsf_kpi.model.period import Month


@dataclass(frozen=True, slots=True)
class Activity:
    """One of the prioritised activities. name: short, ours. text: the source's own words. function: who is responsible, ""
    where nobody has said. unit: whose head that is, "" for none.
    """

    id: str
    name: str
    text: str
    function: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that a source says, in short and with the source."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is known to have happened or to be going to happen on the way. time: as it is told («februari 2024», «2030»);
    first, last: the months that it may be in.
    """

    text: str
    time: str
    first: Month
    last: Month
    source: str


@dataclass(frozen=True)
class TransformationPlan:
    """Empty where none is defined. picture: the target picture (målbild) as far as it is public. decided: the month that it
    was decided, None where nobody has said. last_year: when it is to be reached. events: by their first month. measure: the
    key of the nyckeltal that belongs to it, "" for none. notes: what a reader must know of the source.
    """

    source: str = ""
    decided: Month | None = None
    last_year: int = 0
    picture: tuple[Statement, ...] = ()
    events: tuple[Known, ...] = ()
    activities: tuple[Activity, ...] = ()
    measure: str = ""
    notes: tuple[str, ...] = ()

    def activity(self, key: str) -> Activity | None:
        return next((one for one in self.activities if one.id == key), None)
