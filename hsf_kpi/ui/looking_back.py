"""«Uppgifter per»: the page shows what was known on an earlier day, says so, and lets nothing be changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from hsf_kpi.model.problems import HsfError
from hsf_kpi.swedish.dates import day_words
from hsf_kpi.ui.choice import State, arrive_day
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.links import Place
from hsf_kpi.ui.problems import shown_problems
from hsf_kpi.ui.text import link, plain


def looked_back(
    visit: Visit, params: Mapping[str, str], state: State
) -> tuple[Visit, dt.date | None, list[str]]:
    """The visit to the workspace of the chosen day, with the rights that hold there, the day, and what could not be
    followed; the same visit where it is what is known now.
    """
    day, told = arrive_day(params, state)
    messages = [told] if told else []
    if day is None:
        return visit, None, messages
    try:
        with st.spinner(f"Tar fram uppgifterna som de var kända den {day_words(day)} …"):
            then = visit.workspace.as_known(day)
    except HsfError as error:
        return (
            visit,
            None,
            [*messages, *(f"{problem.what} Visar det som är känt nu." for problem in shown_problems(error))],
        )
    if then is visit.workspace:
        return (
            visit,
            None,
            [*messages, f"{day_words(day)} är inte en tidigare dag. Visar det som är känt nu."],
        )
    rights = then.rights_of(visit.identity)
    if not then.months(rights.scope):
        words = f"Den {day_words(day)} fanns inga månader som du får se. Visar det som är känt nu."
        return visit, None, [*messages, words]
    return replace(visit, workspace=then, rights=rights), day, messages


def as_known_words(place: Place) -> str:
    """What it means, as Markdown, with the way back; "" for what is known now."""
    if place.known is None:
        return ""
    day = plain(day_words(place.known))
    now = link("Visa det som är känt nu", replace(place, known=None).href())
    return (
        f":small[**Uppgifter per {day}**: siffrorna som de var kända när dagen var slut, före senare rättelser. "
        f"De går att ladda ner men inte att ändra. {now}]"
    )
