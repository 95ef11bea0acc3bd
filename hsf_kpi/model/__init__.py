"""The nouns that every other part speaks: unit, measure, target, period, cell, status.

Frozen, typed and pure: no I/O, no Streamlit, no SQL. May import the standard library only.
"""
