"""The files of a report: made on demand in a process beside, with progress; judged and logged again when one is taken."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import streamlit as st

from hsf_kpi.figures.report import Report
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import HsfError
from hsf_kpi.reporting.beside import make_beside
from hsf_kpi.reporting.making import MEDIA, Medium, file_name
from hsf_kpi.reporting.taken import may_take_report
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.export import REFUSED, hand_out, signed_in_now
from hsf_kpi.ui.problems import shown_problems
from hsf_kpi.ui.report_freeze import freeze_button, frozen_words
from hsf_kpi.ui.text import plain

_MADE, _CHOSEN = "hsf_rapport_filer", "rapport-format"
ZIP = "zip"


@dataclass
class Made:
    """The files of one report, as long as the page shows that one."""

    report: Report
    files: dict[str, bytes] = field(default_factory=dict)


def files(entry: Entry, report: Report) -> None:
    """Which files, the button that makes them, progress, and what is ready to be taken."""
    allowed = {one.id: one.name for one in MEDIA.values() if may_take_all(entry, report, one)}
    with st.container(border=True, key="rapport-filer"):
        st.subheader("Filer", anchor=False)
        if not any(report.parts()):
            st.caption("Det finns ingen figur att göra filer av.")
            return
        if not allowed:
            st.caption(REFUSED)
            return
        chosen = st.pills(
            "Filer att göra",
            list(allowed),
            format_func=allowed.__getitem__,
            selection_mode="multi",
            default=list(allowed),
            key=_CHOSEN,
            label_visibility="collapsed",
        )
        with st.container(horizontal=True, gap="small"):
            pressed = st.button("Gör filerna", type="primary", disabled=not chosen, key="rapport-gor")
            if report.edition is None:
                freeze_button(entry, report)
        if told := frozen_words():
            st.success(told)
        made = _held(report)
        if pressed:
            _make(report, made, [MEDIA[one] for one in allowed if one in chosen])
        _ready(entry, made)


def may_take_all(entry: Entry, report: Report, medium: Medium) -> bool:
    """For every figure of it."""
    return may_take_report(entry.rights, report, medium, tuple(entry.catalogue.measures))


def _held(report: Report) -> Made:
    """What has been made of this very report; of another one nothing is kept."""
    made = st.session_state.get(_MADE)
    if not isinstance(made, Made) or made.report != report:
        made = st.session_state[_MADE] = Made(report)
    return made


def _make(report: Report, made: Made, media: list[Medium]) -> None:
    """Each of them, one after another. One that can't be made is told, and the others are made."""
    bar = st.progress(0.0, text="Börjar")
    for done, medium in enumerate(media):
        try:
            told = _teller(bar, medium, done, len(media))
            made.files[medium.id] = make_beside(report, medium.id, told, _who())
        except HsfError as error:
            made.files.pop(medium.id, None)
            for problem in shown_problems(error):
                st.error(plain(f"{medium.name}: {problem.what} {problem.todo}"))
    bar.empty()


def _who() -> str:
    """Of those who wait for files. On demo data many are the same one."""
    signed_in = signed_in_now()
    return signed_in.identity.login if signed_in is not None and signed_in.session is not None else ""


def _teller(bar: Any, medium: Medium, before: int, of_media: int) -> Any:
    def told(done: int, of: int) -> None:
        if not of:
            bar.progress(before / of_media, text="Väntar på att en annan rapport ska bli klar")
            return
        share = (before + min(done / of, 1.0)) / of_media
        bar.progress(share, text=f"{medium.name}: {done} av {of} figurer")

    return told


def _ready(entry: Entry, made: Made) -> None:
    if not made.files:
        return
    with st.container(horizontal=True, gap="small"):
        for medium in MEDIA.values():
            if medium.id in made.files:
                _offer(entry, made, medium.name, medium.extension, medium.mime, (medium,))
        if len(made.files) > 1:
            every = tuple(medium for medium in MEDIA.values() if medium.id in made.files)
            _offer(entry, made, "Alla i en ZIP-fil", ZIP, "application/zip", every)


def _offer(
    entry: Entry, made: Made, label: str, extension: str, mime: str, media: tuple[Medium, ...]
) -> None:
    name = file_name(made.report, extension)
    size = sum(len(made.files[medium.id]) for medium in media)
    st.download_button(
        f"Ladda ner {label}" if extension != ZIP else label,
        data=partial(_take, entry, signed_in_now(), made.report, dict(made.files), media, name),
        file_name=name,
        mime=mime,
        key=f"rapport-{extension}-{size}",
        on_click="ignore",
    )


def _take(
    entry: Entry,
    signed_in: Any,
    report: Report,
    found: dict[str, bytes],
    media: tuple[Medium, ...],
    name: str,
) -> bytes:
    """The file, or several in one."""
    every = tuple(entry.catalogue.measures)
    return hand_out(
        entry,
        signed_in,
        name,
        lambda rights: all(may_take_report(rights, report, medium, every) for medium in media),
        lambda: found[media[0].id] if len(media) == 1 else _zipped(report, found, media),
        Event.REPORTED,
    )


def _zipped(report: Report, found: dict[str, bytes], media: tuple[Medium, ...]) -> bytes:
    """The same files give the same bytes: their time is the report's day."""
    out = io.BytesIO()
    day: dt.date = report.made
    with zipfile.ZipFile(out, "w") as archive:
        for medium in media:
            one = zipfile.ZipInfo(
                file_name(report, medium.extension), (max(day.year, 1980), day.month, day.day, 0, 0, 0)
            )
            archive.writestr(one, found[medium.id])
    return out.getvalue()
