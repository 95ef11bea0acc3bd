"""What is written in the report itself: analysis and åtgärd for a deviation, instead of what has been handed in.

It belongs to this report in this visit, and is kept for good where the report is frozen. What is to be seen on the pages is
handed in on Min verksamhet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from hsf_kpi.composing.choices import DIALOGUE, OWN_UNIT
from hsf_kpi.figures.report import Part, Report
from hsf_kpi.model.problems import DataError
from hsf_kpi.model.template import SectionKind
from hsf_kpi.reporting.order import Said
from hsf_kpi.reporting.texts import LONGEST, said
from hsf_kpi.swedish.numbers import number
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.figures import show_comments
from hsf_kpi.ui.text import link, plain

_TEXTS, _ABOUT, _TOLD = "hsf_rapport_texter", "rapport-text-om", "hsf_rapport_text_sagt"
SPEAKING = (SectionKind.DEVIATIONS, SectionKind.MEASURES)
"""Sections whose figures can be spoken of here: those of one measure."""


def written(entry: Entry) -> tuple[tuple[str, Said], ...]:
    """(measure, what is written) of the unit and month."""
    return tuple(sorted(_texts(entry).items()))


def write(entry: Entry, report: Report) -> None:
    """The form; nothing where the report has no figure to speak of."""
    spoken = _spoken(report)
    if not spoken:
        return
    count = len(_texts(entry))
    label = "Skriv analys och åtgärd i rapporten" + (f" ({number(count, 0)} skrivna)" if count else "")
    with st.expander(label, key="rapport-skriv"):
        if told := st.session_state.pop(_TOLD, None):
            st.success(told)
        way = link("Min verksamhet", entry.page_href(OWN_UNIT, **{"del": DIALOGUE}))
        st.caption(
            "Texten gäller den här rapporten. Det som ska synas på sidorna och följa med till dialogen lämnas in på "
            f"{way}, och kommer med hit av sig självt. Ett fält som lämnas tomt visar det som har lämnats in. "
            f"Högst {number(LONGEST, 0)} tecken i varje fält."
        )
        done = _texts(entry)
        names = {
            key: entry.catalogue.measure(key).name + (" (skriven)" if key in done else "") for key in spoken
        }
        if st.session_state.get(_ABOUT) not in names:
            st.session_state[_ABOUT] = next(iter(names))
        st.selectbox(
            "Nyckeltal att skriva om",
            list(names),
            format_func=names.__getitem__,
            key=_ABOUT,
            filter_mode="contains",
            width=520,
        )
        _form(entry, st.session_state[_ABOUT], spoken)


def _form(entry: Entry, key: str, spoken: Mapping[str, Part]) -> None:
    now = _texts(entry).get(key, Said())
    form = "-".join(("rapport-text", *_place(entry), key))
    show_comments(spoken[key].figure.comments)
    with st.form(form, border=False, enter_to_submit=False):
        analysis = st.text_area(
            "Analys: vad beror det på?", value=now.analysis, key=f"{form}-analys", height=120
        )
        action = st.text_area(
            "Åtgärd: vad görs, av vilken funktion och till när?",
            value=now.action,
            key=f"{form}-atgard",
            height=100,
        )
        if not st.form_submit_button("Spara i rapporten", type="primary"):
            return
    try:
        kept = dict(said({key: Said(analysis, action)}))
    except DataError as error:
        for problem in error.problems:
            st.error(plain(str(replace(problem, where=problem.where.removesuffix(f", {key}")))))
        return
    texts = {one: text for one, text in _texts(entry).items() if one != key} | kept
    st.session_state.setdefault(_TEXTS, {})[_place(entry)] = texts
    name = entry.catalogue.measure(key).short_name
    st.session_state[_TOLD] = plain(
        f"Texten om {name} står i rapporten." if kept else f"Texten om {name} är borttagen."
    )
    st.rerun()


def _spoken(report: Report) -> dict[str, Part]:
    """Measure → its figure, the deviations first."""
    found: dict[str, Part] = {}
    for section in sorted(report.sections, key=lambda one: one.kind != SectionKind.DEVIATIONS):
        if section.kind in SPEAKING:
            for part in section.parts:
                if len(part.measures) == 1 and part.id.endswith(f".{part.measures[0].replace('.', '-')}"):
                    found.setdefault(part.measures[0], part)
    return found


def _place(entry: Entry) -> tuple[str, ...]:
    """Whose text, and where: one browser session may have several people, and roles that are tried or looked as."""
    who, chosen = entry.identity, entry.selection
    return who.login, who.seen_as, chosen.unit, chosen.month.iso


def _texts(entry: Entry) -> dict[str, Said]:
    texts = st.session_state.get(_TEXTS)
    return dict(texts.get(_place(entry), {})) if isinstance(texts, dict) else {}
