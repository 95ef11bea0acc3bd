"""Small numbers for the closed vocabularies, as facts are stored. A number once given is never changed."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import Final

from hsf_kpi.model.codes import OrgView, Origin, Sex
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Month, Window


class Form(IntEnum):
    """How an observation is given: parts that are summed, or a finished value for its own unit only."""

    PARTS = 0
    READY = 1


WINDOW: Final = {
    Window.MONTH: 0,
    Window.YTD: 1,
    Window.R12: 2,
    Window.TERTIAL_1: 3,
    Window.TERTIAL_2: 4,
    Window.YEAR: 5,
    Window.TWO_YEARS: 6,
}
SEX: Final = {Sex.ALL: 0, Sex.WOMEN: 1, Sex.MEN: 2}
ORG: Final = {OrgView.AS_WAS: 0, OrgView.TODAY: 1}
ORIGIN: Final = {Origin.LOADED: 0, Origin.PUBLISHED: 1, Origin.DEMO: 2}
"""In order of precedence: the lowest wins between values, the highest names a sum."""

AMOUNT_KIND: Final = {AmountKind.BUDGET: 0, AmountKind.ACTUAL: 1}

WINDOW_OF: Final = {code: window for window, code in WINDOW.items()}
SEX_OF: Final = {code: sex for sex, code in SEX.items()}
AMOUNT_KIND_OF: Final = {code: kind for kind, code in AMOUNT_KIND.items()}
ORIGIN_OF: Final = {code: origin for origin, code in ORIGIN.items()}


@lru_cache(maxsize=4096)
def month_of(index: int) -> Month:
    """The month of a stored index. Kept, since a page reads the same few months thousands of times."""
    return Month(index)
