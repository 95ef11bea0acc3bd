"""The register of improvement activities, edited by those who may. Each change is judged by the rights of the run that it
is made in, written whole or not at all, and told in words beside the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import streamlit as st

from hsf_kpi.figures.economy.assignments import EFFECT_WORD
from hsf_kpi.figures.economy.improvements import PROGRESS_WORD
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, HsfError, Problem
from hsf_kpi.model.register import Effect, Improvement, Progress
from hsf_kpi.model.role import Permission
from hsf_kpi.store.register_checks import improvement_problems
from hsf_kpi.swedish.dates import month_short, month_text
from hsf_kpi.swedish.words import sentence_start
from hsf_kpi.ui.amounts import kronor, typed_mnkr
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.held import forget, held_version, show_told
from hsf_kpi.ui.problems import tell_problems

_TOLD, _ROUND, _CHOSEN = "hsf_aktivitet_sagt", "hsf_aktivitet_varv", "aktivitet-vald"
Code = TypeVar("Code", Effect, Progress)
NEW = 0
IN_A_ROW = 6


def edit_improvements(entry: Entry) -> None:
    """Nothing where the person may change nothing here."""
    units = _units(entry)
    if not units:
        return
    with st.container(border=True, key="aktiviteter"):
        st.subheader("Lägg till eller ändra en aktivitet", anchor=False)
        show_told(_TOLD)
        known = {
            one.number: one
            for one in entry.ask.economy.improvements(entry.scope, entry.selection)
            if one.number is not None and one.unit in units
        }
        if st.session_state.get(_CHOSEN, NEW) not in (NEW, *known):
            st.session_state[_CHOSEN] = NEW
        names = {NEW: "Ny aktivitet"} | {n: f"{units[one.unit]}: {one.what}" for n, one in known.items()}
        chosen = st.selectbox(
            "Aktivitet", list(names), format_func=names.__getitem__, key=_CHOSEN, filter_mode="contains"
        )
        _form(entry, known.get(chosen or NEW), units)


def _units(entry: Entry) -> dict[str, str]:
    """The units of the page where the person may change the register: id → name."""
    month = entry.workspace.organisation_month(entry.selection)
    below = entry.catalogue.organisation.below(entry.selection.unit, month)
    return {
        unit: entry.unit_name(unit)
        for unit in below
        if entry.scope.sees(unit) and entry.rights.may(Permission.IMPROVE, unit)
    }


@dataclass
class _Typed:
    """What the form holds, as typed."""

    unit: str
    what: str
    effect: Effect
    expected: str
    start: Month
    end: Month | None
    responsible: str
    status: Progress
    realised: Mapping[Month, str]


def _form(entry: Entry, one: Improvement | None, units: dict[str, str]) -> None:
    """The widgets' keys carry the activity, so that nothing of one is left in the form of another. What is saved is the
    version that was seen: somebody else's newer one is told, and never overwritten.
    """
    key = f"akt-{one.number if one else NEW}-{st.session_state.get(_ROUND, 0)}"
    if one is not None:
        one = replace(one, version=held_version(key, one.version, one.changed_by))
    months = _months(entry.selection.month, one)
    with st.form(key, border=False, enter_to_submit=False):
        typed = _fields(key, entry, one, units, months)
        if st.form_submit_button("Spara", type="primary"):
            _save(entry, key, one, typed)


def _fields(
    key: str, entry: Entry, one: Improvement | None, units: dict[str, str], months: dict[str, str]
) -> _Typed:
    chosen = one.unit if one else entry.selection.unit
    what = st.text_area("Vad som ska göras", value=one.what if one else "", key=f"{key}-vad", max_chars=300)
    with st.container(horizontal=True, gap="small"):
        unit = st.selectbox(
            "Verksamhet", list(units), format_func=units.__getitem__, key=f"{key}-enhet", width=320,
            index=list(units).index(chosen) if chosen in units else 0,
        )  # fmt: skip
        effect = _choice(
            f"{key}-slag", "Slag av effekt", Effect, EFFECT_WORD, one.effect if one else Effect.COST
        )
        status = _choice(
            f"{key}-status", "Status", Progress, PROGRESS_WORD, one.status if one else Progress.PLANNED
        )
    with st.container(horizontal=True, gap="small"):
        expected = st.text_input(
            "Väntad effekt, mnkr per månad",
            value=typed_mnkr(one.expected) if one else "",
            key=f"{key}-vantat",
            width=240,
        )
        start = _month(f"{key}-fran", "Från och med", months, one.start if one else entry.selection.month)
        end = _month(f"{key}-till", "Till och med", {"": "tills vidare", **months}, one.end if one else None)
        responsible = st.text_input(
            "Ansvarig funktion", value=one.responsible if one else "", key=f"{key}-ansvarig", max_chars=120, width=280,
            help="En funktion, till exempel ”Verksamhetschef”, inte ett namn.",
        )  # fmt: skip
    realised = _realised(key, entry, one) if one else {}
    assert start is not None
    return _Typed(unit or chosen, what, effect, expected, start, end, responsible, status, realised)


def _realised(key: str, entry: Entry, one: Improvement) -> dict[Month, str]:
    """What each month has brought, from the activity's start in the chosen year up to the chosen month."""
    last = entry.selection.month
    first = max(one.start, Month.of(last.year, 1))
    months = [Month(i) for i in range(first.index, last.index + 1) if one.end is None or Month(i) <= one.end]
    if not months:
        return {}
    st.markdown("Realiserad effekt, mnkr (tomt: inte rapporterat)")
    found: dict[Month, str] = {}
    for at in range(0, len(months), IN_A_ROW):
        with st.container(horizontal=True, gap="small"):
            for month in months[at : at + IN_A_ROW]:
                value = one.realised.get(month)
                found[month] = st.text_input(
                    month_short(month).capitalize(),
                    value="" if value is None else typed_mnkr(value),
                    key=f"{key}-{month.iso}",
                    width=110,
                )
    return found


def _choice(key: str, label: str, codes: type[Code], words: Mapping[Code, str], chosen: Code) -> Code:
    options = list(codes)
    found = st.selectbox(
        label,
        options,
        index=options.index(chosen),
        format_func=lambda c: sentence_start(words[c]),
        key=key,
        width=240,
    )
    return found or chosen


def _month(key: str, label: str, months: dict[str, str], chosen: Month | None) -> Month | None:
    options = list(months)
    at = "" if chosen is None else chosen.iso
    found = st.selectbox(
        label,
        options,
        index=options.index(at) if at in options else 0,
        format_func=months.__getitem__,
        key=key,
        width=170,
    )
    return Month.parse(found) if found else None


def _months(chosen: Month, one: Improvement | None) -> dict[str, str]:
    """Two years back to two years on; the activity's own months wherever they lie."""
    own = [month for month in (one.start, one.end) if month is not None] if one else []
    every = {Month(i) for i in range(chosen.index - 24, chosen.index + 25)} | set(own)
    return {month.iso: month_text(month) for month in sorted(every)}


def _save(entry: Entry, form: str, one: Improvement | None, typed: _Typed) -> None:
    """All problems are told together; nothing is written while there is one."""
    try:
        wanted = _read(one, typed, entry.catalogue)
        number_ = entry.ask.economy.save_improvement(entry.rights, wanted)
    except HsfError as error:
        tell_problems(error)
        return
    st.session_state[_TOLD] = f"Aktivitet nr {number_} är sparad."
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    forget(form)
    st.rerun()


def _read(one: Improvement | None, typed: _Typed, catalogue: Catalogue) -> Improvement:
    """DataError with every field that holds no number, and what else is wrong with the activity then."""
    problems: list[Problem] = []
    expected = kronor(typed.expected, "Väntad effekt", problems)
    realised = {
        month: amount
        for month, text in typed.realised.items()
        if text.strip()
        and (amount := kronor(text, f"Realiserad effekt, {month_text(month)}", problems)) is not None
    }
    base = one or Improvement("", "", Effect.COST, 0, typed.start, "", Progress.PLANNED)
    kept = {month: amount for month, amount in base.realised.items() if month not in typed.realised}
    found = replace(
        base,
        unit=typed.unit,
        what=typed.what.strip(),
        effect=typed.effect,
        expected=MNKR if expected is None else expected,  # any number, where the field's own problem is told
        start=typed.start,
        end=typed.end,
        responsible=typed.responsible.strip(),
        status=typed.status,
        realised=kept | realised,
    )
    if problems:
        raise DataError([*problems, *improvement_problems(found, catalogue)])
    return found
