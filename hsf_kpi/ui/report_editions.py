"""The editions of a unit: the list, and one of them opened: as it was, and what has changed since."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.composing.choices import EDITION, NO_EDITION, REPORT
from hsf_kpi.composing.composed import Composed
from hsf_kpi.figures.report import Report
from hsf_kpi.model.edition import Edition
from hsf_kpi.model.problems import HsfError, NotPermitted
from hsf_kpi.reporting.editions import Opened, listed, open_edition, since
from hsf_kpi.reporting.templates import templates_of
from hsf_kpi.swedish.dates import moment_text
from hsf_kpi.swedish.numbers import number
from hsf_kpi.ui.denied import denied
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.problems import shown_problems
from hsf_kpi.ui.report import preview
from hsf_kpi.ui.report_files import files
from hsf_kpi.ui.text import link, plain

FEW = 10
"""Editions that are listed before one asks for more."""


def asked_for(entry: Entry) -> bool:
    """Whether the link names an edition."""
    return entry.ask.extra(EDITION) != NO_EDITION


def show_edition(entry: Entry) -> None:
    """The edition of the link. One that there is not, or that may not be seen, is told in the same words."""
    back = link("Gör en ny rapport", entry.page_href(REPORT, **{EDITION: NO_EDITION}))
    try:
        opened = open_edition(entry.workspace, entry.rights, entry.ask.extra(EDITION))
    except HsfError as error:
        if isinstance(error, NotPermitted):
            # There is one: the words are those of one that there is not.
            denied(entry.workspace, entry.identity, f"utgåva {entry.ask.extra(EDITION)}, sidan {REPORT}")
        st.header("Utgåvan kan inte visas", anchor=False)
        for problem in shown_problems(error):
            st.warning(plain(f"{problem.what} {problem.todo}"))
        st.markdown(back)
        return
    edition = opened.edition
    st.header(plain(edition.title), anchor=False)
    st.markdown(
        f"**Utgåva {plain(edition.id)}** · fryst {plain(moment_text(edition.at))} "
        f"av {plain(edition.by_name or edition.by)} · {back}"
    )
    st.caption(f"Uppgifter till och med inläsning {number(edition.data, 0)}. SHA-256: {edition.hash}")
    _tell_of_choices(entry, opened.report)
    if not opened.whole:
        st.info("Du ser den del av utgåvan som ingår i din behörighet.")
    files(entry, opened.report)
    _since(entry, opened)
    preview(entry, opened.report)


def _tell_of_choices(entry: Entry, report: Report) -> None:
    """The filter bar stands above an edition too, and changes nothing in it."""
    made, chosen = report.selection, entry.selection
    if made is None or (made.unit, made.month, made.view) != (chosen.unit, chosen.month, chosen.view):
        about = report.context
        st.info(
            plain(f"Utgåvan gäller {about.unit}, {about.period}, {about.view}. Valen ovan ändrar den inte.")
        )


def _since(entry: Entry, opened: Opened) -> None:
    try:
        with st.spinner("Jämför med det som är känt nu …"):
            figure = since(entry.workspace, entry.rights, opened, templates_of(entry.workspace).templates)
    except HsfError as error:
        for problem in shown_problems(error):
            st.info(plain(str(problem)))
        return
    show_figure(entry, Composed(figure, named=_units(opened)))


def _units(opened: Opened) -> tuple[str, ...]:
    return tuple(sorted({unit for part in opened.report.parts() for unit in part.units}))


def editions(entry: Entry) -> None:
    """Those of the chosen unit, newest first, each a link."""
    found = listed(entry.workspace, entry.scope, entry.selection.unit)
    st.subheader("Utgåvor", anchor=False)
    if not found:
        st.caption(
            "Ingen rapport om verksamheten är fryst än. En fryst rapport visar samma siffror hur uppgifterna än rättas."
        )
        return
    st.markdown("\n".join(_line(entry, one) for one in found[:FEW]))
    if len(found) > FEW:
        with st.expander(f"Tidigare utgåvor ({number(len(found) - FEW, 0)})"):
            st.markdown("\n".join(_line(entry, one) for one in found[FEW:]))


def _line(entry: Entry, one: Edition) -> str:
    place = entry.place.on(REPORT, **{EDITION: one.id}).at(month=one.month, unit=one.unit)
    who = plain(one.by_name or one.by)
    return (
        f"- {link(one.title, place.href())} · {plain(one.id)} · fryst {plain(moment_text(one.at))} av {who}"
    )
