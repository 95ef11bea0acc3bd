"""What is wrong in a file, all of it at once: row, column, value and what was expected; and as a file to take along."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import streamlit as st

from hsf_kpi.model.incoming import Fault
from hsf_kpi.render.csv import safe
from hsf_kpi.swedish.numbers import number
from hsf_kpi.ui.tables import show_rows
from hsf_kpi.ui.text import plain

_SHOWN = 50


def show_faults(name: str, faults: Sequence[Fault], key: str = "", *, sample: bool = False) -> None:
    """The sentence, the table, and the whole as CSV. key: where several stand on a page. sample: of a file that
    is only looked at while its profile is being written.
    """
    places = sum(max(fault.count, len(fault.rows), 1) for fault in faults)
    one = len(faults) == 1
    told = f"{number(len(faults), 0)} {'sak' if one else 'saker'} behöver rättas" + (
        f", på {number(places, 0)} ställen." if places > len(faults) else "."
    )
    if sample:
        st.warning(f"**Exemplet går inte att läsa helt än.** {told} Rätta svaren ovanför, eller filen.")
    else:
        st.error(f"**Filen kan inte läsas in.** {told} Inget har ändrats.")
    with st.container(key=f"bred-fel{key}"):
        show_rows(
            [
                {
                    "Var": plain(fault.where()) or "hela filen",
                    "Står": plain(fault.value),
                    "Vad är fel": plain(fault.what),
                    "Gör så här": plain(fault.expected),
                }
                for fault in faults[:_SHOWN]
            ],
            key=f"fel{key}",
            alt=f"Fel i {name}",
        )
    if len(faults) > _SHOWN:
        st.caption(f"De första {_SHOWN} visas. Alla finns i fillistan.")
    st.download_button(
        "Hämta alla fel som CSV",
        data=faults_csv(name, faults),
        file_name="hsf-nyckeltal_fel-i-filen.csv",
        mime="text/csv",
        key=f"fel-csv{key}",
        on_click="ignore",
        type="tertiary",
    )


def faults_csv(name: str, faults: Sequence[Fault]) -> bytes:
    """Swedish CSV for Excel; what a spreadsheet would run is made text."""
    out = io.StringIO()
    lines = csv.writer(out, delimiter=";", lineterminator="\r\n")
    lines.writerow(["Fil", safe(name)])
    lines.writerow([])
    lines.writerow(["Rader", "Antal", "Kolumn", "Står", "Vad är fel", "Gör så här"])
    for fault in faults:
        rows = ", ".join(str(row) for row in fault.rows)
        count = max(fault.count, len(fault.rows))
        lines.writerow(
            [rows, count or "", *(safe(t) for t in (fault.column, fault.value, fault.what, fault.expected))]
        )
    return out.getvalue().encode("utf-8-sig")
