"""«Vad händer om …?»: levers with their assumptions, the landing recomputed. What is pulled stands in the link."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256

import streamlit as st

from hsf_kpi.analysis.economy.scenario_text import LONGEST_TITLE, OWN, Row, rows_of, text_of
from hsf_kpi.analysis.economy.whatif import plain_number
from hsf_kpi.composing.choices import BASE, NO_SCENARIO, SCENARIO
from hsf_kpi.composing.what_if import figure, months_left, scenario_of
from hsf_kpi.figures.economy.whatif import nothing_pulled
from hsf_kpi.model.lever import Lever
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.parse import parse_number
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.filterbar import extra_pills, set_extra
from hsf_kpi.ui.text import plain

IN_A_ROW = 3
OWN_LINES = 3
"""Own lines that the form has room for; a link may hold more."""
FROM, AMOUNT = "-fran", "-mnkr"
"""Ends of the keys of a row's month and of an own row's amount."""


def what_if(entry: Entry) -> None:
    """The section: the answer in a sentence, the figure, and the form with the levers."""
    with st.container(border=True, key="vad-hander-om"):
        st.subheader("Vad händer om …?", anchor=False)
        left = months_left(entry.selection.month)
        if not left:
            st.info("Året är slut. Välj en tidigare månad för att räkna på vad som hade kunnat göras.")
            return
        extra_pills(BASE, "Utgångspunkt")
        _answer(entry)
        _form(entry, left)


def _answer(entry: Entry) -> None:
    """Where the year lands with what is pulled; everything that can't be read of it, in words."""
    try:
        landing = figure(entry.ask)
        pulled = scenario_of(entry.ask).pulls != ()
    except DataError as error:
        for problem in error.problems:
            st.warning(plain(str(problem)))
        return
    if landing is None:
        st.caption(plain(nothing_pulled(pulled)))
        return
    show_figure(entry, landing)


def _form(entry: Entry, left: tuple[Month, ...]) -> None:
    """Each lever with what is assumed of it; own lines below. What is filled in is read when the button is pressed.

    It shows what stands in the link as it was typed, also what can't be read. The widgets' keys carry the link's text, so
    that Back and another link fill the form anew, but not the unit: what is typed stays when another one is chosen, and the
    browser does not build all fields again.
    """
    text = entry.ask.extra(SCENARIO)
    rows = () if text == NO_SCENARIO else rows_of(text)
    pulled: dict[str, Row] = {}
    for row in rows:
        pulled.setdefault(row.name, row)
    own = [row for row in rows if row.name == OWN]
    names = {month.iso: month_text(month) for month in left}
    form = f"om-{entry.selection.month.iso}-{sha256(text.encode()).hexdigest()[:12]}"
    with st.form(form, border=False):
        levers = entry.catalogue.levers
        for at in range(0, len(levers), IN_A_ROW):
            some = levers[at : at + IN_A_ROW]
            for column, lever in zip(
                st.columns(IN_A_ROW, gap="medium", vertical_alignment="bottom"), some, strict=False
            ):
                with column:
                    _lever(f"{form}-{lever.id}", lever, pulled.get(lever.id), names)
        st.markdown("**Egna rader** (mnkr i månaden, plus förbättrar resultatet)")
        count = max(OWN_LINES, len(own) + 1)
        for i in range(count):
            _own(_own_key(form, i), i, own[i] if i < len(own) else None, names)
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button("Räkna om", type="primary", on_click=_pull, args=(entry, form, count))
            st.form_submit_button("Nollställ", on_click=_reset, args=(form,))


def _lever(key: str, lever: Lever, row: Row | None, names: dict[str, str]) -> None:
    suggested = " eller ".join(plain_number(value) for value in lever.suggested)
    st.markdown(f"**{plain(lever.title)}**  \n:small[{plain(lever.assumption)}]")
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.text_input(
            _label(lever),
            value=_typed(row),
            key=key,
            placeholder=f"till exempel {suggested}" if suggested else None,
            width=200,
        )
        _start(f"{key}{FROM}", "Från och med", row, names)


def _label(lever: Lever) -> str:
    same = lever.unit.casefold() == lever.title.casefold()
    return f"{lever.title}, antal" if same else f"{lever.title}, {lever.unit}"


def _own(key: str, i: int, row: Row | None, names: dict[str, str]) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.text_input(
            f"Egen rad {i + 1}, åtgärd",
            value=row.title if row else "",
            key=key,
            max_chars=LONGEST_TITLE,
            width=320,
        )
        st.text_input(f"Egen rad {i + 1}, mnkr per månad", value=_typed(row), key=f"{key}{AMOUNT}", width=180)
        _start(f"{key}{FROM}", "Från och med", row, names)


def _start(key: str, label: str, row: Row | None, names: dict[str, str]) -> None:
    options = list(names)
    chosen = options.index(row.start) if row is not None and row.start in options else 0
    st.selectbox(label, options, index=chosen, format_func=names.__getitem__, key=key, width=160)


def _pull(entry: Entry, form: str, own_lines: int) -> None:
    """Writes what the form holds as the scenario of the link; what can't be read stays as it was typed, and is told."""
    rows = []
    for lever in entry.catalogue.levers:
        key = f"{form}-{lever.id}"
        if value := _held(key):
            rows.append(Row(lever.id, _text(value), _held(f"{key}{FROM}")))
    for i in range(own_lines):
        key = _own_key(form, i)
        title, value = _held(key), _held(f"{key}{AMOUNT}")
        if title or value:
            rows.append(Row(OWN, _text(value), _held(f"{key}{FROM}"), title or f"Egen rad {i + 1}"))
    set_extra(SCENARIO, text_of(rows) or NO_SCENARIO)


def _reset(form: str) -> None:
    """Nothing pulled, and nothing left of what has been typed and not read."""
    for key in [str(key) for key in st.session_state]:
        if key.startswith(f"{form}-") and not key.endswith(FROM) and isinstance(st.session_state[key], str):
            st.session_state[key] = ""
    set_extra(SCENARIO, NO_SCENARIO)


def _held(key: str) -> str:
    return str(st.session_state.get(key) or "").strip()


def _own_key(form: str, i: int) -> str:
    return f"{form}-{OWN}-{i}"


def _text(value: str) -> str:
    """A typed number as a link has it: a decimal point, a plain minus, no spaces. What is no number stays as it is."""
    found = parse_number(value)
    if found is None:
        return value
    return f"{Decimal(found.numerator) / Decimal(found.denominator):f}"


def _typed(row: Row | None) -> str:
    """A link's value as a person types it: «2», «-100», «1,5»; what is no number as it stands."""
    if row is None:
        return ""
    return row.value if parse_number(row.value) is None else row.value.replace(".", ",")
