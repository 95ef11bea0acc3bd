"""A figure, or a whole report, as an Excel workbook: typed cells and charts that the program draws from them.

- `xlsx(figure)`          one figure
- `report_xlsx(report)`   a report, a sheet for each figure

May import what `render` may. The charts are those of `render.native`; only this package knows the writing library.
"""

from hsf_kpi.render.excel.report import report_xlsx
from hsf_kpi.render.excel.single import xlsx

__all__ = ["report_xlsx", "xlsx"]
