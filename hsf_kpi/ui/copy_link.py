"""«Kopiera länk»: the address of exactly what is shown. The document's own script copies it (document/copy.js); the page is
not run.
"""

from __future__ import annotations

import streamlit as st

BUTTON = "kopiera-lank"
"""The key that the script knows."""


def copy_link() -> None:
    """The button, and the place where the script says how it went."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Kopiera länk", key=BUTTON)
        st.html('<p role="status" data-hsf-kopierad></p>', width="stretch")
    st.caption("Länken öppnar precis det som visas nu, för den som får se det.")
