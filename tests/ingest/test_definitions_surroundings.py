"""data/omvarld.toml: what a wrong key figure, a sum that does not add up and an unknown reading are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.surroundings import Surroundings
from tests.ingest.conftest import Change, Problems

FILE = "omvarld.toml"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "U70446"\n', 'id = "X1"\n', "figure[X1].id: Serien ”X1” finns inte i published/kolada_indicators.csv."),
        ('id = "U70446"\n', 'id = "X1"\n', "figure: Serien ”U70446” i published/kolada_indicators.csv är inte definierad."),
        ('id = "U70446"\n', 'id = "U71458"\n', "figure[U71458].id: Id används flera gånger."),
        ('field = "ekonomi"\n', 'field = "pengar"\n', "field: Området ”pengar” finns inte. Ange id för en [[field]]."),
        ('direction = "up"\n', 'direction = "band"\n', "direction: Ett intervall kan inte ordna regioner."),
        ('note = "2025', 'note = ""\n# "2025', "figure[N70467].wrong_years: År som är fel i källan utelämnas"),
        ('2018 = "350"', '2018 = "351"', "plan.total: Delarna 100 + 351 + 550 är inte 1000. Rätta beloppen eller summan."),
        ('amount = "4.6"', 'amount = "4.5"', "amount: Delarna 10 + 4.5 är inte 14.6."),
        ('amount = "14.6"\n', "", "amount: Delarna 10 + 4.6 är inte någon summa."),
        ('reading = ["kompetens"]', 'reading = ["personal"]', "reading: Insatsområdet ”personal” finns inte."),
        ('reading = ["kompetens"]', 'area = "nara"', "area: Planens område ”nara” finns inte."),
        ('id = "koncentrera"', 'id = "digitala"', "plan.area[digitala].id: Id används flera gånger."),
        (
            'utveckla digitala vårdformer och tjänster"\nreading',
            'Fokusera på kvalitetsdriven verksamhetsutveckling"\nreading',
            "plan.area.text: ”fokusera på kvalitetsdriven verksamhetsutveckling” står på flera rader.",
        ),
        ('id = "halsa"\n', 'id = "ekonomi"\n', "field[ekonomi].id: Id används flera gånger."),
        ('decimals = 1\n', 'decimals = 9\n', "Ange högst 4."),
    ],
)  # fmt: skip
def test_a_mistake_is_told(old: str, new: str, told: str, change: Change, problems: Problems) -> None:
    change(FILE, old, new)
    assert any(told in problem and f"data/{FILE}" in problem for problem in problems()), problems()


def test_without_the_file_nothing_is_defined(folder: Path) -> None:
    (folder / FILE).unlink()
    assert read_catalogue(folder).surroundings == Surroundings()


def test_without_uppdrag_the_readings_are_held_against_nothing(folder: Path, change: Change) -> None:
    (folder / "uppdrag.toml").unlink()
    change(FILE, 'reading = ["kompetens"]', 'reading = ["personal"]')
    plan = read_catalogue(folder).surroundings.plan
    assert plan is not None
    assert plan.actions[2].reading == ("personal",)


def test_a_plan_may_be_left_out(folder: Path) -> None:
    path = folder / FILE
    text = path.read_text(encoding="utf-8").partition("# Västra Götalandsregionens plan")[0]
    path.write_text(text, encoding="utf-8")
    assert read_catalogue(folder).surroundings.plan is None
