"""The frame of the sign-in pages: one narrow column, a heading, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from hsf_kpi.model.problems import HsfError
from hsf_kpi.settings import read_settings
from hsf_kpi.ui.sign_in.script import PAGE
from hsf_kpi.ui.text import plain, with_mail

_WIDTH = 440
"""Pixels; a phone's whole width."""
TITLE = "Logga in – HSF nyckeltal"


@contextmanager
def sign_in_page(heading: str) -> Iterator[None]:
    """What is drawn inside stands in the column, above the line that says whom to ask."""
    st.set_page_config(page_title=TITLE)
    with (
        st.container(horizontal_alignment="center", key=PAGE),
        st.container(width=_WIDTH, gap="small"),
    ):
        st.title("HSF nyckeltal", anchor=False)
        st.header(heading, anchor=False)
        yield
        contact = read_settings().sign_in.contact
        st.markdown(f"Saknar du konto, eller kommer du inte in? Vänd dig till {with_mail(contact)}.")


def show(error: HsfError) -> None:
    """What is wrong and what to do, in one box."""
    told = [
        plain(" ".join(part for part in (problem.what, problem.todo) if part)) for problem in error.problems
    ]
    st.error(told[0] if len(told) == 1 else "\n".join(f"- {line}" for line in told))
