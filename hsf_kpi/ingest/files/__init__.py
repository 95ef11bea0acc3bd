"""CSV and XLSX files as people bring them: opened, checked as files, and read some rows at a time.

What the columns mean is not known here; `ingest.profiles` knows. Nothing but FileRefused comes out for a bad file.
"""

from hsf_kpi.ingest.files.findings import Findings
from hsf_kpi.ingest.files.limits import LIMITS, Limits
from hsf_kpi.ingest.files.opening import open_table
from hsf_kpi.ingest.files.periods import parse_cell_day, parse_cell_month, parse_cell_period
from hsf_kpi.ingest.files.table import Cell, FileTable, Line, check_lines
from hsf_kpi.ingest.files.values import NumberStyle, parse_cell_number, parse_cell_sex

__all__ = [
    "LIMITS",
    "Cell",
    "FileTable",
    "Findings",
    "Limits",
    "Line",
    "NumberStyle",
    "check_lines",
    "open_table",
    "parse_cell_day",
    "parse_cell_month",
    "parse_cell_number",
    "parse_cell_period",
    "parse_cell_sex",
]
