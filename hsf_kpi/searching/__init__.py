"""Searching for pages, units and measures by name, forgiving how they are written.

Pure and fast: what can be found is put in an index once for each scope, and every keystroke asks it. What the scope does
not hold is not in it, nor are the words for it. May import what `promises` may.
"""

from hsf_kpi.searching.find import Hit, Quality, search
from hsf_kpi.searching.index import Entry, Index, Kind, PageEntry, index_for, index_of, unit_for

__all__ = [
    "Entry",
    "Hit",
    "Index",
    "Kind",
    "PageEntry",
    "Quality",
    "index_for",
    "index_of",
    "search",
    "unit_for",
]
