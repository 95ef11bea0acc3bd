"""The headline measures of Översikt as a table, for where there are no tiles."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from hsf_kpi.composing import overview
from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.composed import Composed
from hsf_kpi.figures.captions import caption
from hsf_kpi.figures.tables import status_table

NAME = "de viktigaste nyckeltalen"
SHOWN = "measure,status,outcome_text,target,change_text,reason"
"""What a meeting looks at; the file has the rest."""


@lru_cache(maxsize=KEPT)
def headline_table(ask: Ask) -> Composed:
    """The tiles' measures with target, value, verdict and change; its title is the page's own finding."""
    found = overview.headlines(ask)
    figure = status_table(
        NAME, found, context=ask.context(), year_ends=ask.dialogue.year_ends(ask.scope, ask.selection)
    )
    figure = replace(
        figure,
        slug="laget",
        title=overview.finding(ask),
        caption=caption("De viktigaste nyckeltalen", figure.context),
        options={**figure.options, "shown": SHOWN},
    )
    return Composed(figure, measures=tuple(a.measure.key for a in found))
