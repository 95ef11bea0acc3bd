"""«Varför ser jag detta?»: which role gives what is on the page, and what may be done with it."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.access.explain import Decision, Explanation, explain
from hsf_kpi.model.role import Permission
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.tables import show_rows
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.users_words import PERMISSION_WORD


def why(entry: Entry) -> None:
    """A button in «Mer» that opens the explanation of the chosen verksamhet and nyckeltal."""
    if st.button("Varför ser jag detta?", key="varfor", type="tertiary"):
        _show(entry)


@st.dialog("Varför ser jag detta?", width="medium")
def _show(entry: Entry) -> None:
    """Holds nothing to click: a dialog runs by itself, and must not go on with rights that are no longer there."""
    unit, measure = entry.selection.unit, entry.place.measure
    explanation = explain(entry.rights, entry.workspace.rule(), unit, measure)
    # What is followed up is the whole förvaltning's, whatever unit is chosen.
    follows = explain(entry.rights, entry.workspace.rule()).decisions[Permission.FOLLOW_UP]
    what = entry.catalogue.measure(measure).name if measure else "Nyckeltalen"
    st.markdown(f"**{plain(f'{what}, {entry.unit_name(unit)}')}**")
    st.markdown("\n".join(f"- {plain(line)}" for line in _seen(explanation)))
    show_rows(
        [
            {
                "Får du …": PERMISSION_WORD[p].lower(),
                "Svar": "Ja" if d.allowed else "Nej",
                "Därför": plain(_because(d)),
            }
            for p, d in {**explanation.decisions, Permission.FOLLOW_UP: follows}.items()
            if p is not Permission.SEE
        ],
        key="varfor-svar",
        alt="Vad du får göra här, och varför",
    )
    st.caption(plain(f"{explanation.masking} {explanation.opened}".strip()))


def _seen(explanation: Explanation) -> list[str]:
    seen = explanation.decisions[Permission.SEE]
    lines = [reason.words for reason in seen.reasons] or [seen.refused]
    lines += [
        f"Du ser: {words[:1].lower()}{words[1:]}"
        for words in (explanation.figures, explanation.months)
        if words
    ]
    return [*lines, *explanation.idle]


def _because(decision: Decision) -> str:
    return " ".join(reason.words for reason in decision.reasons) or decision.refused
