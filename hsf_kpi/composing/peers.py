"""The own place among comparable units on the page Nyckeltal."""

from __future__ import annotations

from functools import lru_cache

from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.defined import defined
from hsf_kpi.figures.peers import peers, peers_withheld
from hsf_kpi.model.peers import Withheld


@lru_cache(maxsize=KEPT)
def peers_figure(ask: Ask) -> Composed | None:
    """None where there is nothing to compare with; a figure that says why where it may not be shown."""
    key = ask.measure or ""
    found = ask.workspace.peers(ask.scope, ask.selection, key)
    measure = ask.catalogue.measure(key)
    assessment = ask.workspace.assessment(ask.scope, ask.selection, key)
    if isinstance(found, Withheld):
        told = peers_withheld(found, assessment, context=ask.context())
        return None if told is None else Composed(defined(told, measure))
    # Names are asked for here only, and only for what the scope has let through with its id.
    names = {peer.unit: ask.name(peer.unit) for peer in found.peers if peer.unit is not None}
    figure = peers(found, assessment, names, context=ask.context())
    return Composed(defined(figure, measure), named=tuple(names))
