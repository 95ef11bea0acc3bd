"""The log as a file: Swedish CSV for Excel, as the figures' own (`render.csv`)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence

from hsf_kpi.render.csv import safe
from hsf_kpi.store.audit import Entry
from hsf_kpi.swedish.dates import date_text
from hsf_kpi.ui.users_words import detail, moment


def log_csv(entries: Sequence[Entry], chosen: str, *, taken: dt.date, whole: bool = True) -> bytes:
    """`chosen`: which entries, in words. What a spreadsheet would run is made text. UTF-8 with BOM, semicolons, CRLF."""
    out = io.StringIO()
    lines = csv.writer(out, delimiter=";", lineterminator="\r\n")
    lines.writerow(["Rubrik", "Logg för HSF nyckeltal"])
    lines.writerow(["Visar", safe(chosen)])
    lines.writerow(["Rader", f"{len(entries)}{'' if whole else ', de nyaste; äldre är inte med'}"])
    lines.writerow(["Datum uttaget", date_text(taken)])
    lines.writerow([])
    lines.writerow(["Tid", "Vem", "Händelse", "Uppgift"])
    for entry in entries:
        lines.writerow([moment(entry.at), safe(entry.who), safe(entry.what), safe(detail(entry))])
    return out.getvalue().encode("utf-8-sig")
