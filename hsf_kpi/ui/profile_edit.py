"""Source profiles: those there are, and one's own made from a sample: pick columns, see the result, save."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from hsf_kpi.ingest.files import FileTable, open_table
from hsf_kpi.ingest.profiles import profile_text
from hsf_kpi.ingest.sample import sample
from hsf_kpi.ingest.suggest import suggest_profile
from hsf_kpi.loading import Loading, loading_of
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.incoming import FileRefused, Holds
from hsf_kpi.model.problems import HsfError
from hsf_kpi.model.profile import FIELDS, Decimals, Profile, UnitKey, WideColumn
from hsf_kpi.model.role import Permission
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.filterbar import measure_labels, unit_labels
from hsf_kpi.ui.load_faults import show_faults
from hsf_kpi.ui.profile_form import (
    ABSENT,
    ALWAYS,
    NUMBERS,
    Answer,
    Answers,
    answers_of,
    key_of,
    made,
    unknown,
)
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.users_words import change, keyed, told

HOLDS: Mapping[Holds, str] = {
    Holds.OBSERVATIONS: "Utfall av nyckeltal",
    Holds.LEDGER: "Budget och utfall ur huvudboken",
    Holds.FORECASTS: "Prognoser",
    Holds.MOVES: "Omflyttningar",
    Holds.ACTIVITIES: "Förbättringsarbeten",
    Holds.EXTERNAL: "Offentlig statistik",
    Holds.TARGETS: "Målvärden",
    Holds.BASELINES: "Nuvärden",
    Holds.UNITS: "Verksamheter",
}
UNITS_BY = {
    UnitKey.ID: "Vårt id",
    UnitKey.NAME: "Namn",
    UnitKey.COST_CENTRE: "Kostnadsställe",
    UnitKey.HSA_ID: "HSA-id",
}
DECIMALS = {Decimals.AUTO: "Ser efter i filen", Decimals.COMMA: "Komma", Decimals.POINT: "Punkt"}
COMPONENTS = {"numerator": "Täljare", "denominator": "Nämnare", "ready": "Färdigt värde"}
PLACE = "källprofil"
_GUESS = "\0ny"
_MOST_NAMES = 200
_HELD = "hsf_sample"


def profiles(visit: Visit) -> None:
    loading = loading_of(visit.workspace)
    every = loading.profiles(visit.rights)
    told(PLACE)
    _list(visit, loading, every)
    st.header("Gör en egen", anchor=False)
    if not visit.rights.may(Permission.LOAD, visit.catalogue.organisation.root):
        st.info("Källprofiler görs av en controller för hela förvaltningen.")
        return
    st.caption(
        "Ladda upp ett exempel på systemets export, säg vad kolumnerna är, och se hur filen läses. "
        "Exemplet sparas inte och läses inte in."
    )
    with st.container(horizontal=True, gap="small"):
        holds = st.selectbox(
            "Vad innehåller filen?", list(HOLDS), format_func=HOLDS.__getitem__, key="pf-slag", width=320
        )
        bases = {_GUESS: "En gissning ur filen"} | {p.key: p.title for p in every if p.holds is holds}
        chosen = st.selectbox(
            "Utgå från", list(bases), format_func=bases.__getitem__, key=f"pf-bas-{holds.value}", width=320
        )
    sent = st.file_uploader("Exempelfil", key=keyed("exempel"))
    if sent is None:
        return
    table = _table(sent)
    if table is None:
        return
    base = next((p for p in every if p.key == chosen), None)
    guess = base or suggest_profile(table, visit.catalogue, holds)
    _form(visit, loading, table, guess, base, f"pf-{sent.file_id}-{holds.value}-{chosen}")


def _list(visit: Visit, loading: Loading, every: Sequence[Profile]) -> None:
    with st.container(key="bred-profiler"):
        st.table(
            [
                {
                    "Profil": plain(profile.title),
                    "System": plain(profile.system),
                    "Innehåller": HOLDS[profile.holds],
                    "Slag": f"Egen, version {profile.version}" if profile.saved else "Medföljer",
                }
                for profile in every
            ],
            hide_index=True,
            alt="Källprofiler",
        )
    by_key = {profile.key: profile for profile in every}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        key = st.selectbox(
            "Källprofil",
            list(by_key),
            format_func=lambda k: by_key[k].title,
            index=None,
            placeholder="Välj en profil",
            key=keyed("vald-profil"),
            width=360,
        )
        if key is None:
            return
        profile = by_key[key]
        st.download_button(
            "Hämta som TOML",
            data=profile_text(profile).encode("utf-8"),
            file_name=f"{profile.key}.toml",
            mime="application/toml",
            key=f"pf-hamta-{key}",
            on_click="ignore",
        )
        whole = visit.rights.may(Permission.LOAD, visit.catalogue.organisation.root)
        if profile.saved and whole and st.button("Ta bort", key="pf-bort"):
            _remove(visit, loading, profile)


@st.dialog("Ta bort källprofilen")
def _remove(visit: Visit, loading: Loading, profile: Profile) -> None:
    st.markdown(f"{plain(profile.title)} tas bort ur listan. Det som har lästs in med den står kvar.")
    if st.button("Ja, ta bort", type="primary", key="pf-bort-ja"):

        def do() -> str:
            loading.remove_profile(visit.rights, profile)
            return f"{profile.title} är borttagen."

        change(PLACE, do)


def _table(sent: Any) -> FileTable | None:
    """The sample as a table; its file lives as long as the session looks at it."""
    held = st.session_state.get(_HELD)
    if held is None or held[0] != sent.file_id:
        folder = tempfile.TemporaryDirectory(prefix="hsf-kpi-exempel-", ignore_cleanup_errors=True)
        path = Path(folder.name) / "fil"
        path.write_bytes(sent.getbuffer())
        try:
            held = (sent.file_id, open_table(path, sent.name), folder)
        except FileRefused as refused:
            show_faults(sent.name, refused.faults, "-exempel")
            return None
        st.session_state[_HELD] = held
    table: FileTable = held[1]
    return table


def _form(
    visit: Visit, loading: Loading, table: FileTable, guess: Profile, base: Profile | None, key: str
) -> None:
    own = base is not None and base.saved
    with st.container(horizontal=True, gap="small"):
        title = st.text_input(
            "Profilens namn", base.title if own and base else "", key=f"{key}-namn", width=320
        )
        system = st.text_input(
            "System",
            base.system if base else "",
            key=f"{key}-system",
            width=240,
            placeholder="Till exempel Heroma",
        )
    st.subheader("Vad är kolumnerna?", anchor=False)
    fields = _fields(table, guess, key)
    with st.container(horizontal=True, gap="small"):
        units_by = st.selectbox(
            "Verksamheten anges med", list(UNITS_BY), format_func=UNITS_BY.__getitem__,
            index=list(UNITS_BY).index(guess.units_by), key=f"{key}-enhet", width=240,
        )  # fmt: skip
        decimals = st.selectbox(
            "Decimaler skrivs med", list(DECIMALS), format_func=DECIMALS.__getitem__,
            index=list(DECIMALS).index(guess.decimals), key=f"{key}-decimal", width=240,
        )  # fmt: skip
    wide = _wide(visit, table, guess, key) if guess.holds is Holds.OBSERVATIONS else ()
    answers = Answers(title or "Ny profil", system, guess.holds, fields, units_by, decimals, wide=wide)
    profile = made(answers, guess, base.key if own and base else key_of(title) or "ny-profil")
    profile = _mapped(visit, table, profile, key)
    _result(visit.catalogue, table, profile)
    if st.button("Spara profilen", type="primary", key=f"{key}-spara"):
        if not title.strip():
            st.error("Profilen har inget namn. Skriv ett namn överst.")
            return
        version = base.version if own and base else 0

        def do() -> str:
            loading.save_profile(visit.rights, profile_text(profile), version)
            return f"{profile.title} är sparad, och kan väljas under Läs in."

        change(PLACE, do)


def _fields(table: FileTable, guess: Profile, key: str) -> dict[str, Answer]:
    """For each of our fields the column that holds it."""
    known = answers_of(guess)
    options = [ABSENT, ALWAYS, *dict.fromkeys(name for name in table.header if name)]
    by_fold = {name.casefold(): name for name in options}
    words = {ABSENT: "– finns inte –", ALWAYS: "– samma på alla rader –"}
    found = {}
    places = st.columns(3)
    for number, (field, label) in enumerate(FIELDS[guess.holds].items()):
        before = known[field]
        column = guess.column(field)
        names = column.names if column is not None else ()
        at = ALWAYS if before.column == ALWAYS else next(
            (by_fold[name.casefold()] for name in names if name.casefold() in by_fold), ABSENT
        )  # fmt: skip
        with places[number % len(places)]:
            picked = st.selectbox(
                label, options, index=options.index(at), format_func=lambda o: words.get(o, o),
                key=f"{key}-f-{field}",
            )  # fmt: skip
            fixed = scale = ""
            if picked == ALWAYS:
                fixed = st.text_input(f"{label}: alltid", before.fixed, key=f"{key}-a-{field}")
            elif picked != ABSENT and field in NUMBERS:
                scale = st.text_input(
                    f"{label} gånger", before.scale, key=f"{key}-s-{field}",
                    help="1000 när filen har tusental, −1 när tecknet är omvänt.",
                )  # fmt: skip
        found[field] = Answer(picked, fixed, scale.replace("−", "-").strip() or "1")
    return found


def _wide(visit: Visit, table: FileTable, guess: Profile, key: str) -> tuple[WideColumn, ...]:
    """Columns that each hold a number of one nyckeltal."""
    before = {column.name: column for column in guess.wide}
    chosen = st.multiselect(
        "Kolumner med var sitt nyckeltal",
        [name for name in table.header if name],
        [name for name in before if name in table.header],
        key=f"{key}-breda",
        placeholder="Inga",
        help="När filen har en kolumn per nyckeltal i stället för en kolumn som säger vilket.",
    )
    labels = measure_labels(visit.catalogue, visit.scope, visit.catalogue.organisation.root)
    found = []
    for name in chosen:
        was = before.get(name)
        with st.container(horizontal=True, gap="small"):
            measure = st.selectbox(
                f"{name} hör till", list(labels), format_func=labels.__getitem__, key=f"{key}-b-{name}",
                index=list(labels).index(was.measure) if was and was.measure in labels else None,
                placeholder="Välj nyckeltal", width=360,
            )  # fmt: skip
            component = st.selectbox(
                f"{name} är", list(COMPONENTS), format_func=COMPONENTS.__getitem__, key=f"{key}-k-{name}",
                index=list(COMPONENTS).index(was.component) if was else 0, width=200,
            )  # fmt: skip
        if measure is not None:
            found.append(
                WideColumn(name, measure, component, was.scale if was else "1", was.sex if was else "")
            )
    return tuple(found)


def _mapped(visit: Visit, table: FileTable, profile: Profile, key: str) -> Profile:
    """Asks what the names mean that nothing is known of."""
    _, faults = sample(table, profile, visit.catalogue, rows=2000)
    texts = unknown(faults, profile, table.header)
    if not texts:
        return profile
    catalogue = visit.catalogue
    units = unit_labels(catalogue.organisation, visit.scope, visit.workspace.state().today)
    options: dict[str, dict[str, str]] = {
        "unit": units,
        "measure": measure_labels(catalogue, visit.scope, catalogue.organisation.root),
        "account": {account.id: account.title for account in catalogue.ledger_accounts},
    }
    given: dict[str, dict[str, str]] = {"unit": {}, "measure": {}, "account": {}}
    st.subheader("Vad betyder namnen?", anchor=False)
    st.caption("Namn i filen som inte finns hos oss. Det som lämnas tomt kan inte läsas in.")
    for field, names in texts.items():
        for name in names[:_MOST_NAMES]:
            labels = options[field]
            ours = st.selectbox(
                name, list(labels), format_func=labels.__getitem__, index=None, placeholder="Välj",
                key=f"{key}-n-{field}-{name}", width=420, filter_mode="contains",
            )  # fmt: skip
            if ours is not None:
                given[field][name] = ours
    answers = Answers(
        profile.title, profile.system, profile.holds, {}, profile.units_by, profile.decimals,
        given["unit"], given["measure"], given["account"], profile.wide,
    )  # fmt: skip
    mapped = made(answers, profile, profile.key)
    return replace(mapped, columns=profile.columns)


def _result(catalogue: Catalogue, table: FileTable, profile: Profile) -> None:
    """The first rows as they would be read, and what is wrong in them."""
    st.subheader("Så läses filen", anchor=False)
    try:
        shown, faults = sample(table, profile, catalogue)
    except HsfError as error:
        for problem in error.problems[:10]:
            st.error(plain(str(problem)))
        return
    if shown:
        with st.container(key="bred-exempel"):
            st.table(
                [{name: plain(text) for name, text in row.items()} for row in shown],
                hide_index=True,
                alt="De första raderna som de läses",
            )
    if faults:
        show_faults(table.name, faults, "-exempel")
    elif shown:
        st.success(f"De första {len(shown)} raderna går att läsa.")
