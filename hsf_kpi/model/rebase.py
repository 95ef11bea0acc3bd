"""When the limits of a process are worked out anew, and why: data, with a written reason."""

from __future__ import annotations

from dataclasses import dataclass

from hsf_kpi.model.period import Month


@dataclass(frozen=True, slots=True)
class Rebase:
    """A step change or a base period of one measure at one unit (`below`: and at every unit below it).

    first: the first month of the new phase. last: None for a step change, whose limits come from all months of the phase;
    else the last month of a base period, whose months alone give the limits of the whole phase.
    reason: a Swedish sentence. source: who decided, as a function, or the document that it stands in.
    """

    measure: str
    unit: str
    first: Month
    reason: str
    source: str
    last: Month | None = None
    below: bool = False
