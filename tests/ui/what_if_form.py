"""The form of «Vad händer om …?» alone, for its tests: no ledger, no database."""

from __future__ import annotations

from fractions import Fraction

from hsf_kpi.model.lever import Lever, LeverKind
from hsf_kpi.model.period import Month

OCTOBER = Month.of(2023, 10)
LEVER = Lever(
    "hyrpersonal", "Hyrpersonal", LeverKind.HIRED_SHARE, "%", Fraction(0), Fraction(100), (Fraction(2), Fraction(7, 2)),
    Fraction(1), 0, "Antas.", "Eget antagande",
)  # fmt: skip
NONE = "ingen"


def form() -> None:
    """The form alone, on a page whose link is the text of the session's choice; the first run takes it from the address."""
    from types import SimpleNamespace

    import streamlit as st

    from hsf_kpi.composing.what_if import months_left
    from hsf_kpi.model.codes import OrgView, Sex
    from hsf_kpi.model.period import Month, View
    from hsf_kpi.ui.choice import CHOICE, Choice
    from hsf_kpi.ui.what_if import _form
    from tests.ui.what_if_form import LEVER, NONE, OCTOBER

    if CHOICE not in st.session_state:
        st.session_state[CHOICE] = Choice("hsf", OCTOBER, View.YTD, Sex.ALL, OrgView.TODAY, None)
    extras = st.session_state[CHOICE].extras
    if "back" in st.session_state:
        extras["scenario"] = st.session_state.pop("back")
    entry = SimpleNamespace(
        ask=SimpleNamespace(extra=lambda name: extras.get(name, NONE)),
        selection=SimpleNamespace(unit=st.session_state.get("unit", "hsf"), month=Month.of(2023, 10)),
        catalogue=SimpleNamespace(levers=(LEVER,)),
    )
    _form(entry, months_left(OCTOBER))  # type: ignore[arg-type]
    st.code(extras.get("scenario", NONE))
