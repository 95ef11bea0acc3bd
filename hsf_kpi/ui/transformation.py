"""The register of an activity of HoS 2029, kept by those who may: responsible function, delmål, dependencies, risks.

Nothing typed is lost: a form keeps what stands in it until it has been saved, also when somebody else has saved in the
meantime. The version that a person saw is held with the form, and saving onto a newer one is refused in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from hsf_kpi.access.explain import changes_nothing
from hsf_kpi.analysis.transformation import responsible_entry
from hsf_kpi.composing.transformation import decided_later, entries_of, measure_key, plan_of, trend
from hsf_kpi.figures.followed import state_text
from hsf_kpi.figures.transformation_register import KIND_WORD, STEPS
from hsf_kpi.figures.transformation_words import decided_words, entry_details
from hsf_kpi.model.follow_up import Entry as Line
from hsf_kpi.model.follow_up import EntryKind, Stage, Subject
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.held import held, save_held, show_told, show_unsaved
from hsf_kpi.ui.text import link, plain

_TOLD = "hsf_register_sagt"
NEW = 0
YEARS_AHEAD = 7
_ASKED: Mapping[EntryKind, str] = {
    EntryKind.RESPONSIBLE: "Ansvarig funktion",
    EntryKind.MILESTONE: "Vad som ska vara klart",
    EntryKind.DEPENDENCY: "Vad aktiviteten behöver",
    EntryKind.RISK: "Vad som kan hända",
}
_ADD: Mapping[EntryKind, str] = {
    EntryKind.MILESTONE: "Lägg till ett delmål",
    EntryKind.DEPENDENCY: "Lägg till ett beroende",
    EntryKind.RISK: "Lägg till en risk",
}
_SAVED: Mapping[EntryKind, str] = {
    EntryKind.RESPONSIBLE: "Ansvarig funktion är sparad.",
    EntryKind.MILESTONE: "Delmålet är sparat.",
    EntryKind.DEPENDENCY: "Beroendet är sparat.",
    EntryKind.RISK: "Risken är sparad.",
}


def show_when(entry: Entry) -> None:
    """What the page is about, and that it was decided after the chosen month where it was."""
    ask = entry.ask
    plan = plan_of(ask)
    if not plan.activities:
        return
    st.caption("Gäller hela förvaltningen, oavsett vald verksamhet. Registret visas till och med vald månad.")
    if decided_later(ask):
        st.info(decided_words(plan))


def show_trend(entry: Entry) -> None:
    """The curve of the nyckeltal, and the way to its own page; nothing where it may not be seen."""
    key, composed = measure_key(entry.ask), trend(entry.ask)
    if composed is not None:
        measure = entry.catalogue.measure(key)
        show_figure(entry, composed, measure=measure)
        st.markdown(link(f"{measure.short_name} under Nyckeltal ›", entry.measure_href(key)))


def edit_register(entry: Entry, activity: str, names: Mapping[str, str]) -> None:
    """The forms of the activity; why there are none where the person may change nothing here, or nothing more. names:
    activity → as people read it.
    """
    show_told(_TOLD)
    if (why := _why_not(entry, activity)) is not None:
        st.caption(plain(why))
        show_unsaved()
        return
    lines = entries_of(entry.ask)
    with st.container(border=True, key="register"):
        st.markdown(f"**För in i registret för {plain(month_text(entry.selection.month))}**")
        st.caption(plain(f"{names[activity]}. Spara en rad innan du ändrar nästa."))
        _line(entry, activity, EntryKind.RESPONSIBLE, responsible_entry(lines, activity), names)
        for kind in _ADD:
            for one in lines:
                if (one.activity, one.kind) == (activity, kind):
                    details = entry_details(one, names)
                    title = f"{KIND_WORD[kind]}: {one.text}{f' ({details})' if details else ''}"
                    with st.expander(plain(title)):
                        _line(entry, activity, kind, one, names)
            with st.expander(_ADD[kind]):
                _line(entry, activity, kind, None, names)


def _why_not(entry: Entry, activity: str) -> str | None:
    ask = entry.ask
    if why := changes_nothing(entry.rights):
        return why
    if not ask.promises.may(entry.rights, Subject.ACTIVITY, activity):
        return (
            "Du kan läsa men inte ändra registret. Det gör den som följer upp för hela förvaltningen,"
            " eller den som är ansvarig."
        )
    return ask.promises.closed(ask.scope, ask.selection)


def _line(entry: Entry, activity: str, kind: EntryKind, one: Line | None, names: Mapping[str, str]) -> None:
    """The form of one line, or of a new one."""
    month = entry.selection.month
    number = one.number if one is not None else NEW
    form = f"rad-{activity}-{kind.value}-{month.iso}-{number}"
    seen = held(form, one.written if one is not None else None)
    with st.form(form, border=False, enter_to_submit=False):
        text = st.text_input(
            _ASKED[kind],
            value=one.text if one is not None else "",
            key=f"{form}-text",
            help="En funktion, till exempel ”Områdeschef, Nära vård”, inte ett namn."
            if kind is EntryKind.RESPONSIBLE
            else None,
        )
        wanted = Line(activity, kind, month, text.strip(), number=one.number if one else None, written=seen)
        with st.container(horizontal=True, gap="small"):
            wanted = _details(form, wanted, one, names)
        with st.container(horizontal=True, gap="small"):
            saved = st.form_submit_button("Spara", type="primary")
            removed = one is not None and st.form_submit_button("Ta bort")
    if saved or removed:
        said = f"{KIND_WORD[kind]}: raden är borttagen." if removed else _SAVED[kind]
        told = replace(wanted, removed=bool(removed))
        save_held(form, lambda: entry.ask.promises.save_entry(entry.rights, told), said, _TOLD)


def _details(form: str, wanted: Line, one: Line | None, names: Mapping[str, str]) -> Line:
    """The fields that only its kind has."""
    if wanted.kind is EntryKind.MILESTONE:
        states = list(Stage)
        state = st.selectbox(
            "Status",
            states,
            index=states.index(one.state) if one is not None and one.state is not None else 0,
            format_func=state_text,
            key=f"{form}-status",
            width=200,
        )
        return replace(wanted, due=_due(form, wanted.month, one), state=state or states[0])
    if wanted.kind is EntryKind.DEPENDENCY:
        others = ["", *(key for key in names if key != wanted.activity)]
        other = st.selectbox(
            "Beror på",
            others,
            index=others.index(one.other) if one is not None and one.other in others else 0,
            format_func=lambda key: names.get(key, "Något utanför HoS 2029"),
            key=f"{form}-annan",
            width=360,
        )
        return replace(wanted, other=other or "")
    if wanted.kind is EntryKind.RISK:
        likelihood = _step(form, "Sannolikhet", "sannolikhet", one.likelihood if one else None)
        consequence = _step(form, "Konsekvens", "konsekvens", one.consequence if one else None)
        return replace(wanted, likelihood=likelihood, consequence=consequence)
    return wanted


def _due(form: str, month: Month, one: Line | None) -> Month:
    own = {one.due} if one is not None and one.due is not None else set()
    last = Month.of(month.year + YEARS_AHEAD, 12)
    months = sorted({Month(index) for index in range(month.index, last.index + 1)} | own)
    chosen = next(iter(own), month + 12)
    found = st.selectbox(
        "Klart senast",
        months,
        index=months.index(chosen),
        format_func=month_text,
        key=f"{form}-klart",
        width=200,
    )
    return found or chosen


def _step(form: str, label: str, name: str, chosen: int | None) -> int | None:
    found = st.selectbox(
        f"{label} (1–{STEPS[-1]})",
        STEPS,
        index=None if chosen is None else STEPS.index(str(chosen)),
        key=f"{form}-{name}",
        placeholder=f"Välj 1–{STEPS[-1]}",
        width=180,
    )
    return None if found is None else int(found)
