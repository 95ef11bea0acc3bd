"""«Månaden» alone on a page, for its tests: a small ledger, and a person whose role the session names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi.workspace import Workspace
from tests.month_samples import CAT, small_store

OPEN: dict[str, Workspace] = {}


@contextmanager
def opened() -> Iterator[Workspace]:
    with closing(small_store()) as store:
        OPEN["now"] = Workspace(CAT, store)
        # What another session does is seen at once.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("hsf_kpi.workspace.STATE_SECONDS", -1.0)
            yield OPEN["now"]
        OPEN.clear()


def page() -> None:
    import streamlit as st

    from hsf_kpi.ui.entry import Visit
    from hsf_kpi.ui.month import show_month
    from tests.month_samples import MARCH, rights_of
    from tests.ui.month_page import OPEN

    workspace = OPEN["now"]
    rights = rights_of(workspace, *st.session_state["vem"])
    show_month(Visit(workspace, rights, None, "inlasning", False), MARCH)  # type: ignore[arg-type]


def shown(role: str = "controller", unit: str | None = "hsf") -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
    app.session_state["vem"] = (role, unit)
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, app.exception
    return app
