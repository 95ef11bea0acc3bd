"""A figure, and a report of them, in every medium: one file or folder each.

May import model, swedish, analysis and figures. No store, no Streamlit. What the pages and downloads call:

- `screen.spec(figure, dark)`, `screen.data(figure)`   for st.vega_lite_chart; the spec is constant
- `alt.alternative_text(figure)`   the text alternative (alt=)
- `table.table(figure)`   «Visa som tabell», Swedish strings as people read them
- `files.FILES`   every kind of file that a figure is taken away as: PNG, SVG, CSV, PowerPoint, Excel; `names.file_name`
- `powerpoint.report_pptx(report)`, `excel.report_xlsx(report)`, `pdf.report_pdf(report)`   a whole report

What these share: `native` a figure as charts that office programs draw themselves, `office` their colours, `stamp` what
follows a figure into every file, `report_words` what every file of a report says, `characters` what a text may hold,
`picture_table` how a table is laid out, `theme` the colours.
"""
