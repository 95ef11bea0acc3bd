"""The plan's uppdrag and åtgärder as figures: what has been promised, the same for every unit."""

from __future__ import annotations

from functools import lru_cache

from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.composed import Composed


@lru_cache(maxsize=KEPT)
def figures(ask: Ask) -> tuple[Composed, ...]:
    """Nothing where no uppdrag are defined."""
    return ()
