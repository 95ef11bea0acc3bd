"""Hjälp: how do I …? The handbook, a chapter at a time, and the accessibility statement."""

from hsf_kpi.ui.entry import visited
from hsf_kpi.ui.help import show_help

visit = visited()
show_help(visit)
