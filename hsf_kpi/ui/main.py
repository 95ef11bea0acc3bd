"""The main script: who is looking, what is chosen, the frame around every page. Runs before each page."""

from __future__ import annotations

import streamlit as st
from streamlit.errors import FragmentHandledException

from hsf_kpi import ROOT
from hsf_kpi.model.problems import HsfError
from hsf_kpi.operations.metrics import Outcome
from hsf_kpi.ui import frame
from hsf_kpi.ui.footer import footer
from hsf_kpi.ui.operations.runs import timed
from hsf_kpi.ui.problems import show_problems, show_unexpected
from hsf_kpi.ui.resumed import begin
from hsf_kpi.ui.stop import Stopped

st.set_page_config(
    page_title="HSF nyckeltal", page_icon=str(ROOT / "hsf_kpi/ui/images/icon.png"), layout="wide"
)
with timed() as run:
    try:
        begin()
        page = frame.enter()
        if page is not None:
            page.run()
    except Stopped:  # the page, not what stands around it
        run.outcome = Outcome.STOPPED
    except HsfError as error:
        run.told(error)
        show_problems(error)
    except FragmentHandledException:  # told where it happened
        run.outcome = Outcome.FAILED
    except Exception as error:
        run.outcome = Outcome.FAILED
        show_unexpected(error)
    footer()
