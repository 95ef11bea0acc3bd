"""Source profiles: those there are, and one's own made from a sample: pick columns, see the result, save."""

from __future__ import annotations

import tempfile
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
from hsf_kpi.ui.filterbar import measure_labels
from hsf_kpi.ui.load_faults import show_faults
from hsf_kpi.ui.problems import tell_problems
from hsf_kpi.ui.profile_form import ABSENT, ALWAYS, NUMBERS, Answer, Answers, answers_of, key_of, made
from hsf_kpi.ui.profile_list import HOLDS, PLACE, show_profiles
from hsf_kpi.ui.profile_names import ask_names
from hsf_kpi.ui.tables import show_rows
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.users_words import change, keyed, told

UNITS_BY = {
    UnitKey.ID: "Vårt id",
    UnitKey.NAME: "Namn",
    UnitKey.COST_CENTRE: "Kostnadsställe",
    UnitKey.HSA_ID: "HSA-id",
}
DECIMALS = {Decimals.AUTO: "Ser efter i filen", Decimals.COMMA: "Komma", Decimals.POINT: "Punkt"}
COMPONENTS = {"numerator": "Täljare", "denominator": "Nämnare", "ready": "Färdigt värde"}
_GUESS = "\0ny"
_ABREAST = 3
_HELD, _OPENED = "hsf_sample", "hsf_profile"


def profiles(visit: Visit) -> None:
    loading = loading_of(visit.workspace)
    every = loading.profiles(visit.rights)
    told(PLACE)
    show_profiles(visit, loading, every)
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
    key = f"pf-{sent.file_id}-{holds.value}-{chosen}"
    base = _opened(key, next((p for p in every if p.key == chosen), None))
    guess = base or suggest_profile(table, visit.catalogue, holds)
    _form(visit, loading, table, guess, base, key)


def _opened(key: str, base: Profile | None) -> Profile | None:
    """The profile as it was when the form was opened: what somebody else saves meanwhile is told when this is saved."""
    held = st.session_state.get(_OPENED)
    if held is None or held[0] != key:
        held = st.session_state[_OPENED] = (key, base)
    found: Profile | None = held[1]
    return found


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
    signs = _signs(visit, guess, key) if guess.holds is Holds.LEDGER else frozenset()
    answers = Answers(title or "Ny profil", system, guess.holds, fields, units_by, decimals, wide, signs)
    profile = made(answers, guess, base.key if own and base else key_of(title) or "ny-profil")
    profile = ask_names(visit, table, profile, key)
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
    for number, (field, label) in enumerate(FIELDS[guess.holds].items()):
        before = known[field]
        column = guess.column(field)
        names = column.names if column is not None else ()
        at = ALWAYS if before.column == ALWAYS else next(
            (by_fold[name.casefold()] for name in names if name.casefold() in by_fold), ABSENT
        )  # fmt: skip
        if number % _ABREAST == 0:
            # Row by row, so that a narrow screen has them in their order.
            places = st.columns(_ABREAST)
        with places[number % _ABREAST]:
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


def _signs(visit: Visit, guess: Profile, key: str) -> frozenset[str]:
    """Accounts whose amounts have the other sign in the file."""
    labels = {account.id: account.title for account in visit.catalogue.ledger_accounts}
    chosen = st.multiselect(
        "Konton med omvänt tecken",
        list(labels),
        [account for account in labels if account in guess.reversed_accounts],
        format_func=labels.__getitem__,
        key=f"{key}-tecken",
        placeholder="Inga",
        help="När filen skriver till exempel kostnader med minus. Har hela filen omvänt tecken: skriv −1 vid Belopp gånger.",
    )
    return frozenset(chosen)


def _result(catalogue: Catalogue, table: FileTable, profile: Profile) -> None:
    """The first rows as they would be read, and what is wrong in them."""
    st.subheader("Så läses filen", anchor=False)
    try:
        shown, faults = sample(table, profile, catalogue)
    except HsfError as error:
        tell_problems(error, 10)
        return
    if shown:
        with st.container(key="bred-exempel"):
            show_rows(
                [{name: plain(text) for name, text in row.items()} for row in shown],
                key="exempel",
                alt="De första raderna som de läses",
            )
    if faults:
        show_faults(table.name, faults, "-exempel", sample=True)
    elif shown:
        st.success(f"De första {len(shown)} raderna går att läsa.")
