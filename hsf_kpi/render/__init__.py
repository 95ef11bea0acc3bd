"""A figure in every medium, one file each: screen, table, alternative text, CSV, PNG and SVG.

May import model, swedish, analysis and figures. No store, no Streamlit. What the pages and downloads call:

- `screen.spec(figure, dark)`, `screen.data(figure)`   for st.vega_lite_chart; the spec is constant
- `alt.alternative_text(figure)`   the text alternative (alt=)
- `table.table(figure)`   «Visa som tabell», Swedish strings as people read them
- `csv.csv(figure)`, `image.png(figure)`, `image.svg(figure)`, `names.file_name(figure, "csv")`   downloads
"""
