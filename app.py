"""The launcher: the ASGI app that `streamlit run app.py` and `uvicorn app:app` serve. The main script is hsf_kpi/ui/main.py.

Two files, because Streamlit runs the files of a pages/ folder beside the main script directly, without the main
script, until somebody's run has reached st.navigation (docs/decisions.md, 3).
"""

import streamlit as st
from starlette.middleware import Middleware

from hsf_kpi import ROOT
from hsf_kpi.ui.headers import SecurityHeaders
from hsf_kpi.ui.problems import show_unexpected
from hsf_kpi.ui.web import SwedishDocument, lifespan

app = st.App(
    ROOT / "hsf_kpi" / "ui" / "main.py",
    middleware=[Middleware(SecurityHeaders), Middleware(SwedishDocument)],
    lifespan=lifespan,
    on_script_error=show_unexpected,
)
