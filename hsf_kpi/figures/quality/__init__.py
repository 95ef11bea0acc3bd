"""Figures about the data itself: what has come in, what has been corrected, what does not add up, where a value comes from.

May import what figures may.
"""
