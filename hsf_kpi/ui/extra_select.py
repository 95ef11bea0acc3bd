"""One of a page's own choices out of a searchable list, for what is too much for pills."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from hsf_kpi.ui.filterbar import hold, set_extra


def extra_select(
    name: str,
    label: str,
    codes: Mapping[str, str],
    chosen: str | None,
    *,
    width: int,
    nothing: str | None = None,
    placeholder: str = "Välj i listan",
) -> None:
    """Kept in the link as the rest of the filter bar. codes: code → Swedish name. chosen: None where the link names none of
    them. nothing: the code of an emptied list; without it an emptied list changes nothing.
    """
    key = f"f_{name}"
    hold(key, chosen)
    st.selectbox(
        label,
        list(codes),
        format_func=codes.__getitem__,
        key=key,
        on_change=_take,
        args=(key, name, nothing),
        filter_mode="contains",
        placeholder=placeholder,
        width=width,
    )


def _take(key: str, name: str, nothing: str | None) -> None:
    code = st.session_state[key] or nothing
    if code is not None:
        set_extra(name, code)
