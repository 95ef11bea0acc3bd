"""The demo's follow-ups: plausible, about what is defined, and refused with file and field when wrong."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.ingest.demo import DemoSettings, entries_of, follow_ups_of, read_settings
from hsf_kpi.ingest.demo.follow_ups import follow_ups_problems
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.control import ControlPlan
from hsf_kpi.model.follow_up import ControlResult, EntryKind, FollowUp, Stage, Subject
from hsf_kpi.model.mission import MissionPlan
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DefinitionError
from hsf_kpi.model.transformation import TransformationPlan
from hsf_kpi.store.follow_up_checks import entry_problems, follow_up_problems

MONTHS = [Month.of(2023, month) for month in (4, 8, 10)]
ENTRY = """
[[entry]]
activity = "narakut-koping"
kind = "beroende"
month = "2023-10"
on = 2023-11-10
name = "Controller"
text = "Lokalerna"
other = "narsjukhus-koping"
"""


@pytest.fixture(scope="module")
def told(catalogue: Catalogue, settings: DemoSettings) -> tuple[FollowUp, ...]:
    return follow_ups_of(catalogue, settings.follow_ups)


def test_they_tell_of_three_months_and_leave_some_silent(
    told: tuple[FollowUp, ...], catalogue: Catalogue
) -> None:
    assert sorted({one.month for one in told}) == MONTHS
    latest = {(one.subject, one.key): one.state for one in sorted(told, key=lambda one: one.month)}
    actions = {key: state for (subject, key), state in latest.items() if subject is Subject.ACTION}
    silent = [letter for letter in catalogue.followed(Subject.ACTION) if letter not in actions]
    assert silent == list("GJNQVXY")
    assert Counter(actions.values()) == {
        Stage.ONGOING: 10,
        Stage.DONE: 6,
        Stage.LATE: 3,
        Stage.NOT_STARTED: 1,
    }
    controls = [state for (subject, _), state in latest.items() if subject is Subject.CONTROL]
    assert sorted(controls) == [ControlResult.MINOR, ControlResult.CLEAN]
    assert len(latest) == len(actions) + len(controls), "HoS 2029 begins after the demo"


def test_nothing_is_done_and_then_not(told: tuple[FollowUp, ...]) -> None:
    done: set[str] = set()
    for one in sorted(told, key=lambda one: one.month):
        assert one.key not in done
        if one.state is Stage.DONE:
            done.add(one.key)


def test_they_hold_what_the_store_demands(told: tuple[FollowUp, ...], catalogue: Catalogue) -> None:
    assert [problem for one in told for problem in follow_up_problems(one, catalogue)] == []


def test_they_are_written_by_functions_after_the_month(told: tuple[FollowUp, ...]) -> None:
    for one in told:
        assert one.written is not None
        assert one.written.by == "demo"
        assert re.match(r"(Områdeschef|Chef), [A-ZÅÄÖ]|Controller$", one.written.name)
        assert one.month.last_day < one.written.at.date()
        assert one.text == one.text.strip()


def test_what_is_about_a_plan_that_is_not_there_is_left_out(
    settings: DemoSettings, catalogue: Catalogue, folder: Path
) -> None:
    add(folder, ENTRY)
    given = read_settings(folder)
    assert len(entries_of(catalogue, given.follow_ups)) == 1
    without = replace(
        catalogue, missions=MissionPlan(), transformation=TransformationPlan(), controls=ControlPlan()
    )
    assert follow_ups_of(without, settings.follow_ups) == entries_of(without, given.follow_ups) == ()
    assert list(follow_ups_problems(without, given)) == []
    only = replace(without, controls=catalogue.controls)
    assert {one.subject for one in follow_ups_of(only, settings.follow_ups)} == {Subject.CONTROL}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data" / "demo", tmp_path / "demo"))


def add(folder: Path, more: str) -> None:
    path = folder / "followups.toml"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "followups.toml"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def test_a_line_of_the_register_becomes_an_entry(folder: Path, catalogue: Catalogue) -> None:
    add(folder, ENTRY)
    (one,) = entries_of(catalogue, read_settings(folder).follow_ups)
    assert (one.activity, one.kind, one.other) == (
        "narakut-koping",
        EntryKind.DEPENDENCY,
        "narsjukhus-koping",
    )
    assert one.written is not None
    assert (one.month, one.text, one.written.name) == (MONTHS[-1], "Lokalerna", "Controller")
    assert entry_problems(one, catalogue) == []
    change(folder, 'other = "narsjukhus-koping"', "")
    alone = read_settings(folder)
    assert entries_of(catalogue, alone.follow_ups)[0].other == ""
    assert list(follow_ups_problems(catalogue, alone)) == []


@pytest.mark.parametrize(
    ("old", "new", "where", "expected"),
    [
        ("on = 2023-05-12", "on = 2023-04-30", "follow_up[1]", "efter månadens slut"),
        ("on = 2023-11-10\nname = \"Controller\"\ntext = \"Lok", "on = 2023-10-31\nname = \"Controller\"\ntext = \"Lok",
         "entry[1]", "efter månadens slut"),
        ('state = "pagar"', 'state = "utan_avvikelse"', "follow_up[1]", "ska vara ett av ej_paborjad, pagar, klar"),
        ('state = "pagar"', 'state = "snart"', "follow_up[1].state", "inget av de tillåtna"),
        ('subject = "atgard"', 'subject = "uppdrag"', "follow_up[1].subject", "inget av de tillåtna"),
        ('month = "2023-04"', 'month = "april"', "follow_up[1].month", "ska vara en månad"),
        ('name = "Områdeschef, Akutsjukvård"\n', "", "follow_up[1].name", "Fältet saknas"),
        ('kind = "beroende"', 'kind = "länk"', "entry[1].kind", "inget av de tillåtna"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_its_file(
    folder: Path, old: str, new: str, where: str, expected: str
) -> None:
    add(folder, ENTRY)
    change(folder, old, new)
    with pytest.raises(DefinitionError) as caught:
        read_settings(folder)
    problem = caught.value.problems[0]
    assert problem.where.startswith(f"demo/followups.toml, fältet {where}")
    assert expected in problem.what


@pytest.mark.parametrize(
    ("old", "new", "where", "expected"),
    [
        ('key = "A"', 'key = "Ö"', "follow_up[1].key", "Åtgärden ”Ö” finns inte."),
        ('key = "loneutbetalningar"', 'key = "loner"', "follow_up[32].key", "Risken ”loner” finns inte."),
        ('activity = "narakut-koping"', 'activity = "x"', "entry[1].activity", "Aktiviteten ”x” finns inte."),
        ('other = "narsjukhus-koping"', 'other = "x"', "entry[1].other", "Aktiviteten ”x” finns inte."),
        ('month = "2023-04"', 'month = "2011-04"', "follow_up[1].month", "inte en av demons månader"),
        ("on = 2023-05-12", "on = 2023-11-15", "follow_up[1].on", "ligger efter dagen"),
    ],
)
def test_what_the_catalogue_does_not_know_is_named(
    folder: Path, catalogue: Catalogue, old: str, new: str, where: str, expected: str
) -> None:
    add(folder, ENTRY)
    change(folder, old, new)
    (problem,) = follow_ups_problems(catalogue, read_settings(folder))
    assert problem.where == f"demo/followups.toml, fältet {where}"
    assert expected in problem.what


def test_the_products_own_are_in_order(settings: DemoSettings, catalogue: Catalogue) -> None:
    assert list(follow_ups_problems(catalogue, settings)) == []
