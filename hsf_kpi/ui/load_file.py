"""Loading a file: choose what it holds, send it, see what is wrong or what it changes, load it or leave it."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from hsf_kpi.composing import choices
from hsf_kpi.ingest.files import LIMITS
from hsf_kpi.loading import Checked, Loading, already_problem, loading_of
from hsf_kpi.model.incoming import LOOK, Holds
from hsf_kpi.model.load import Load
from hsf_kpi.model.problems import HsfError
from hsf_kpi.model.profile import FIELDS, Profile
from hsf_kpi.store.temporary import prefix
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import number
from hsf_kpi.ui import links
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.load_faults import show_faults
from hsf_kpi.ui.preview import show_preview
from hsf_kpi.ui.problems import tell_problems
from hsf_kpi.ui.profile_list import HOLDS
from hsf_kpi.ui.tables import show_rows
from hsf_kpi.ui.text import link, plain

_CHECKED, _LOADED, _ROUND = "hsf_checked", "hsf_loaded", "hsf_load_round"
_TELL_SECONDS = 0.1
FIRST = "observationer"
"""The profile that is chosen before one is."""


@dataclass
class Held:
    """What has been checked in this session. folder: holds the file until it is loaded or left, and goes with this."""

    of: tuple[object, ...]
    checked: Checked
    folder: tempfile.TemporaryDirectory[str]


def load_file(visit: Visit) -> None:
    loading = loading_of(visit.workspace)
    _told(visit)
    profile = _choose(loading.profiles(visit.rights))
    if profile is None:
        return
    _explained(profile)
    sent = st.file_uploader(
        f"Fil: CSV eller Excel, högst {LIMITS.bytes_text}",
        key=f"fil-{st.session_state.get(_ROUND, 0)}",
        max_upload_size=LIMITS.bytes // 1_000_000,
    )
    if sent is None:
        st.session_state.pop(_CHECKED, None)
        st.caption("Inget läses in förrän du har sett vad det ändrar och valt Läs in.")
        return
    held = _checked(visit, loading, profile, sent)
    if held is not None:
        _show(visit, loading, held)


def _choose(profiles: tuple[Profile, ...]) -> Profile | None:
    """What the file holds, by title and system."""
    by_key = {profile.key: profile for profile in profiles}
    chosen = st.selectbox(
        "Vad innehåller filen?",
        list(by_key),
        format_func=lambda key: _label(by_key[key]),
        index=list(by_key).index(FIRST) if FIRST in by_key else 0,
        key="las-profil",
        filter_mode="contains",
        width=560,
    )
    return by_key.get(chosen) if chosen is not None else None


def _label(profile: Profile) -> str:
    named = profile.system.casefold() in profile.title.casefold()
    return profile.title if named else f"{profile.title} ({profile.system})"


def _explained(profile: Profile) -> None:
    """Which columns the file is to have."""
    if profile.about:
        st.caption(plain(profile.about))
    fields = FIELDS[profile.holds]
    with st.expander("Så ska filen se ut"):
        show_rows(
            [
                {
                    "Kolumn i filen": plain(" eller ".join(column.names))
                    or f"*alltid* {plain(column.fixed)}",
                    "Det är": plain(fields.get(column.field, column.field)),
                    "Måste finnas": "Ja" if column.required and not column.fixed else "Nej",
                }
                for column in profile.columns
            ]
            + [
                {"Kolumn i filen": plain(wide.name), "Det är": plain(wide.measure), "Måste finnas": "Ja"}
                for wide in profile.wide
            ],
            key="filens-kolumner",
            alt="Kolumner i filen",
        )


def _checked(visit: Visit, loading: Loading, profile: Profile, sent: Any) -> Held | None:
    """The file read and checked, once for each file, profile and sheet."""
    sheet = st.session_state.get("las-blad") or ""
    of = (sent.file_id, profile.key, profile.version, sheet)
    held = st.session_state.get(_CHECKED)
    if isinstance(held, Held) and held.of == of:
        return held
    folder = tempfile.TemporaryDirectory(prefix=prefix("fil"), ignore_cleanup_errors=True)
    path = Path(folder.name) / "fil"
    bar = st.progress(0.0, text="Läser filen")
    try:
        with path.open("wb") as out:
            out.write(sent.getbuffer())
        checked = loading.check(visit.rights, path, sent.name, profile.key, sheet=sheet, tell=_teller(bar))
    except OSError:
        st.error("Filen kunde inte sparas på servern, kanske är disken full. Försök igen, eller säg till IT.")
        return None
    except HsfError as error:
        tell_problems(error)
        return None
    finally:
        bar.empty()
    held = Held(of, checked, folder)
    st.session_state[_CHECKED] = held
    return held


def _teller(bar: Any) -> Any:
    """Moves the bar, some times a second at most."""
    last = [0.0]

    def tell(what: str, share: float) -> None:
        now = time.monotonic()
        if now - last[0] > _TELL_SECONDS:
            last[0] = now
            bar.progress(min(max(share, 0.0), 1.0), text=what)

    return tell


def _show(visit: Visit, loading: Loading, held: Held) -> None:
    checked = held.checked
    _sheets(checked)
    if checked.already is not None:
        st.info(plain(str(already_problem(checked.name, checked.already))))
        return
    if checked.faults:
        show_faults(checked.name, checked.faults)
        return
    found = checked.incoming
    assert found is not None
    notes = found.contents.notes
    if told := [note for note in notes if not note.startswith(LOOK)]:
        st.caption(plain(" ".join(told)))
    for note in notes:
        if note.startswith(LOOK):
            st.warning(plain(note))
    if checked.preview is not None:
        show_preview(checked.preview, visit.catalogue)
    elif checked.profile.holds.defines:
        rows = found.contents.rows
        st.header("Det här ändras", anchor=False)
        st.markdown(
            f"**Filen har {number(rows, 0)} {'rad' if rows == 1 else 'rader'} med "
            f"{HOLDS[checked.profile.holds].lower()}.** De gäller överallt när filen är inläst; "
            "det som inte står i filen är som förut."
        )
    if checked.released:
        months = ", ".join(month_text(month) for month in checked.released[-3:])
        among = "bland dem " if len(checked.released) > 3 else ""
        st.error(
            f"**Filen ändrar frisläppta månader** ({among}{months}), som är slutliga. "
            "Öppna månaden igen under Månaden, och frisläpp den på nytt när filen är inläst."
        )
    with st.container(horizontal=True, gap="small"):
        if st.button("Läs in", type="primary", disabled=not checked.loadable, key="las-in"):
            _load(visit, loading, checked)
        if st.button("Avvisa", key="las-avvisa"):
            _leave()
            st.rerun()


def _sheets(checked: Checked) -> None:
    """Which sheet of a workbook, where it has several."""
    sheets = checked.incoming.table.sheets if checked.incoming is not None else ()
    if len(sheets) > 1 or any("blad" in fault.what.casefold() for fault in checked.faults):
        st.text_input(
            "Blad",
            key="las-blad",
            placeholder=", ".join(sheets) or "Bladets namn",
            help="Tomt: det enda med rader.",
            width=360,
        )


def _load(visit: Visit, loading: Loading, checked: Checked) -> None:
    bar = st.progress(0.0, text="Läser in")
    try:
        loaded = loading.load(visit.rights, checked, tell=_teller(bar))
    except HsfError as error:
        bar.empty()
        tell_problems(error)
        return
    st.session_state[_LOADED] = loaded
    _leave()
    st.rerun()


def _leave() -> None:
    """The field for the file is emptied, and the file forgotten."""
    st.session_state.pop(_CHECKED, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _told(visit: Visit) -> None:
    """What was loaded last, with ways on; until the next file."""
    loaded = st.session_state.get(_LOADED)
    if not isinstance(loaded, Load):
        return
    rows = number(loaded.rows, 0)
    st.success(
        f"**Inläsning {loaded.number} är klar:** {rows} {'rad' if loaded.rows == 1 else 'rader'} ur "
        f"{plain(loaded.file_name or loaded.source)}. Den kan ångras under Inläsningar."
    )
    profile = next(
        (p for p in loading_of(visit.workspace).profiles(visit.rights) if p.key == loaded.profile), None
    )
    ways = _ways(visit, loaded, profile)
    if ways:
        st.markdown(" · ".join(ways))


def _ways(visit: Visit, loaded: Load, profile: Profile | None) -> list[str]:
    """Links to where what was loaded can be seen."""
    unit = loaded.unit or visit.catalogue.organisation.root
    params = f"{links.UNIT}={unit}" + (f"&{links.MONTH}={loaded.last.iso}" if loaded.last else "")
    if profile is None or profile.holds is Holds.OBSERVATIONS:
        return [
            link("Se det på Nyckeltal", f"/{choices.ONE_MEASURE}?{params}"),
            link("Se Översikt", f"/?{params}"),
        ]
    if profile.holds in (Holds.LEDGER, Holds.FORECASTS):
        return [
            link("Se det på Budget och ramar", f"/{choices.BUDGET}?{params}"),
            link("Se Vägen till −800", f"/{choices.ROAD}?{params}"),
        ]
    if profile.holds in (Holds.MOVES, Holds.ACTIVITIES):
        return [link("Se det på Ekonomiåtgärder", f"/{choices.ASSIGNMENTS}?{params}")]
    return [link("Se Översikt", f"/?{params}")]
