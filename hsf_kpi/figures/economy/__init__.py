"""What the pictures of the economy say: results, forecasts, bridges and who makes a deviation, in mnkr.

As hsf_kpi.figures: pure functions from the answers of hsf_kpi.analysis.economy to one plain `Figure` each. Kronor come in
as whole numbers and leave as mnkr; amounts that are shown together add up as shown.
"""
