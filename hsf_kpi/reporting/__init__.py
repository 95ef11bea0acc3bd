"""Reports: what a meeting looks at, put together from the same figures as the pages, made into files, and frozen.

May import everything below the pages and the command line. No Streamlit, no SQL.

- `compose.compose(workspace, rights, order)`   the report: a plain value (`figures.report.Report`)
- `making.make(report, medium, told)`   a file of it, in a process of its own where other people are waiting
- `editions.freeze`, `editions.open_edition`   frozen for good, and what has changed since
- `texts.said(…)`   what is written in the report itself, checked
"""
