"""What the texts of a file mean: its units, nyckeltal, accounts and words, and the rows that are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from hsf_kpi.ingest.files import FileTable
from hsf_kpi.ingest.files.wording import plain as folded
from hsf_kpi.ingest.sample import sample
from hsf_kpi.model.profile import FIELDS, Profile
from hsf_kpi.ui.entry import Visit
from hsf_kpi.ui.filterbar import measure_labels, unit_labels
from hsf_kpi.ui.profile_form import MAPPED, SKIP, WORDS, translated, translations, unknown

_ROWS = 2000
"""Of the sample, that are looked through for texts."""
_MOST = 200
_SKIPPED = "– hoppa över raderna –"
_NOTHING = "– betyder inget längre –"


def ask_names(visit: Visit, table: FileTable, profile: Profile, key: str) -> Profile:
    """Asks about the texts that nothing is known of, and lets those be changed that the profile knows."""
    known = {field: translations(profile, field) for field in (*MAPPED, *WORDS)}
    known = {field: texts for field, texts in known.items() if texts}
    if known:
        with st.expander(f"Namn som profilen känner ({sum(map(len, known.values()))})"):
            for field, texts in known.items():
                answers = _asked(visit, profile, field, list(texts), key, texts)
                profile = translated(profile, field, answers)
    _, faults = sample(table, profile, visit.catalogue, rows=_ROWS)
    # What is about to mean nothing any more is answered where it stands.
    new = {
        field: [text for text in texts if folded(text) not in set(map(folded, known.get(field, ())))]
        for field, texts in unknown(faults, profile, table.header).items()
    }
    if any(new.values()):
        st.subheader("Vad betyder namnen?", anchor=False)
        st.caption(
            "Det i filen som inte finns hos oss. Rader med summor kan hoppas över; det som lämnas tomt kan "
            "inte läsas in."
        )
        for field, asked in new.items():
            profile = translated(profile, field, _asked(visit, profile, field, asked, key))
    return profile


def _asked(
    visit: Visit,
    profile: Profile,
    field: str,
    texts: Sequence[str],
    key: str,
    known: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Text → what is answered of it. known: what was answered before, when the profile was saved."""
    labels = {**({"": _NOTHING} if known else {}), SKIP: _SKIPPED, **_labels(visit, field)}
    options = list(labels)
    title = FIELDS[profile.holds].get(field, "")
    found = {}
    for text in texts[:_MOST]:
        was = known.get(text) if known else None
        ours = st.selectbox(
            f"{text} ({title.lower()})", options, format_func=labels.__getitem__,
            index=options.index(was) if was in labels else None, placeholder="Välj",
            key=f"{key}-n-{field}-{text}", width=420, filter_mode="contains",
        )  # fmt: skip
        if ours is not None:
            found[text] = ours
    return found


def _labels(visit: Visit, field: str) -> Mapping[str, str]:
    catalogue = visit.catalogue
    if field in WORDS:
        return WORDS[field]
    if field == "measure":
        return measure_labels(catalogue, visit.scope, catalogue.organisation.root)
    if field == "account":
        return {account.id: account.title for account in catalogue.ledger_accounts}
    return unit_labels(catalogue.organisation, visit.scope, visit.workspace.state().today)
