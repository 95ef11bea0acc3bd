"""The demo's hand-ins: calm, plausible, about figures that the units have, and refused with file and field when wrong."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.analysis.measured import is_measured_at
from hsf_kpi.ingest.demo import DemoSettings, handins_of, read_settings
from hsf_kpi.ingest.demo.dialogue import dialogue_problems
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.dialogue import HandIn
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DefinitionError
from hsf_kpi.store.handin_checks import action_problems, analysis_problems, forecast_problems_of

SEPTEMBER, OCTOBER = Month.of(2023, 9), Month.of(2023, 10)


@pytest.fixture(scope="module")
def handins(settings: DemoSettings) -> tuple[HandIn, ...]:
    return handins_of(settings.dialogue)


def texts(handins: tuple[HandIn, ...]) -> list[str]:
    found = [text for one in handins for a in one.analyses for text in (a.text, a.year_end_reason)]
    found += [text for one in handins for a in one.actions for text in (a.what, a.responsible, a.effect)]
    return found + [one.forecast.reason for one in handins if one.forecast]


def test_six_were_ready_in_september_and_two_are_in_october(handins: tuple[HandIn, ...]) -> None:
    for month, ready, begun in ((SEPTEMBER, 6, 0), (OCTOBER, 2, 2)):
        those = [one for one in handins if one.month == month]
        assert [one.is_ready for one in those].count(True) == ready
        assert [one.is_ready for one in those].count(False) == begun
        for one in those:
            assert one.analyses
            assert not one.is_ready or one.forecast is not None
            assert any(a.year_end for a in one.analyses)


def test_they_hold_what_the_store_demands(handins: tuple[HandIn, ...], catalogue: Catalogue) -> None:
    problems = [p for one in handins for a in one.analyses for p in analysis_problems(a, catalogue)]
    problems += [p for one in handins for a in one.actions for p in action_problems(a, catalogue)]
    problems += [p for one in handins if one.forecast for p in forecast_problems_of(one.forecast, catalogue)]
    assert not problems


def test_they_are_about_figures_that_the_unit_has(handins: tuple[HandIn, ...], catalogue: Catalogue) -> None:
    about = {(one.unit, one.month, a.measure) for one in handins for a in (*one.analyses, *one.actions)}
    for unit, month, key in about:
        measure = catalogue.measure(key)
        assert is_measured_at(measure, unit, catalogue.organisation, month, OrgView.AS_WAS), (unit, key)


def test_they_are_written_as_the_product_writes(handins: tuple[HandIn, ...]) -> None:
    for text in texts(handins):
        assert not re.search(r"\d\.\d|\d [%a-z]*(?:mnkr|kr\b|%)|\d%|(?<!\w)-\d", text), text
        assert text == text.strip()
    for one in handins:
        written = [part.written for part in (*one.analyses, *one.actions, one.forecast, one.ready) if part]
        assert {who.by for who in written if who} == {"demo"}
        assert all(re.match(r"Verksamhetschef, ", who.name) for who in written if who)
        assert all(who.at.date() > one.month.last_day for who in written if who)


def test_one_has_a_history(handins: tuple[HandIn, ...]) -> None:
    kirurgi = next(one for one in handins if (one.unit, one.month) == ("kirurgkliniken", SEPTEMBER))
    first, second = (a for a in kirurgi.analyses if a.measure == "vardgaranti.besok")
    assert first.written is not None
    assert second.written is not None
    assert first.written.at < second.written.at


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data" / "demo", tmp_path / "demo"))


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "dialogue.toml"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "where", "told"),
    [
        ("on = 2023-10-13", "on = 2023-09-30", "hand_in[1]", "efter månadens slut"),
        ("on = 2023-10-13", 'on = "i går"', "hand_in[1].on", "ska vara ett datum"),
        ("on = 2023-10-13", "on = 13", "hand_in[1].on", "ska vara ett datum"),
        ('month = "2023-09"', 'month = "sept"', "hand_in[1].month", "ska vara en månad"),
        ("forecast = -139000000\n", "", "hand_in[1]", "tillsammans"),
        ('year_end = "not_reached"\n', "", "hand_in[1]", "year_end och reason"),
        ('year_end = "not_reached"', 'year_end = "nej"', "hand_in[1].analysis[1].year_end", "inget av de tillåtna"),
        ("amount = 4800000", "amount = -1", "hand_in[1].action[1].amount", "minst 0"),
        ("ready = true", "klar = true", "hand_in[1].klar", "Fältet är okänt"),
        ('name = "Verksamhetschef, Kirurgkliniken"\n', "", "hand_in[1].name", "Fältet saknas"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_its_file(
    folder: Path, old: str, new: str, where: str, told: str
) -> None:
    change(folder, old, new)
    with pytest.raises(DefinitionError) as caught:
        read_settings(folder)
    problem = caught.value.problems[0]
    assert problem.where == f"demo/dialogue.toml, fältet {where}"
    assert told in problem.what


@pytest.mark.parametrize(
    ("old", "new", "where", "told"),
    [
        ('unit = "kirurgkliniken"', 'unit = "kirurgen"', "hand_in[1].unit", "Verksamheten ”kirurgen” finns inte."),
        ('unit = "kirurgkliniken"', 'unit = "ah-teamet"', "hand_in[1].unit", "”ah-teamet” finns inte 2023-09."),
        ('month = "2023-09"', 'month = "2011-09"', "hand_in[1].month", "inte en av demons månader"),
        ('unit = "medicinkliniken"', 'unit = "kirurgkliniken"', "hand_in[2]", "två gånger"),
        ("on = 2023-10-13", "on = 2023-11-15", "hand_in[1].on", "ligger efter dagen"),
        ("on = 2023-10-11", "on = 2024-10-11", "hand_in[1].analysis[2].on", "ligger efter dagen"),
        ('measure = "svf-ledtid"', 'measure = "svf"', "hand_in[1].analysis[5].measure", "Nyckeltalet ”svf” finns inte."),
        (
            '[[hand_in.action]]\nmeasure = "periodresultat"', '[[hand_in.action]]\nmeasure = "resultat"',
            "hand_in[1].action[1].measure", "Nyckeltalet ”resultat” finns inte.",
        ),
    ],
)  # fmt: skip
def test_what_the_catalogue_does_not_know_is_named(
    folder: Path, catalogue: Catalogue, old: str, new: str, where: str, told: str
) -> None:
    change(folder, old, new)
    found = list(dialogue_problems(catalogue, read_settings(folder)))
    assert f"demo/dialogue.toml, fältet {where}" in [problem.where for problem in found]
    assert told in "\n".join(problem.what for problem in found)


def test_the_products_own_are_in_order(settings: DemoSettings, catalogue: Catalogue) -> None:
    assert not list(dialogue_problems(catalogue, settings))
