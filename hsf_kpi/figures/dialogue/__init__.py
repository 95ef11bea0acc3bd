"""The figures and words of the dialogue: what deviates, what has been answered, who has handed in.

May import: the same as the package above.
"""
