"""Looks through the series of many units for what the month's signals are made of. Behind `signals`, which keeps it.

Two steps, since almost no series has anything to tell: every one is looked at in its leanest form, and those that seem to
have something are read whole and judged as the pages judge them. May import what `signals` may: the workspace, the economy
and what is below them.
"""
