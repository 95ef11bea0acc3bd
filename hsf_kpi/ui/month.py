"""«Månaden»: how far it has come, and what takes it on: reconcile against the ledger, release, open again.

What is typed stays in its field until it has been saved, also when something stood in the way. A confirmation only says that
it was given: what it is about is done in a run of the whole page, by the rights of that run.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from hsf_kpi.figures.month import (
    books_rows,
    history_rows,
    kronor_text,
    month_cards,
    release_words,
    reopen_words,
    source_rows,
    stage_line,
    view_words,
)
from hsf_kpi.model.month_step import LONGEST_NOTE, Books, MonthStage
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.model.role import Permission
from hsf_kpi.month import MonthFlow, month_of
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.parse import parse_number
from hsf_kpi.swedish.words import sentence_start
from hsf_kpi.ui.entry import Entry, Visit
from hsf_kpi.ui.held import held_version, save_held, show_told
from hsf_kpi.ui.tables import show_rows
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.tiles import show_tiles

Looking = Entry | Visit
_TOLD, _ASKED, _CONFIRMED = "hsf_manad_sagt", "hsf_manad_fragat", "hsf_manad_svarat"
RELEASE, REOPEN = "frislapp", "oppna"
VIEWS = (View.YTD, View.MONTH)


def show_month(looking: Looking, month: Month) -> None:
    """The four steps as cards, the forms of those who may take the month on, and its log."""
    flow = month_of(looking.workspace)
    st.header("Månaden", anchor=False)
    show_told(_TOLD)
    stage = flow.stage(looking.scope, month)
    # An answer that was given about another month is let go of.
    confirmed = st.session_state.pop(_CONFIRMED, None)
    if confirmed is not None and confirmed[1] == month.iso:
        _do_confirmed(looking, flow, stage, confirmed)
    st.markdown(plain(stage_line(stage)))
    show_tiles(month_cards(stage))
    if stage.reconciled is not None and stage.reconciled.note:
        st.caption(plain(f"Om avstämningen: {' '.join(stage.reconciled.note.split())}"))
    _sources(looking, stage)
    _reconcile(looking, flow, stage)
    _take_on(looking, stage)
    _history(looking, flow, month)


def _may(looking: Looking, permission: Permission) -> bool:
    return looking.rights.may(permission, looking.catalogue.organisation.root)


# What is there


def _sources(looking: Looking, stage: MonthStage) -> None:
    if not stage.sources:
        st.caption("Inget är inläst för månaden.")
        return
    names = {key: unit.name for key, unit in looking.catalogue.organisation.units.items()}
    with st.expander("Källor i månaden"):
        show_rows(
            [_plain(row) for row in source_rows(stage.sources, names)],
            key="manad-kallor",
            alt="Källor som har uppgifter om månaden, den senast inlästa först",
        )


def _history(looking: Looking, flow: MonthFlow, month: Month) -> None:
    steps = flow.history(looking.scope, month)
    if not steps:
        st.caption("Månaden har varken stämts av eller frisläppts än.")
        return
    with st.expander("Månadens historia"):
        show_rows(
            [_plain(row) for row in history_rows(steps)],
            key="manad-historia",
            alt="Avstämningar, frisläppanden och öppningar av månaden, nyast först",
        )


# Reconcile


def _reconcile(looking: Looking, flow: MonthFlow, stage: MonthStage) -> None:
    if not _may(looking, Permission.LOAD):
        return
    with st.container(border=True, key="manad-stam-av"):
        st.markdown("**Stäm av mot huvudboken**")
        if stage.ours is None:
            st.caption(
                f"Huvudboken har inget utfall för {month_text(stage.month)}. Läs in den för att stämma av."
            )
            return
        form = f"avstamning-{stage.month.iso}"
        step = stage.reconciled
        seen = held_version(form, step.number if step else 0, step.name if step else "")
        view = st.segmented_control(
            "Rapporten gäller",
            VIEWS,
            default=View.YTD,
            required=True,
            format_func=lambda one: view_words(stage.month, one),
            key=f"{form}-vy",
        )
        theirs, problems = _theirs(form)
        _beside(stage, view or View.YTD, theirs)
        note = st.text_area(
            "Förklaring, om det finns en differens",
            key=f"{form}-skal",
            height=80,
            max_chars=LONGEST_NOTE,
        )
        if st.button("Spara avstämningen", key=f"{form}-spara", type="primary"):

            def save() -> None:
                if theirs is None:
                    raise DataError(problems)
                flow.reconcile(looking.rights, stage.month, theirs, note, view=view or View.YTD, seen=seen)

            name = sentence_start(month_text(stage.month))
            save_held(form, save, f"{name} är avstämd.", _TOLD)


def _theirs(form: str) -> tuple[Books | None, list[Problem]]:
    """What is typed of the ledger's report; None, with the problems, until all three are amounts."""
    problems: list[Problem] = []
    found: list[int] = []
    with st.container(horizontal=True, gap="small"):
        for field, key in (("Intäkter", "intakter"), ("Kostnader", "kostnader"), ("Resultat", "resultat")):
            text = st.text_input(
                f"{field}, kronor", key=f"{form}-{key}", width=220, placeholder="ur huvudbokens rapport"
            )
            amount = _kronor(text, field, problems)
            if amount is not None:
                found.append(amount)
    return (Books(*found) if len(found) == 3 else None), problems


def _beside(stage: MonthStage, view: View, theirs: Books | None) -> None:
    """Ours and theirs side by side, and what is not in them."""
    assert stage.ours is not None
    show_rows(
        [_plain(row) for row in books_rows(stage.ours.books[view], theirs)],
        key="manad-summor",
        alt="Våra summor och huvudbokens, i kronor",
    )
    projects = stage.ours.projects[view]
    apart = (
        f" Uppdragsprojekt ingår inte: intäkter {kronor_text(projects.revenue)}, kostnader"
        f" {kronor_text(projects.cost)}."
        if not projects.nothing
        else ""
    )
    st.caption(
        plain(
            f"Köp mellan förvaltningens egna verksamheter, {kronor_text(stage.ours.internal[view])}, ingår varken i"
            f" intäkter eller kostnader.{apart} Kostnader skrivs utan minustecken, ett underskott med."
        )
    )


def _kronor(text: str, field: str, problems: list[Problem]) -> int | None:
    """To the nearest krona. None, and a problem more, for what is no number."""
    found = parse_number(text)
    if found is None:
        what = "Fältet är tomt." if not text.strip() else f"”{text.strip()[:40]}” är inget tal."
        problems.append(Problem(what, field, "Skriv ett belopp i kronor, till exempel 8 645 376 150."))
        return None
    return round(found)


# Release, and open again


def _take_on(looking: Looking, stage: MonthStage) -> None:
    if not _may(looking, Permission.RELEASE):
        if looking.rights.may(Permission.RELEASE) or looking.rights.may(Permission.LOAD):
            st.caption("Avstämning och frisläppande görs av en controller för hela förvaltningen.")
        return
    with st.container(border=True, key="manad-frislapp"):
        if stage.final:
            _ask(looking, stage, REOPEN, "Varför månaden öppnas igen")
        elif stage.releases:
            needed = " (krävs, eftersom avstämningen saknas)" if stage.unreconciled else " (kan lämnas tom)"
            _ask(looking, stage, RELEASE, f"Anmärkning{needed}")


def _ask(looking: Looking, stage: MonthStage, what: str, label: str) -> None:
    """A field for the reason, and the button that asks for a confirmation."""
    month = stage.month
    name = month_text(month)
    verb, title = (
        ("Frisläpp", f"Frisläpp {name}") if what == RELEASE else ("Öppna igen", f"Öppna {name} igen")
    )
    st.markdown(f"**{title}**")
    form = f"{what}-{month.iso}"
    st.text_area(label, key=f"{form}-skal", height=80, max_chars=LONGEST_NOTE)
    if st.button(f"{verb} …", key=f"{form}-fraga"):
        # What is confirmed is what was seen when it was asked for.
        st.session_state[_ASKED] = (what, month.iso, stage.seen, stage.data_version)
    if st.session_state.get(_ASKED, ())[:2] == (what, month.iso):
        words = (
            release_words(stage)
            if what == RELEASE
            else (reopen_words(stage, looking.workspace.state().released),)
        )
        st.dialog(f"{title}?", on_dismiss=_forget_question)(partial(_confirm, verb, words))()


def _confirm(verb: str, words: tuple[str, ...]) -> None:
    """Runs by itself, with whatever rights it was opened by: it only notes the answer."""
    for line in words:
        st.markdown(plain(line))
    with st.container(horizontal=True, gap="small"):
        yes = st.button(verb, key="manad-ja", type="primary")
        no = st.button("Avbryt", key="manad-nej")
    if yes:
        st.session_state[_CONFIRMED] = st.session_state.get(_ASKED)
    if yes or no:
        _forget_question()
        st.rerun()


def _forget_question() -> None:
    st.session_state.pop(_ASKED, None)


def _do_confirmed(
    looking: Looking, flow: MonthFlow, stage: MonthStage, confirmed: tuple[str, str, int, int]
) -> None:
    what, _, seen, data_version = confirmed
    form, month = f"{what}-{stage.month.iso}", stage.month
    note = str(st.session_state.get(f"{form}-skal", ""))
    name = sentence_start(month_text(month))
    if what == RELEASE:
        save_held(
            form,
            lambda: flow.release(looking.rights, month, note=note, seen=seen, data_version=data_version),
            f"{name} är frisläppt.",
            _TOLD,
        )
    else:
        save_held(
            form,
            lambda: flow.reopen(looking.rights, month, note, seen=seen),
            f"{name} är öppnad igen.",
            _TOLD,
        )


def _plain(row: dict[str, str]) -> dict[str, str]:
    return {heading: plain(text) for heading, text in row.items()}
