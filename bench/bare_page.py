"""The floor: a bare Streamlit page that draws the recorded elements from literals, with cached chart specifications.

`?sida=oversikt&enhet=hsf`; what is then chosen in its list of units is drawn instead, as on the page it was taken from.
"""

import os
import pickle

import streamlit as st

LIST = "Verksamhet"
"""The list of units."""


@st.cache_resource
def literals():
    with open(os.environ["HSF_BENCH_OPS"], "rb") as file:
        return pickle.load(file)


def draw(ops, counter):
    for op in ops:
        counter[0] += 1
        kind, key = op["op"], f"k{counter[0]}"
        if kind == "container":
            with st.container(border=op.get("border", False), horizontal=op.get("horizontal", False)):
                draw(op["ops"], counter)
        elif kind == "popover":
            with st.popover(op["label"], type="tertiary"):
                draw(op["ops"], counter)
        elif kind == "expander":
            with st.expander(op["label"]):
                draw(op["ops"], counter)
        elif kind == "columns":
            for column, child in zip(st.columns([c["weight"] for c in op["ops"]]), op["ops"], strict=True):
                with column:
                    draw(child["ops"], counter)
        elif kind == "chart":
            st.vega_lite_chart(op["data"], dict(op["spec"]), key=key, alt=op["alt"])
        elif kind == "table":
            st.table(op["data"], hide_index=True)
        elif kind == "metric":
            st.metric(op["label"], op["text"], label_visibility="collapsed")
        elif kind == "selectbox" and op["label"] == LIST:
            st.selectbox(LIST, op["options"], index=op["index"], key=LIST, label_visibility="collapsed")
        elif kind == "selectbox":
            st.selectbox(op["label"], op["options"], index=op["index"], key=key, label_visibility="collapsed")
        elif kind == "segments":
            st.segmented_control(op["label"], op["options"], key=key, label_visibility="collapsed")
        elif kind == "radio":
            st.radio(op["label"], op["options"], key=key)
        elif kind in ("text_input", "text_area"):
            getattr(st, kind)(op["label"], value=op["text"], key=key)
        elif kind == "button":
            st.button(op["label"], key=key)
        elif kind == "download":
            st.download_button(op["label"], data=lambda: b"x", key=key, on_click="ignore", type="tertiary")
        elif kind in ("title", "header", "subheader"):
            getattr(st, kind)(op["text"].lstrip("# "), anchor=False)
        else:
            getattr(st, kind if kind == "caption" else "markdown")(op["text"])


def nothing():
    """What stands on another page of the menu is never asked for."""


st.set_page_config(page_title="Bare", page_icon="📊", layout="wide")
taken = literals()
st.navigation(
    {
        section: [st.Page(nothing, title=page, help=told, url_path=name) for name, page, told in pages]
        for section, pages in taken["menu"].items()
    },
    position="top",
)
st.logo(taken["logo"], size="medium")
chosen = taken["names"].get(st.session_state.get(LIST), st.query_params.get("enhet", "hsf"))
draw(taken[f"{st.query_params.get('sida', 'oversikt')}/{chosen}"], [0])
