"""Profiles as TOML: any profile is read back equal, the shipped ones hold every field, and wrong ones are told whole."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.files.wording import plain
from hsf_kpi.ingest.profiles import catalogue_problems, parse_profile, profile_text, read_profiles
from hsf_kpi.ingest.profiles.check import scale_of, span_of
from hsf_kpi.model.incoming import Holds
from hsf_kpi.model.problems import DefinitionError
from hsf_kpi.model.profile import FIELDS, Column, Decimals, Profile, UnitKey, WideColumn
from tests.ingest.file_samples import CATALOGUE

SHIPPED = {profile.key: profile for profile in read_profiles(ROOT / "data")}
_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Nd")), min_size=1, max_size=20
).filter(lambda text: text.strip() != "")  # fmt: skip
_MAP = st.dictionaries(_TEXT, st.sampled_from(["kirurgi", "medicin"]), max_size=3).filter(
    lambda found: len({plain(text) for text in found}) == len(found)
)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    wide = draw(st.booleans())
    fields = ["unit", "period", "source"] + ([] if wide else ["measure", "numerator", "denominator"])
    columns = []
    for field in fields:
        fixed = draw(st.booleans())
        number = field in ("numerator", "denominator")
        columns.append(
            Column(
                field,
                () if fixed else tuple(draw(st.lists(_TEXT, min_size=1, max_size=2))),
                draw(_TEXT) if fixed else "",
                draw(st.dictionaries(_TEXT, st.text("abc", max_size=3), max_size=2)),
                draw(st.sampled_from(["1", "1000", "-1", "1/60", "0.5"])) if number else "1",
                draw(st.booleans()),
            )
        )
    return Profile(
        key=draw(st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,3})?", fullmatch=True)),
        title=draw(_TEXT),
        system=draw(_TEXT),
        holds=Holds.OBSERVATIONS,
        about=draw(st.text("abc å”\n\\\"'", max_size=10)),
        columns=tuple(columns),
        wide=(
            WideColumn(draw(_TEXT), "besok", "numerator", "1000", "women"),
            WideColumn("b", "besok", "ready"),
        )
        if wide
        else (),
        units_by=draw(st.sampled_from(UnitKey)),
        units=draw(_MAP),
        measures=draw(_MAP),
        decimals=draw(st.sampled_from(Decimals)),
        sheet=draw(st.just("") | _TEXT),
        header_row=draw(st.integers(0, 9)),
        skip=draw(st.dictionaries(_TEXT, st.tuples(_TEXT), max_size=2)),
    )


@settings(max_examples=60, deadline=None)
@given(profiles())
def test_any_profile_is_read_back_equal(profile: Profile) -> None:
    assert parse_profile(profile_text(profile), "x") == profile


@pytest.mark.parametrize("key", SHIPPED)
def test_the_shipped_ones_are_read_back_equal_and_name_what_exists(key: str) -> None:
    profile = SHIPPED[key]
    assert parse_profile(profile_text(profile), "x") == profile
    assert catalogue_problems(profile, read_catalogue(ROOT / "data"), "x") == []
    assert profile.about.endswith(".")
    assert not profile.saved


def test_there_is_an_own_format_of_each_kind_with_every_field_under_our_heading() -> None:
    own = {profile.holds: profile for profile in SHIPPED.values() if profile.system == "Eget format"}
    assert set(own) == set(Holds) - {Holds.EXTERNAL}
    for holds, profile in own.items():
        # Where a period says both, year and month have no columns of their own.
        apart = {"year", "month"} if holds in (Holds.OBSERVATIONS, Holds.LEDGER) else set()
        expected = {field: (title,) for field, title in FIELDS[holds].items() if field not in apart}
        assert {column.field: column.names for column in profile.columns} == expected


def test_a_saved_profile_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    text = profile_text(replace(SHIPPED["kolada"], title="Kolada, vår"))
    found = {profile.key: profile for profile in read_profiles(ROOT / "data", {"kolada": (3, text)})}
    assert (found["kolada"].title, found["kolada"].saved, found["kolada"].version) == ("Kolada, vår", True, 3)
    assert found["observationer"] == SHIPPED["observationer"]
    assert read_profiles(tmp_path) == ()


def test_profiles_change_no_fingerprint(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    before = read_catalogue(folder).fingerprint
    (folder / "profiles" / "kolada.toml").unlink()
    (folder / "profiles" / "ny.toml").write_text("key = 1", encoding="utf-8")
    assert read_catalogue(folder).fingerprint == before


def told(text: str) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        parse_profile(text, "p.toml")
    return [str(problem) for problem in caught.value.problems]


GOOD = profile_text(SHIPPED["observationer"])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('holds = "observations"', 'holds = "observation"', "p.toml: holds: ”observation” är inget tillåtet värde"),
        ('title = "', 'titel = "', "p.toml: titel: Fältet är okänt. Menade du ”title”?"),
        ('field = "numerator"', 'field = "nummerator"', "column[nummerator].field: Fältet ”nummerator” finns inte"),
        ('field = "numerator"', 'field = "nummerator"', "Menade du ”numerator”?"),
        ('field = "sex"', 'field = "unit"', "p.toml: column[unit]: Fältet står flera gånger."),
        ('field = "sex"', 'field = "sex"\nfixed = "K"', "p.toml: column[sex]: Kolumnen har både rubriker och en fast text."),
        ('field = "sex"', 'field = "sex"\nscale = "2"', "p.toml: column[sex].scale: Fältet är inget tal"),
        ('field = "numerator"', 'field = "numerator"\nscale = "0"', "p.toml: column[numerator].scale: ”0” är ingen skala."),
        ('field = "period"', 'field = "month"', "”Period” (period) eller ”År” (year)"),
        ('field = "period"', 'field = "month"', "Månaden saknar år."),
        ("key = ", "key: ", "p.toml: rad 1"),
        ("[[column]]", '[units]\n"A" = "x"\n"a " = "y"\n\n[[column]]', "p.toml: units: ”a” står flera gånger."),
        ("[[column]]", '[accounts]\n"10-20" = "x"\n"15-30" = "y"\n\n[[column]]', "går in i varandra"),
        ("[[column]]", '[accounts]\n"20-10" = "x"\n\n[[column]]', "slutar före det börjar"),
        ("[[column]]", '[skip]\n"A" = []\n\n[[column]]', "p.toml: skip[A]"),
        (
            "[[column]]", '[[wide]]\nname = "B"\nmeasure = "besok"\ncomponent = "ready"\n\n[[column]]',
            "en kolumn per nyckeltal",
        ),
        ('about = "', 'about = "850312-1234 ', "liknar ett personnummer"),
    ],
)  # fmt: skip
def test_a_wrong_profile_is_told_with_its_field(old: str, new: str, expected: str) -> None:
    assert old in GOOD
    found = told(GOOD.replace(old, new, 1))
    assert any(expected in problem for problem in found), found
    assert "850312" not in "".join(found)


def test_every_problem_at_once() -> None:
    text = GOOD.replace('field = "sex"', 'field = "kön"').replace('field = "unit"', 'field = "enhet"')
    assert len(told(text)) == 3


def test_all_shipped_profiles_are_told_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "profiles"
    folder.mkdir(parents=True)
    (folder / "a.toml").write_text("key = 1", encoding="utf-8")
    (folder / "b.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        read_profiles(tmp_path / "data", {"c": (1, "holds = 2")})
    text = str(caught.value)
    assert "data/profiles/a.toml: key" in text
    assert "Filen heter ”b” men key är ”observationer”." in text
    assert "den sparade profilen ”c”" in text


def test_names_that_the_definitions_do_not_have_are_told_with_the_nearest() -> None:
    profile = replace(
        SHIPPED["budget-och-utfall"],
        units={"A": "kirurgin"}, accounts={"B": "personel"}, reversed_accounts=frozenset({"ersatning"}),
        columns=(Column("account", fixed="lönen"), *SHIPPED["budget-och-utfall"].columns[1:]),
    )  # fmt: skip
    found = [str(problem) for problem in catalogue_problems(profile, CATALOGUE, "p")]
    assert found == [
        "p: units[A]: Verksamheten ”kirurgin” finns inte. Menade du ”kirurgi”?",
        "p: accounts[B]: Kontot ”personel” finns inte. Menade du ”personal”?",
        "p: reversed_accounts: Kontot ”ersatning” finns inte. Menade du ”ersattning”?",
        "p: column[account].fixed[account]: Kontot ”lönen” finns inte. Rätta id i profilen.",
    ]


@given(st.text("0123456789-–/. x", max_size=8))
def test_scales_and_spans_of_any_text(text: str) -> None:
    assert scale_of(text) != 0
    span = span_of(text)
    assert span is None or re.sub(r"\D", " ", text).split() == [*re.findall(r"\d+", text)]
