"""The main script: who is looking, what is chosen, the frame around every page. Runs before each page."""

from __future__ import annotations

import streamlit as st
from streamlit.errors import FragmentHandledException

from hsf_kpi.model.problems import HsfError, StoreError
from hsf_kpi.operations.metrics import Outcome
from hsf_kpi.ui import frame, last_good
from hsf_kpi.ui.entry import VISIT
from hsf_kpi.ui.footer import footer
from hsf_kpi.ui.operations.runs import timed
from hsf_kpi.ui.problems import show_problems, show_unexpected
from hsf_kpi.ui.resumed import begin
from hsf_kpi.ui.stop import Stopped

st.set_page_config(page_title="HSF nyckeltal", page_icon=frame.ICON, layout="wide")
with timed() as run:
    try:
        begin()
        page = frame.enter()
        if page is not None:
            page.run()
        last_good.keep()
    except Stopped:  # the page, not what stands around it
        run.outcome = Outcome.STOPPED
        last_good.forget()
    except StoreError as error:
        run.told(error)
        last_good.show_instead(error, begun=VISIT in st.session_state)
    except HsfError as error:
        run.told(error)
        last_good.forget()  # whatever may be seen now, it is less
        show_problems(error)
    except FragmentHandledException:  # told where it happened
        run.outcome = Outcome.FAILED
    except Exception as error:
        run.outcome = Outcome.FAILED
        last_good.forget()
        show_unexpected(error)
    footer()
