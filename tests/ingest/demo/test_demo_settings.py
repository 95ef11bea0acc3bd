"""Broken settings: Swedish, with file and field, and all of them at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.ingest.demo import DemoSettings, generate, read_settings
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DefinitionError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data" / "demo", tmp_path / "demo"))


def replace_in(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_files_say_what_the_issue_asks_for(settings: DemoSettings) -> None:
    general = settings.general
    assert (general.first, general.last) == (Month.of(2019, 1), Month.of(2023, 10))
    assert general.as_of.isoformat() == "2023-11-14"
    assert settings.norm.hours["2023-10"] == 176
    assert settings.norm.hours["2022-12"] == 168


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "words"),
    [
        ("demo.toml", "seed = 20231114", "seed = 'x'", "fältet seed", "ska vara ett heltal"),
        ("demo.toml", 'last = "2023-10"', 'last = "2023-13"', "fältet last", "ska vara en månad"),
        ("demo.toml", 'last = "2023-10"', "last = 202310", "fältet last", "ska vara en månad"),
        ("demo.toml", 'last = "2023-10"', 'last = "2018-10"', "hela filen", "last ligger före first"),
        ("demo.toml", "as_of = 2023-11-14", "as_of = 2023-10-14", "hela filen", "as_of ska ligga efter"),
        ("demo.toml", "arbete  = [1.04, ", "arbete  = [", "fältet seasons.arbete", "ska ha tolv tal"),
        ("norm_hours.toml", "2023-10 = 176", "2023-10 = 0", "fältet hours.2023-10", "ska vara större än 0"),
        ("units.toml", "fte = 690", "fte = -1", "fältet unit.vardval-primarvard.fte", "ska vara minst 0"),
        ("units.toml", "fte = 690", "fte = 'x'", "fältet unit.vardval-primarvard.fte", "ska vara ett tal"),
        ("units.toml", "default_fte = 15", "", "fältet default_fte", "Fältet saknas"),
        (
            "measures.toml",
            "draw = true",
            "drew = true",
            "vardgaranti.medicinsk-bedomning.drew",
            "Fältet är okänt",
        ),
        ("measures.toml", "draw = true", "draw = 3", "medicinsk-bedomning.draw", "ska vara true eller false"),
        (
            "measures.toml",
            "women = 0.57",
            "women = 57",
            "fältet vardgaranti.medicinsk-bedomning.women",
            "högst 1",
        ),
        (
            "measures.toml",
            'value = "18:31"',
            'value = "18.31.0"',
            "fältet vantetid-1177.anchor[1].value",
            "ska vara ett tal",
        ),
        (
            "measures.toml",
            'window = "ytd"',
            'window = "vecka"',
            "anchor[1].window",
            "är inget av de tillåtna",
        ),
        (
            "measures.toml",
            "level = { 2019-12 = 55",
            "level = 3 #",
            "fältet svf-ledtid.level",
            "ska vara en tabell",
        ),
        ("events.toml", "factor = 0.70", "factor = 0", "fältet shift[1].factor", "större än 0"),
        (
            "events.toml",
            'measures = ["sjukfranvaro", "antal-medarbetare"]',
            "measures = []",
            "hole[2].measures",
            "tomt",
        ),
        (
            "economy.toml",
            "phase = [0.45, 0.55]",
            "phase = [0.45, 0.5]",
            "fältet segment[4]",
            "summera till 1",
        ),
        (
            "economy.toml",
            "phase = [0.45, 0.55]",
            "phase = [1.0]",
            "fältet segment[4]",
            "ett tal för varje månad",
        ),
        (
            "economy.toml",
            'first = "2022-11"',
            'first = "2022-12"',
            "fältet segment[4]",
            "ett tal för varje månad",
        ),
        (
            "economy.toml",
            'first = "2021-01"\nlast = "2021-12"',
            'first = "2019-01"\nlast = "2019-12"',
            "hela filen",
            "följer inte direkt",
        ),
        (
            "surveys.toml",
            "unit_spread = 2.6",
            "unit_spread = [1]",
            "fältet hme.unit_spread",
            "ska vara ett tal",
        ),
    ],
)
def test_a_wrong_field_is_named(file: str, old: str, new: str, field: str, words: str, folder: Path) -> None:
    replace_in(folder, file, old, new)
    with pytest.raises(DefinitionError) as caught:
        read_settings(folder)
    text = str(caught.value)
    assert f"demo/{file}" in text
    assert field in text
    assert words in text


def test_all_problems_of_all_files_are_told(folder: Path) -> None:
    replace_in(folder, "demo.toml", "seed = 20231114", "seed = 'x'")
    replace_in(folder, "events.toml", "factor = 0.70", "factor = -1")
    with pytest.raises(DefinitionError) as caught:
        read_settings(folder)
    assert len(caught.value.problems) == 2


def test_files_that_are_missing_or_no_toml(folder: Path) -> None:
    (folder / "events.toml").unlink()
    (folder / "units.toml").write_text("= 3", encoding="utf-8")
    (folder / "surveys.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DefinitionError) as caught:
        read_settings(folder)
    where = {p.where for p in caught.value.problems}
    assert where == {"demo/events.toml", "demo/units.toml", "demo/surveys.toml"}


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "words"),
    [
        ("registers.toml", "medicinkliniken = -6", "medicinkliniken = -5", "move[1]", "summan är +1"),
        ("registers.toml", "narsjukvard-ost = 6 }", "narsjukvard-ost = 5 }", "move[1]", "summan är −1"),
        ("registers.toml", 'month = "2023-03"', 'month = "mars"', "move[2].month", "ska vara en månad"),
        ("registers.toml", "parts = { medicinkliniken = -6, ", "parts = { ", "move[1].parts", "tomt"),
        (
            "registers.toml",
            "medicinkliniken = -6, ",
            "medicinkliniken = -6, hjartavdelningen = 0, ",
            "move[1]",
            "minst en person",
        ),
        (
            "registers.toml",
            'effect = "quality"',
            'effect = "quantity"',
            "improvement[9].effect",
            "inget av de tillåtna",
        ),
        (
            "registers.toml",
            "expected = 620000",
            "expected = 0",
            "improvement[1].expected",
            "ska vara större än 0",
        ),
        ("registers.toml", 'end = "2023-09"', 'end = "2022-09"', "improvement[5]", "end ligger före start"),
        ("economy.toml", 'staff = "kostnad-per-timme"\n', "", "ledger.staff", "Fältet saknas"),
        ("economy.toml", "[ledger.mix.default]", "[ledger.mix.standard]", "ledger", "”default”"),
        ("economy.toml", "table_year = 2023\n", "", "ledger.grants", "table och table_year"),
        ("economy.toml", "internal = 0.98", "internal = 98", "ledger.trade[1].internal", "högst 1"),
        (
            "economy.toml",
            'name = "3110 Vårdavdelningar"',
            'name = ""',
            "ledger.cost_centre[1].name",
            "får inte vara tomt",
        ),
    ],
)
def test_a_wrong_field_of_the_ledger_and_the_registers_is_named(
    file: str, old: str, new: str, field: str, words: str, folder: Path
) -> None:
    test_a_wrong_field_is_named(file, old, new, field, words, folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("units.toml", "kirurgkliniken = {", "kirurgen = {", "Verksamheten ”kirurgen” finns inte."),
        ("events.toml", 'unit = "laboratoriemedicin"', 'unit = "labbet"', "fältet shift[1].unit"),
        ("events.toml", 'unit = "habilitering"', 'unit = "hab"', "fältet hole[3].unit"),
        ("events.toml", 'measure = "sjukfranvaro"', 'measure = "sjuk"', "Nyckeltalet ”sjuk” finns inte."),
        ("events.toml", 'measures = ["sjukfranvaro"]', 'measures = ["sjuk"]', "fältet hole[3].measures"),
        ("surveys.toml", "[hme]", "[hem]", "demo/surveys.toml, fältet hem"),
        ("measures.toml", "[remissflode]", "[remisser]", "demo/measures.toml, fältet remisser"),
        ("measures.toml", "[remissflode]", "[uppdragstagarindex]", "Flytta det till surveys.toml."),
        ("measures.toml", 'season = "tillganglighet"', 'season = "x"', "Månadsprofilen ”x” finns inte."),
        ("measures.toml", "volume = 78000\n", "", "fältet vardgaranti.telefon.volume"),
        ("measures.toml", "level = { 2019-01 = 88,", "level = { 2019-1 = 88,", "”2019-1” är ingen månad."),
        ("measures.toml", "hjalpmedelscentrum = 0", "hjalpmedel = 0", "fältet hyrpersonal.units"),
        (
            "measures.toml",
            'cap_from = "trycksar.kat-1-4"',
            'cap_from = "trycksar"',
            "har inga värden i demon",
        ),
        (
            "measures.toml",
            'season = "arbete"\nnoise',
            'denominator_from = "hyrpersonal"\nnoise',
            "går tillbaka till sig själv",
        ),
        ("norm_hours.toml", "2023-10 = 176\n", "", "Normtimmar saknas för 2023-10."),
        (
            "economy.toml",
            'provision_unit = "forvaltningsledning"',
            'provision_unit = "ledning"',
            "fältet provision_unit",
        ),
        (
            "economy.toml",
            'provision_unit = "forvaltningsledning"',
            'provision_unit = "nara-vard"',
            "har ingen egen ekonomi",
        ),
        ("economy.toml", 'kirurgkliniken = "-34"', 'kirurg = "-34"', "fältet segment[1].units"),
        ("economy.toml", 'kirurgkliniken = "-34"', 'epos-sala = "-34"', "finns inte i alla månader"),
        ("economy.toml", '2021-01 = "-290"', '2019-01 = "-290"', "utanför segmenten"),
        ("economy.toml", 'season = "kostnad"', 'season = "y"', "fältet gross.season"),
        ("demo.toml", 'last = "2023-10"', 'last = "2023-09"', "utanför demons månader"),
        ("economy.toml", "vardval-primarvard = 0.815", "vardval = 0.815", "fältet gross.units"),
        ("economy.toml", "units = { vardval-primarvard = 105", "units = { vard = 105", "ledger.grants.units"),
        ("economy.toml", 'seller = "rontgenkliniken"', 'seller = "xray"', "fältet ledger.trade[3].seller"),
        ("economy.toml", 'seller = "rontgenkliniken"', 'seller = "habilitering"', "ingen beräknad intäkt"),
        ("economy.toml", "buyers = { forvaltningsledning", "buyers = { fl", "fältet ledger.trade[6].buyers"),
        ("economy.toml", 'account = "ovriga-kostnader"', 'account = "resor"', "inga interna köp"),
        ("economy.toml", "[ledger.mix.kirurgkliniken]", "[ledger.mix.kirurgen]", "fältet ledger.mix: "),
        ("economy.toml", "inhyrd-personal = 4.0", "inhyrd = 4.0", "”inhyrd” finns inte i kontoplanen"),
        ("economy.toml", "resor = { 2020-02", "resor = { 2020-2", "”2020-2” är ingen månad."),
        ("economy.toml", 'table = "rs-anslag"', 'table = "anslag"', "Plantabellen ”anslag” finns inte."),
        ("economy.toml", 'hired = "hyrpersonal"', 'hired = "hyra"', "fältet ledger.hired"),
        ("economy.toml", "3120 Mottagning", "3110 Vårdavdelningar", "finns två gånger"),
        ("registers.toml", "narsjukvard-ost = 6", "narsjukvard = 6", "fältet move[1].parts"),
        ("registers.toml", 'month = "2023-01"', 'month = "2022-12"', "finns inte 2022-12"),
        ("registers.toml", '"2023-03-barnmorskor"', '"2023-01-aterinlaggning"', "finns två gånger"),
        ("registers.toml", 'unit = "habilitering"', 'unit = "hab"', "fältet improvement[13].unit"),
        ("registers.toml", "2023-10 = 705000", "2023-11 = 705000", "utanför aktivitetens tid"),
        ("registers.toml", "2023-10 = 705000", "2023-1 = 705000", "”2023-1” är ingen månad."),
    ],
)
def test_what_the_catalogue_does_not_know_is_named(
    file: str, old: str, new: str, words: str, folder: Path, catalogue: Catalogue
) -> None:
    replace_in(folder, file, old, new)
    with pytest.raises(DefinitionError) as caught:
        generate(catalogue, read_settings(folder))
    assert words in str(caught.value)


def test_the_first_segment_begins_in_january(settings: DemoSettings, catalogue: Catalogue) -> None:
    first = settings.economy.segment[0].model_copy(update={"first": Month.of(2020, 2)})
    changed = {"segment": (first, *settings.economy.segment[1:])}
    with pytest.raises(DefinitionError) as caught:
        generate(
            catalogue, settings.model_copy(update={"economy": settings.economy.model_copy(update=changed)})
        )
    assert "Det första segmentet börjar 2020-02" in str(caught.value)


def test_the_segments_reach_the_last_month_of_the_demo(settings: DemoSettings, catalogue: Catalogue) -> None:
    """Months after them would have got the result 0."""
    landing = {month: amount for month, amount in settings.economy.landing.items() if month < "2023"}
    fewer = {"segment": settings.economy.segment[:-1], "landing": landing}
    with pytest.raises(DefinitionError) as caught:
        generate(
            catalogue,
            settings.model_copy(update={"economy": settings.economy.model_copy(update=fewer)}),
        )
    assert str(caught.value) == (
        "demo/economy.toml, fältet segment[4].last: Segmenten slutar 2022-12, före demons sista månad 2023-10. "
        "Lägg till ett segment för månaderna efter."
    )


@pytest.mark.parametrize("asked", ["finns-inte", "aktiv-forskning", "arsarbetare", "hme"])
def test_respondents_come_from_what_counts_staff_every_month_by_sex(
    folder: Path, catalogue: Catalogue, asked: str
) -> None:
    replace_in(
        folder, "surveys.toml", 'respondents_from = "antal-medarbetare"', f'respondents_from = "{asked}"'
    )
    with pytest.raises(DefinitionError) as caught:
        generate(catalogue, read_settings(folder))
    [problem] = map(str, caught.value.problems)
    assert problem.startswith("demo/surveys.toml, fältet hme.respondents_from: ")
    assert f"”{asked}”" in problem


def test_a_survey_without_respondents_has_finished_values_only(folder: Path, catalogue: Catalogue) -> None:
    replace_in(folder, "surveys.toml", 'respondents_from = "antal-medarbetare"\nresponse_rate = 0.78\n', "")
    made = generate(catalogue, read_settings(folder))
    rows = made[made["measure"] == "hme"]
    assert len(rows) > 400
    assert rows["denominator"].isna().all()
    assert made.loc[made["measure"] == "prestationsniva", "denominator"].notna().all()
