"""The launcher: the ASGI app that `streamlit run app.py` and `uvicorn app:app` serve. The main script is hsf_kpi/ui/main.py.

Two files, because Streamlit runs the files of a pages/ folder beside the main script directly, without the main
script, until somebody's run has reached st.navigation (docs/decisions.md, 3).
"""

import streamlit as st
from starlette.middleware import Middleware

from hsf_kpi import ROOT
from hsf_kpi.api.routes import api_routes
from hsf_kpi.settings import read_settings
from hsf_kpi.ui.operations import loggers
from hsf_kpi.ui.operations.routes import ROUTES as OPERATIONS
from hsf_kpi.ui.problems import show_unexpected
from hsf_kpi.ui.sign_in.provider import ProviderCookies, auth_section, share_cookie_secret
from hsf_kpi.ui.sign_in.routes import ROUTES
from hsf_kpi.ui.warm import workspace
from hsf_kpi.ui.web import lifespan, middleware

loggers.set_up()
app = st.App(
    ROOT / "hsf_kpi" / "ui" / "main.py",
    routes=[*OPERATIONS, *ROUTES, *api_routes(workspace, lambda: read_settings().sign_in.way)],
    middleware=[*middleware(), Middleware(ProviderCookies)],
    lifespan=lifespan,
    secrets=auth_section(),
    on_script_error=show_unexpected,
)
share_cookie_secret()
