"""The last good figures of this browser session, shown marked while the database is gone.

Only what the same session has been shown already, judged for it while the database could still tell who it was, by the same
browser, for ten minutes, and no longer than the sign-in. Nothing is asked, computed or shown anew, and nobody else sees it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

import streamlit as st

from hsf_kpi.model.problems import HsfError, StoreError
from hsf_kpi.store.moment import SWEDEN
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.ui.entry import Entry, Visit
from hsf_kpi.ui.problems import show_problems, shown_problems
from hsf_kpi.ui.sign_in.browser import now
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.warm import workspace

SHOWN: Final = 600.0
"""Seconds that it is shown after it was judged who looks."""
AGAIN: Final = 10.0
"""Seconds between two looks at whether the database is back."""
IN_A_ROW: Final = 4
_DRAWN, _GOOD, _GONE = "hsf_ritat", "hsf_senast_bra", "hsf_borta"
Draw = Callable[[], None]


@dataclass
class Good:
    """What a page about figures has shown. judged, at: when it was known who looks, by the clock that never jumps, and to
    be told. browser: whose. ends: of the sign-in, UTC. tiles and figures: by key, in the order drawn.
    """

    title: str
    judged: float
    at: dt.datetime
    browser: str
    ends: dt.datetime | None
    tiles: dict[str, Draw] = field(default_factory=dict)
    figures: dict[str, Draw] = field(default_factory=dict)


def begin() -> None:
    """A run begins: what it will draw is not known to be good yet. Raises while the database is still gone: a page that
    would fail in the middle is not begun.
    """
    st.session_state.pop(_DRAWN, None)
    if st.session_state.get(_GONE):
        workspace().store.state()
        del st.session_state[_GONE]


def drawing(entry: Entry, visit: Visit, title: str) -> None:
    """From here on it is a page about figures. visit: who was judged to look, in this run."""
    selection = entry.selection
    unit = entry.unit_name(selection.unit)
    words = f"{title}, {unit}, till och med {month_text(selection.month)}"
    st.session_state[_DRAWN] = Good(words, monotonic(), now(), _browser(), visit.signed_in.ends)


def drawn_tile(key: str, draw: Draw) -> None:
    if (good := st.session_state.get(_DRAWN)) is not None:
        good.tiles[key] = draw


def drawn_figure(key: str, draw: Draw) -> None:
    if (good := st.session_state.get(_DRAWN)) is not None:
        good.figures[key] = draw


def keep() -> None:
    """The page has been drawn to its end."""
    good = st.session_state.get(_DRAWN)
    if good is not None and (good.tiles or good.figures):
        st.session_state[_GOOD] = good
    else:
        st.session_state.pop(_GOOD, None)


def forget() -> None:
    for key in (_DRAWN, _GOOD):
        st.session_state.pop(key, None)


def show_instead(error: StoreError, *, begun: bool) -> None:
    """What is wrong; where the database is gone, under it the last good figures of this session.

    begun: the page is drawn in part. Then the run begins anew, without it.
    """
    if not _is_gone():
        show_problems(error)
        return
    if begun and not st.session_state.get(_GONE):
        st.session_state[_GONE] = True
        st.rerun()
    st.session_state[_GONE] = True
    good = st.session_state.get(_GOOD)
    if good is None or not _may_still_be_seen(good):
        forget()
        show_problems(error)
    else:
        _show(error, good)
    _look_again()


def _show(error: StoreError, good: Good) -> None:
    why = " ".join(dict.fromkeys(problem.what for problem in shown_problems(error)))
    st.warning(
        f"**{plain(why)}**\n\nHär är det senaste som visades för dig, hämtat {good.at.astimezone(SWEDEN):%H.%M}: "
        f"{plain(good.title)}. Det kan ha ändrats sedan dess. Inget annat går att välja eller spara nu. Sidan öppnas av "
        "sig själv när databasen är tillbaka."
    )
    st.header(plain(good.title), anchor=False)
    tiles = list(good.tiles.values())
    for start in range(0, len(tiles), IN_A_ROW):
        for column, draw in zip(st.columns(IN_A_ROW), tiles[start : start + IN_A_ROW], strict=False):
            with column:
                draw()
    for draw in good.figures.values():
        draw()


@st.fragment(run_every=AGAIN)
def _look_again() -> None:
    """Opens the page again when the database is back, or when the last good figures may no longer be seen."""
    good = st.session_state.get(_GOOD)
    if not _is_gone() or (good is not None and not _may_still_be_seen(good)):
        st.rerun()


def _is_gone() -> bool:
    try:
        workspace().store.state()
    except HsfError:
        return True
    return False


def _may_still_be_seen(good: Good) -> bool:
    young = monotonic() - good.judged <= SHOWN
    return young and good.browser == _browser() and (good.ends is None or now() < good.ends)


def _browser() -> str:
    """What tells the browser and its sign-in apart from any other: its cookies."""
    told = json.dumps(sorted(st.context.cookies.to_dict().items()))
    return hashlib.sha256(told.encode()).hexdigest()
