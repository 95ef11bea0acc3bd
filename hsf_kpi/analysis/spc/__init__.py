"""Statistical process control: XmR charts. Pure functions on exact numbers.

May import model, swedish and analysis.types/judge/assess. `process` is the way in; everything else serves it.
"""
