"""The audit log: filtered, newest first, and taken out as a file. Taking it out is itself logged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import NotPermitted, Problem
from hsf_kpi.model.role import Permission
from hsf_kpi.settings import read_settings
from hsf_kpi.swedish.dates import date_text
from hsf_kpi.swedish.words import sentence_start
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.export import still
from hsf_kpi.ui.log_file import log_csv
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.users_words import detail, literal, moment, today

PAGE = 100
MOST = 100_000
"""Rows in a file."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which entries: a part of who did it, the events (none: all), from and with the first to and with the last day."""

    who: str = ""
    what: tuple[str, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None

    def asked(self) -> dict[str, Any]:
        return {"who": self.who, "what": self.what, "first": self.first, "last": self.last}

    def words(self) -> str:
        """«av admin, händelse exporterade, från och med 2023-01-01»; «allt»."""
        parts = [
            f"av ”{self.who}”" if self.who else "",
            f"händelse {', '.join(self.what)}" if self.what else "",
            f"från och med {date_text(self.first)}" if self.first else "",
            f"till och med {date_text(self.last)}" if self.last else "",
        ]
        return ", ".join(part for part in parts if part) or "allt"


def log(visit: Visit) -> None:
    chosen = _choose()
    st.caption(_kept())
    if chosen.first and chosen.last and chosen.last < chosen.first:
        st.error("Till och med ligger före från och med. Välj en senare dag.")
        return
    audit = visit.workspace.store.audit_log
    count = audit.count(**chosen.asked())
    if not count:
        st.info("Inget i loggen stämmer med valet.")
        return
    place = st.container(key="bred-tid-logg")
    pages = -(-count // PAGE)
    page = st.pagination(pages, key=f"logg-sida-{hash(chosen)}") if pages > 1 else 1
    entries = audit.entries(**chosen.asked(), limit=PAGE, offset=(page - 1) * PAGE)
    place.table(
        [
            {
                "Tid": moment(entry.at),
                "Vem": literal(entry.who),
                "Händelse": plain(entry.what),
                "Uppgift": plain(detail(entry)),
            }
            for entry in entries
        ],
        hide_index=True,
        alt="Loggen, nyast först",
    )
    st.caption(f"{count} rader, nyast först.")
    st.download_button(
        "Hämta som CSV för Excel",
        data=partial(_take, visit, chosen),
        file_name=f"hsf-nyckeltal_logg_{date_text(today())}.csv",
        mime="text/csv",
        key="logg-csv",
        on_click="ignore",
    )


def _choose() -> Chosen:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        who = st.text_input("Vem", key="logg-vem", placeholder="En del av användarnamnet", width=220)
        what = st.multiselect(
            "Händelse",
            [event.value for event in Event],
            format_func=sentence_start,
            key="logg-vad",
            placeholder="Alla händelser",
            width=320,
        )
        first = st.date_input("Från och med", None, format="YYYY-MM-DD", key="logg-fran", width=160)
        last = st.date_input("Till och med", None, format="YYYY-MM-DD", key="logg-till", width=160)
    return Chosen(who.strip(), tuple(what), first, last)


def _kept() -> str:
    """How long the log is kept: the region's decision."""
    days = read_settings().log_days
    if days is None:
        return "Loggen sparas tills vidare: regionens beslut om gallring är inte inställt (HSF_KPI_LOG_DAYS)."
    return f"Loggen sparas i {days} dagar, enligt regionens beslut om gallring."


def _take(visit: Visit, chosen: Chosen) -> bytes:
    """The file, made outside the page's run: the right to it is judged again, and it is logged before it is given."""
    workspace = visit.workspace
    identity = still(visit, visit.signed_in)
    if identity is None or not workspace.rights_of(identity).may(Permission.ADMINISTER):
        workspace.log(visit.identity, Event.DENIED, "loggen som fil")
        raise NotPermitted(
            Problem("Din behörighet räcker inte för att hämta loggen.", "logg", "Ladda om sidan.")
        )
    entries = workspace.store.audit_log.entries(**chosen.asked(), limit=MOST)
    workspace.log(identity, Event.EXPORTED, f"loggen ({chosen.words()}), {len(entries)} rader")
    return log_csv(entries, chosen.words(), taken=today(), whole=len(entries) < MOST)
