"""What the editor of source profiles makes of its answers: a profile that is read back as it was meant."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.ingest.profiles import parse_profile, profile_text
from hsf_kpi.model.incoming import Fault, Holds
from hsf_kpi.model.problems import DefinitionError
from hsf_kpi.model.profile import FIELDS, Column, Decimals, Profile, UnitKey
from hsf_kpi.ui.profile_form import (
    ABSENT,
    ALWAYS,
    NUMBERS,
    SKIP,
    Answer,
    Answers,
    answers_of,
    key_of,
    made,
    translated,
    translations,
    unknown,
)

BASE = Profile("ny-profil", "Ny", "DUVA", Holds.OBSERVATIONS, skip={"Rad": ("Summa",)})
HEADINGS = ["Klinik", "Mån", "Inom 90", "Samtliga", "Övrigt"]


def answers(**fields: Answer) -> Answers:
    return Answers("Vår export", "DUVA", Holds.OBSERVATIONS, fields, UnitKey.NAME, Decimals.COMMA)


def test_columns_fixed_values_and_names_become_the_profile() -> None:
    given_ = answers(
        unit=Answer("Klinik"), period=Answer("Mån"), measure=Answer(ALWAYS, " sjukfranvaro "),
        numerator=Answer("Inom 90", scale="1000"), denominator=Answer(), source=Answer(ALWAYS, " "),
    )  # fmt: skip
    profile = made(given_, BASE, "var-export")
    assert {c.field: (c.names, c.fixed, c.scale) for c in profile.columns} == {
        "unit": (("Klinik",), "", "1"),
        "period": (("Mån",), "", "1"),
        "measure": ((), "sjukfranvaro", "1"),
        "numerator": (("Inom 90",), "", "1000"),
    }
    assert (profile.key, profile.title, profile.units_by) == ("var-export", "Vår export", UnitKey.NAME)
    assert profile.skip == BASE.skip, "what is not asked about stays"


@settings(max_examples=40)
@given(
    st.fixed_dictionaries(
        {
            field: st.one_of(
                st.just(Answer()),
                st.sampled_from(HEADINGS).map(Answer),
                st.text("abcåäö 123", min_size=1, max_size=8).map(lambda text: Answer(ALWAYS, text)),
            )
            for field in FIELDS[Holds.OBSERVATIONS]
        }
    )
)
def test_what_is_answered_stands_in_the_saved_text(fields: dict[str, Answer]) -> None:
    """Read back and opened again, each field is answered as it was."""
    named = [answer.column for answer in fields.values() if answer.column not in (ABSENT, ALWAYS)]
    if len(set(named)) < len(named):
        return
    profile = made(answers(**fields), BASE, "egen")
    try:
        again = parse_profile(profile_text(profile), "prov")
    except DefinitionError:
        return  # an answer that makes no profile is told
    meant = {
        field: Answer() if answer.column == ALWAYS and not answer.fixed.strip() else
        Answer(answer.column, answer.fixed.strip(), answer.scale)
        for field, answer in fields.items()
    }  # fmt: skip
    assert answers_of(again) == meant


def test_a_column_that_has_several_names_keeps_them_where_it_is_still_one_of_them() -> None:
    base = Profile(
        "x", "X", "", Holds.OBSERVATIONS, columns=(Column("unit", ("Enhet", "Klinik"), required=False),)
    )
    (same,) = made(answers(unit=Answer("Klinik")), base, "x").columns
    assert same.names == ("Klinik", "Enhet")
    assert not same.required
    (other,) = made(answers(unit=Answer("Avdelning")), base, "x").columns
    assert other.names == ("Avdelning",)


def test_names_are_asked_for_once_and_only_those_nothing_is_known_of() -> None:
    profile = made(answers(unit=Answer("Klinik"), measure=Answer(ALWAYS, "sjukfranvaro")), BASE, "x")
    faults = [
        Fault("Verksamheten finns inte eller ingår inte i din behörighet.", "", (2,), "Klinik", "KIR"),
        Fault("Verksamheten finns inte eller ingår inte i din behörighet.", "", (9,), "Klinik", "KIR"),
        Fault("Verksamheten fanns inte i den perioden.", "", (3,), "Klinik", "Halso"),
        Fault("Talet går inte att läsa.", "", (4,), "Inom 90", "x"),
        Fault("Något finns inte.", "", (5,), "Klinik", ""),
    ]
    assert unknown(faults, profile, HEADINGS) == {"unit": ("KIR",)}
    faults.append(Fault("Verksamheten finns inte.", "", (10,), "Klinik", "kir"))
    (told,) = unknown(faults, profile, ["KLINIK", "Klinik"])["unit"]
    assert told.casefold() == "kir", "upper and lower case are alike, as in the files"


def test_texts_are_told_what_they_mean_left_out_and_told_otherwise_later() -> None:
    base = replace(BASE, skip={}, units={"KIR": "kirurgkliniken"}, columns=(
        Column("unit", ("Enhet", "Klinik")), Column("sex", ("Kön",), values={"Kv": "kvinnor"}),
    ))  # fmt: skip
    profile = translated(base, "unit", {"Summa": SKIP, "HJÄ": "hjartavdelningen"})
    profile = translated(profile, "sex", {"Ma": "män", "Okänt": SKIP})
    assert profile.units == {"KIR": "kirurgkliniken", "HJÄ": "hjartavdelningen"}
    assert profile.skip == {"Enhet": ("Summa",), "Kön": ("Okänt",)}
    assert translations(profile, "sex") == {"Kv": "kvinnor", "Ma": "män", "Okänt": SKIP}
    again = parse_profile(profile_text(replace(profile, columns=_whole(profile))), "prov")
    assert translations(again, "unit") == translations(profile, "unit")

    later = translated(again, "unit", {"summa": "akutsjukvard", "KIR": "", "HJÄ": SKIP})
    assert later.units == {"summa": "akutsjukvard"}
    assert later.skip == {"Enhet": ("HJÄ",), "Kön": ("Okänt",)}
    assert translated(later, "account", {"5010": "resor"}) == later, "a field that no column has"


def _whole(profile: Profile) -> tuple[Column, ...]:
    """With the columns that a profile must have."""
    more = (Column("measure", fixed="besok"), Column("period", ("Mån",)), Column("numerator", ("Antal",)))
    return (*profile.columns, *more)


def test_a_key_is_made_of_the_title() -> None:
    assert key_of("Heroma: sjukfrånvaro (ny)") == "heroma-sjukfranvaro-ny"
    assert key_of("…") == ""
    assert set(FIELDS[Holds.OBSERVATIONS]) >= {"numerator", "ready"}
    assert {"numerator", "ready", "amount"} <= NUMBERS
