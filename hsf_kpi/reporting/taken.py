"""Whether a report may be taken away as a file: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Collection

from hsf_kpi.access.rights import Rights
from hsf_kpi.access.taking import may_take
from hsf_kpi.figures.report import Report
from hsf_kpi.reporting.making import Medium


def may_take_report(rights: Rights, report: Report, medium: Medium, every: Collection[str]) -> bool:
    """Whether each figure of it may be taken as that kind of file; never where it has none. every: the measures that there
    are, for a figure that tells of any.
    """
    parts = tuple(report.parts())
    return bool(parts) and all(
        may_take(rights, medium.takes, part.units, part.measures or every) for part in parts
    )
