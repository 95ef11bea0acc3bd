"""What a picture says, whatever it is drawn with: outcomes and assessments in, one plain `Figure` out.

May import model, swedish and analysis. No drawing, no store, no Streamlit. Every function here is pure;
the pages call

- `trend.trend`   one measure over time, with target, last year and national value
- `spark.spark`   the small trend of a tile
- `peers.peers`   the own place among comparable units, the others unnamed
- `goals.goals`   how many targets are met, per målområde
- `tables.status_table`, `tables.units_table`, `tables.sexes_table`, `matrix.matrix`   figures that are tables

and hand the figure to hsf_kpi.render. How the columns of a figure are used: see `shape.py`.
"""
