"""Helårsbedömning in a table of targets: the manager's judgement, from which month it is, and in a file its reason."""

from __future__ import annotations

from hsf_kpi.figures.dialogue.words import day, one_line, who, year_end_text
from hsf_kpi.figures.figure import Column, Role, Value
from hsf_kpi.model.dialogue import Analysis
from hsf_kpi.swedish.dates import month_short

YEAR_END_COLUMNS = (
    Column("year_end_text", "Helårsbedömning", Role.TEXT),
    Column("year_end", "Helårsbedömning", Role.TEXT),
    Column("year_end_month", "Bedömd för", Role.TEXT),
    Column("year_end_reason", "Skäl till helårsbedömningen", Role.NOTE),
    Column("year_end_who", "Bedömd av", Role.TEXT),
    Column("year_end_when", "Bedömd", Role.TEXT),
)
SHOWN = ",year_end_text"
IN_FILE = ",year_end,year_end_month,year_end_reason,year_end_who,year_end_when"
YEAR_END_HELP = (
    "Helårsbedömning: vad ansvarig chef väntar sig vid årets slut, och månaden som den gjordes för."
)


def year_end_cells(one: Analysis | None) -> tuple[Value, ...]:
    """One for each of YEAR_END_COLUMNS: «Uppnås delvis, okt 2023» and its parts."""
    if one is None or one.year_end is None:
        return ("",) * len(YEAR_END_COLUMNS)
    judged = year_end_text(one.year_end)
    return (
        f"{judged}, {month_short(one.month)}",
        judged,
        month_short(one.month),
        one_line(one.year_end_reason),
        who(one.written),
        day(one.written),
    )
