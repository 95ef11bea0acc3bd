"""When the demo's months were taken on: a story that can have happened, and one field wrong at a time."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.access.person_number import like_person_number
from hsf_kpi.ingest.demo import DemoSettings, read_settings
from hsf_kpi.ingest.demo.months import months_problems
from hsf_kpi.model.month_step import Step
from hsf_kpi.model.problems import DefinitionError

FILE = "demo/months.toml, fältet step"


@pytest.fixture(scope="module")
def demo() -> DemoSettings:
    return read_settings(ROOT / "data" / "demo")


def test_the_story_can_have_happened(demo: DemoSettings) -> None:
    assert list(months_problems(demo)) == []
    steps = demo.months.step
    assert {one.step for one in steps} == set(Step)
    assert not any(like_person_number(one.note) for one in steps)
    assert [one.at for one in steps] == sorted(one.at for one in steps)
    latest = steps[-1]
    assert (latest.month, latest.step) == (demo.general.last, Step.RECONCILED), "the month that is being made"


def test_a_month_is_opened_again_before_it_is_corrected(demo: DemoSettings) -> None:
    (reopened,) = (one for one in demo.months.step if one.step is Step.REOPENED)
    released = max(one.at for one in demo.months.step if one.step is Step.RELEASED)
    corrected = demo.loads.load[-1].at.replace(tzinfo=dt.UTC)
    assert reopened.at < corrected < released
    assert all(late.month >= reopened.month for late in demo.loads.late)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data" / "demo", tmp_path / "demo"))


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "months.toml"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "where", "told"),
    [
        ('step = "released"', 'step = "klar"', f"{FILE}[1].step", "inget av de tillåtna"),
        ("on = 2023-10-12", "on = 2022-12-31", f"{FILE}[1]", "efter månadens slut"),
        ("cost = 480000\n", "cost = 'mycket'\n", f"{FILE}[7].cost", "ska vara ett heltal"),
        ('note = "En bok', 'notering = "En bok', f"{FILE}[7].notering", "Fältet är okänt"),
        ('note = "Kirurgkliniken', '# note = "', f"{FILE}[4]", "note ska säga varför"),
        ('note = "Augusti ingår i avstämningen av årets nio första månader."', 'note = "Kort."', f"{FILE}[6]",
         "minst 10 tecken"),
        ('step = "released"', 'step = "released"\nrevenue = 1', f"{FILE}[1]", "hör till en avstämning"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_its_file(
    folder: Path, old: str, new: str, where: str, told: str
) -> None:
    change(folder, old, new)
    with pytest.raises(DefinitionError) as caught:
        read_settings(folder)
    found = {problem.where: problem.what for problem in caught.value.problems}
    assert told in found[where]


@pytest.mark.parametrize(
    ("old", "new", "where", "told"),
    [
        ('month = "2022-12"', 'month = "2018-12"', f"{FILE}[1].month", "inte en av demons månader"),
        ("on = 2023-10-13", "on = 2023-10-11", f"{FILE}[2].on", "före steget innan"),
        ("on = 2023-11-14", "on = 2023-11-15", f"{FILE}[7].on", "efter dagen som demon betraktas"),
        ('month = "2023-08"', 'month = "2023-10"', f"{FILE}[4].month", "inte frisläppt då"),
        ('step = "reconciled"\non = 2023-11-14', 'step = "released"\non = 2023-11-14', FILE, "säger 2023-09"),
    ],
)  # fmt: skip
def test_what_can_not_have_happened_is_told(folder: Path, old: str, new: str, where: str, told: str) -> None:
    change(folder, "cost = 480000\n", "")
    change(folder, old, new)
    found = {problem.where: problem.what for problem in months_problems(read_settings(folder))}
    assert told in found[where]
