"""Handing in: the analysis and helårsbedömning of a figure, its åtgärder, the own forecast, «klar för dialog».

Nothing typed is lost: a form keeps what stands in it until it has been saved, also when somebody else has saved in the
meantime. The version that a person saw is held with the form, and saving onto a newer one is refused in words.
"""

from __future__ import annotations

import streamlit as st

from hsf_kpi.composing.handed_in import deviations_of, hand_in_of
from hsf_kpi.model.dialogue import Analysis, HandIn, OwnForecast, PlannedAction, YearEnd
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.model.role import Permission
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.words import YEAR_END_WORD, sentence_start
from hsf_kpi.ui.amounts import kronor, typed_mnkr
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.held import held, save_held, show_told, show_unsaved
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.to_answer import choose_figure

_TOLD = "hsf_inlamnat_sagt"
NEW = 0


def hand_in(entry: Entry) -> None:
    """The forms; why there are none where the person may hand in nothing here, or nothing more."""
    if (why := _why_not(entry)) is not None:
        st.caption(why)
        show_unsaved()
        return
    with st.container(border=True, key="lamna-in"):
        st.subheader("Lämna in inför dialogen", anchor=False)
        show_told(_TOLD)
        found = hand_in_of(entry.ask)
        if not found.is_ready:
            st.caption(
                "Spara innan du byter nyckeltal eller klarmarkerar. Det som inte är sparat följer inte med."
            )
            _answer(entry, found)
            _forecast(entry, found)
        else:
            show_unsaved()
        _ready(entry, found)


def _why_not(entry: Entry) -> str | None:
    ask, unit = entry.ask, entry.selection.unit
    if not entry.rights.may(Permission.COMMENT, unit):
        return plain(f"Du kan läsa men inte lämna in för {entry.unit_name(unit)}.")
    closed = ask.dialogue.closed(ask.scope, ask.selection)
    return None if closed is None else plain(closed)


# A figure's analysis and its åtgärder


def _answer(entry: Entry, found: HandIn) -> None:
    """Which figure, then its forms."""
    chosen = choose_figure(entry, found)
    if chosen is None:
        return
    why = next((one.why for one in deviations_of(entry.ask) if one.measure.key == chosen), "")
    if why:
        st.markdown(plain(why))
    _analysis(entry, chosen, found.analysis(chosen))
    for action in found.actions_for(chosen):
        _action(entry, chosen, action)
    _action(entry, chosen, None)


def _analysis(entry: Entry, key: str, one: Analysis | None) -> None:
    form = f"analys-{entry.selection.unit}-{entry.selection.month.iso}-{key}"
    seen = held(form, one.written if one else None)
    with st.form(form, border=False, enter_to_submit=False):
        text = st.text_area(
            "Analys: vad beror det på?", value=one.text if one else "", key=f"{form}-text", height=120
        )
        with st.container(horizontal=True, gap="small"):
            codes = [None, *YearEnd]
            judged = st.selectbox(
                "Helårsbedömning",
                codes,
                index=codes.index(one.year_end) if one else 0,
                format_func=lambda c: "Ingen bedömning" if c is None else sentence_start(YEAR_END_WORD[c]),
                key=f"{form}-bedomning",
                width=220,
            )
            reason = st.text_input(
                "Skäl till bedömningen",
                value=one.year_end_reason if one else "",
                key=f"{form}-skal",
                width=480,
            )
        if st.form_submit_button("Spara analysen", type="primary"):
            month = entry.selection.month
            wanted = Analysis(entry.selection.unit, month, key, text.strip(), judged, reason.strip(), seen)
            name = entry.catalogue.measure(key).short_name
            save_held(
                form,
                lambda: entry.ask.dialogue.save_analysis(entry.rights, wanted),
                f"Analysen av {name} är sparad.",
                _TOLD,
            )


def _action(entry: Entry, key: str, one: PlannedAction | None) -> None:
    month = entry.selection.month
    number = one.number if one and one.number else NEW
    form = f"atgard-{entry.selection.unit}-{month.iso}-{key}-{number}"
    seen = held(form, one.written if one else None)
    title = f"Åtgärd: {one.what}" if one else "Lägg till en åtgärd"
    with st.expander(plain(title)), st.form(form, border=False, enter_to_submit=False):
        what = st.text_area("Vad som ska göras", value=one.what if one else "", key=f"{form}-vad", height=80)
        with st.container(horizontal=True, gap="small"):
            responsible = st.text_input(
                "Ansvarig funktion",
                value=one.responsible if one else "",
                key=f"{form}-ansvarig",
                width=280,
                help="En funktion, till exempel ”Verksamhetschef”, inte ett namn.",
            )
            due = _due(form, month, one)
        with st.container(horizontal=True, gap="small"):
            effect = st.text_input(
                "Väntad effekt", value=one.effect if one else "", key=f"{form}-effekt", width=420
            )
            amount = st.text_input(
                "Väntad effekt, mnkr per år (kan lämnas tomt)",
                value=typed_mnkr(one.amount) if one and one.amount is not None else "",
                key=f"{form}-belopp",
                width=280,
            )
        with st.container(horizontal=True, gap="small"):
            saved = st.form_submit_button("Spara åtgärden", type="primary")
            removed = one is not None and st.form_submit_button("Ta bort åtgärden")
        if saved or removed:

            def save() -> object:
                problems: list[Problem] = []
                asked = amount.strip() and not removed
                kr = kronor(amount, "Väntad effekt, mnkr", problems) if asked else None
                if problems:
                    raise DataError(problems)
                wanted = PlannedAction(
                    entry.selection.unit, month, key, what.strip(), responsible.strip(), due, effect.strip(),
                    kr, one.number if one else None, bool(removed), seen,
                )  # fmt: skip
                return entry.ask.dialogue.save_action(entry.rights, wanted)

            save_held(form, save, "Åtgärden är borttagen." if removed else "Åtgärden är sparad.", _TOLD)


def _due(form: str, month: Month, one: PlannedAction | None) -> Month:
    months = {Month(i) for i in range(month.index, month.index + 25)} | ({one.due} if one else set())
    options = {m.iso: month_text(m) for m in sorted(months)}
    chosen = (one.due if one else month + 1).iso
    found = st.selectbox(
        "Klar senast",
        list(options),
        index=list(options).index(chosen),
        format_func=options.__getitem__,
        key=f"{form}-klar",
        width=180,
    )
    return Month.parse(found or chosen)


# The own forecast, and «klar för dialog»


def _forecast(entry: Entry, found: HandIn) -> None:
    """Only where the ledger is seen."""
    unit, month, one = entry.selection.unit, entry.selection.month, found.forecast
    if not entry.ask.economy.may_see(entry.scope, unit):
        return
    form = f"prognos-{unit}-{month.iso}"
    seen = held(form, one.written if one else None)
    st.markdown(f"**Egen prognos för {month.year}**")
    with st.form(form, border=False, enter_to_submit=False):
        with st.container(horizontal=True, gap="small"):
            result = st.text_input(
                "Årets resultat, mnkr",
                value=typed_mnkr(one.result) if one else "",
                key=f"{form}-resultat",
                width=180,
                help="Intäkter minus kostnader för hela året. Ett underskott skrivs med minus.",
            )
            reason = st.text_input(
                "Vad prognosen bygger på", value=one.reason if one else "", key=f"{form}-skal", width=520
            )
        if st.form_submit_button("Spara prognosen", type="primary"):

            def save() -> object:
                problems: list[Problem] = []
                kr = kronor(result, "Årets resultat", problems)
                if kr is None:
                    raise DataError(problems)
                wanted = OwnForecast(unit, month, kr, reason.strip(), seen)
                return entry.ask.dialogue.save_forecast(entry.rights, wanted)

            save_held(form, save, f"Prognosen för {month.year} är sparad.", _TOLD)


def _ready(entry: Entry, found: HandIn) -> None:
    unit, month = entry.selection.unit, entry.selection.month
    seen = found.ready.written.version if found.ready and found.ready.written else 0
    # Two keys: a click on the one, in a tab where it still stands, must not become a click on the other.
    key = f"{'oppna' if found.is_ready else 'klar'}-{unit}-{month.iso}"
    label = "Öppna igen" if found.is_ready else "Klar för dialog"
    if found.is_ready:
        st.markdown("Det som lämnats in är klarmarkerat och kan inte ändras förrän det öppnas igen.")
    else:
        left = sum(not one.answered for one in deviations_of(entry.ask))
        if left:
            st.caption(f"Avvikelser utan svar: {left}. Det går ändå att klarmarkera.")
    if st.button(label, key=key, type="secondary" if found.is_ready else "primary"):
        said = "Öppnat igen." if found.is_ready else "Klarmarkerat för dialog."
        save_held(
            key,
            lambda: entry.ask.dialogue.set_ready(entry.rights, unit, month, not found.is_ready, seen),
            said,
            _TOLD,
        )
