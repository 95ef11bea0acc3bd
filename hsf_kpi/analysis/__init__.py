"""What the figures mean: outcomes, comparisons, verdicts and their reasons. Series in, plain values out.

May import model and swedish. No SQL, no Streamlit, no drawing.
"""
