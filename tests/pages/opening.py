"""Opening a page by its link, as the tests of rights do: in a session of its own, run once."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from hsf_kpi import ROOT
from hsf_kpi.ui.actions import SAVE


def show(page: str, **params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "hsf_kpi" / "ui" / "main.py"), default_timeout=60)
    for name, value in params.items():
        app.query_params[name] = value
    if page != "oversikt":
        app.switch_page(str(ROOT / "pages" / f"{page}.py"))
    app.run()
    assert not app.exception
    return app


def buttons(app: AppTest) -> list[str]:
    """The labels of the page's own buttons: without those of the frame, beside the heading."""
    return [button.label for button in app.button if button.key != SAVE]
