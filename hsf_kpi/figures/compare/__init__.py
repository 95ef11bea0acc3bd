"""The figures of Jämför enheter: order with uncertainty, funnel, distribution, a curve a unit.

As hsf_kpi.figures: pure functions from the answers of hsf_kpi.analysis.compare to one plain `Figure` each. Units outside the
scope have a value and a place, and nothing else.
"""
