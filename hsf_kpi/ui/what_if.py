"""«Vad händer om …?»: levers with their assumptions, the landing recomputed. What is pulled stands in the link."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import streamlit as st

from hsf_kpi.analysis.economy.scenario_text import parse_scenario, write_scenario
from hsf_kpi.analysis.economy.types import Pull, Scenario, WhatIf
from hsf_kpi.analysis.economy.whatif import what_if as recompute
from hsf_kpi.figures.economy.sources import ledger_source
from hsf_kpi.figures.economy.whatif import nothing_pulled, whatif_figure, whatif_finding
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.lever import Lever
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import number
from hsf_kpi.ui.ask import KEPT, Ask
from hsf_kpi.ui.economy import ledger_of
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.filterbar import extra_pills, set_extra
from hsf_kpi.ui.links import BASE, NO_SCENARIO, SCENARIO
from hsf_kpi.ui.prepared import Prepared
from hsf_kpi.ui.road import trajectory_of
from hsf_kpi.ui.text import plain

FTE = "arsarbetare"
OWN_LINES = 3
"""Own lines that the form has room for; a link may hold more."""


def what_if(entry: Entry) -> None:
    """The section: the answer in a sentence, the figure, and the form with the levers."""
    with st.container(border=True, key="vad-hander-om"):
        st.subheader("Vad händer om …?", anchor=False)
        left = _months_left(entry.selection.month)
        if not left:
            st.info("Året är slut. Välj en tidigare månad för att räkna på vad som hade kunnat göras.")
            return
        try:
            scenario = _scenario(entry)
        except DataError as error:
            for problem in error.problems:
                st.warning(plain(str(problem)))
            scenario = Scenario()
        extra_pills(BASE, "Utgångspunkt")
        found = _what_if(entry.ask) if scenario.pulls else None
        if scenario.pulls and found is not None:
            st.markdown(f"**{plain(whatif_finding(found))}**")
            show_figure(entry, _figure(entry.ask))
        else:
            st.caption(plain(nothing_pulled(scenario.pulls != ())))
        _form(entry, scenario, left)


def _scenario(entry: Entry) -> Scenario:
    return _read(entry.ask)


@lru_cache(maxsize=KEPT)
def _read(ask: Ask) -> Scenario:
    text = ask.extra(SCENARIO)
    if text == NO_SCENARIO:
        return Scenario()
    return parse_scenario(text, ask.catalogue.levers, ask.selection.month)


@lru_cache(maxsize=KEPT)
def _what_if(ask: Ask) -> WhatIf | None:
    base = "submitted" if ask.extra(BASE) == "lamnad" else "statistical"
    levers = {lever.id: lever for lever in ask.catalogue.levers}
    fte: Fraction | None = None
    if FTE in ask.catalogue.measures and ask.scope.allows(ask.selection.unit, FTE):
        fte = ask.workspace.assessment(ask.scope, ask.selection, FTE).outcome.value
    return recompute(_read(ask), levers, trajectory_of(ask), ledger_of(ask), base=base, fte=fte)


@lru_cache(maxsize=KEPT)
def _figure(ask: Ask) -> Prepared:
    found = _what_if(ask)
    assert found is not None
    ledger = ledger_of(ask)
    figure = whatif_figure(found, context=ask.context(), origins=ledger.origins, source=ledger_source(ledger))
    return Prepared(figure, keys=(ask.economy.seen_with, FTE))


def _months_left(month: Month) -> tuple[Month, ...]:
    return tuple(Month.of(month.year, n) for n in range(month.number + 1, 13))


def _form(entry: Entry, scenario: Scenario, left: tuple[Month, ...]) -> None:
    """Each lever with what is assumed of it; own lines below. What is filled in is read when the button is pressed."""
    pulled = {pull.lever: pull for pull in scenario.pulls if pull.lever is not None}
    own = [pull for pull in scenario.pulls if pull.lever is None]
    names = {month.iso: month_text(month) for month in left}
    version = entry.ask.extra(SCENARIO)
    with st.form(f"vad-om-{entry.selection.unit}-{entry.selection.month.iso}-{version}", border=False):
        for lever in entry.catalogue.levers:
            _lever(lever, pulled.get(lever.id), names)
        st.markdown("**Egna rader** (mnkr i månaden, plus förbättrar resultatet)")
        for i in range(max(OWN_LINES, len(own) + 1)):
            _own(i, own[i] if i < len(own) else None, names)
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button("Räkna om", type="primary", on_click=_pull, args=(entry,))
            st.form_submit_button("Nollställ", on_click=set_extra, args=(SCENARIO, NO_SCENARIO))


def _lever(lever: Lever, pull: Pull | None, names: dict[str, str]) -> None:
    st.markdown(f"**{plain(lever.title)}**  \n:small[{plain(lever.assumption)}]")
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.text_input(
            f"{lever.title}, {lever.unit}",
            value="" if pull is None else _typed(pull.value),
            key=f"om-{lever.id}",
            placeholder=f"till exempel {' eller '.join(_typed(value) for value in lever.suggested)} {lever.unit}",
            width=220,
        )
        _start(f"om-{lever.id}-fran", f"{lever.title}, från och med", pull, names)


def _own(i: int, pull: Pull | None, names: dict[str, str]) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.text_input(
            f"Egen rad {i + 1}, åtgärd",
            value=pull.title if pull else "",
            key=f"om-egen-{i}",
            max_chars=80,
            width=320,
        )
        st.text_input(
            f"Egen rad {i + 1}, mnkr per månad",
            value="" if pull is None else _typed(pull.value / MNKR),
            key=f"om-egen-{i}-mnkr",
            width=180,
        )
        _start(f"om-egen-{i}-fran", f"Egen rad {i + 1}, från och med", pull, names)


def _start(key: str, label: str, pull: Pull | None, names: dict[str, str]) -> None:
    options = list(names)
    chosen = options.index(pull.start.iso) if pull is not None and pull.start.iso in options else 0
    st.selectbox(label, options, index=chosen, format_func=names.__getitem__, key=key, width=180)


def _pull(entry: Entry) -> None:
    """Writes what the form holds as the scenario of the link; what can't be read stays as it was typed, and is told."""
    texts = [
        f"{lever.id}:{_text(value)}@{st.session_state[f'om-{lever.id}-fran']}"
        for lever in entry.catalogue.levers
        if (value := str(st.session_state.get(f"om-{lever.id}", "")).strip())
    ]
    i = 0
    while f"om-egen-{i}" in st.session_state:
        title = str(st.session_state[f"om-egen-{i}"]).strip()
        value = str(st.session_state.get(f"om-egen-{i}-mnkr", "")).strip()
        if title or value:
            texts.append(
                own_text(title or f"Egen rad {i + 1}", _text(value), st.session_state[f"om-egen-{i}-fran"])
            )
        i += 1
    set_extra(SCENARIO, ";".join(texts) or NO_SCENARIO)


def own_text(title: str, value: str, start: str) -> str:
    """An own line as a link writes it, with whatever has been typed as its value."""
    try:
        month = Month.parse(start)
    except ValueError:
        month = Month.of(2000, 1)
    written = write_scenario(Scenario((Pull(None, Fraction(0), month, title),)))
    head, _, rest = written.partition(":")
    return f"{head}:{value}@{rest.partition('@')[2]}"


def _text(value: str) -> str:
    """A typed number as a link has it: a decimal point, a plain minus, no spaces."""
    return (
        value.replace("\N{MINUS SIGN}", "-")
        .replace(",", ".")
        .replace("\N{NO-BREAK SPACE}", "")
        .replace(" ", "")
    )


def _typed(value: Fraction) -> str:
    """A number as a person types it: «2», «-100», «1,5»."""
    whole = value.denominator == 1
    return number(value, 0 if whole else 2).replace("\N{MINUS SIGN}", "-").replace("\N{NO-BREAK SPACE}", "")
