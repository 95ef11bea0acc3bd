"""[derived] of a measure: which rule needs what, and what a wrong one is told."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from hsf_kpi.ingest.definitions import derived as module
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.definitions.shapes import DerivedShape
from hsf_kpi.model.measure import Derivation
from hsf_kpi.model.period import Month

RESULT = "periodresultat"
HIRED = "hyrpersonal"
HOUR = "kostnad-per-timme"
BOUGHT = "investeringar"
RULES = get_args(DerivedShape.model_fields["rule"].annotation)

WRONG = [
    (
        RESULT,
        'rule = "result_deviation"',
        'rule = "resultat"',
        f"derived.rule: ”resultat” är inget tillåtet värde. Välj ett av: {', '.join(RULES)}.",
    ),
    (RESULT, 'rule = "result_deviation"\n', "", "derived.rule: Fältet saknas."),
    (RESULT, 'first = "2020-01"', 'first = "2020-13"', "derived.first: ”2020-13” är ingen månad."),
    (RESULT, "first =", "fist =", "derived.fist: Fältet är okänt. Menade du ”first”?"),
    (
        RESULT,
        "[derived]",
        '[derived]\nnumerator = ["resor"]',
        "derived.numerator: Regeln ”result_deviation” har inget numerator. Ta bort fältet.",
    ),
    (
        RESULT,
        "[derived]",
        '[derived]\nhours = "arsarbetare"',
        "derived.hours: Regeln ”result_deviation” har inget hours. Ta bort fältet.",
    ),
    (
        HIRED,
        'denominator = ["egen-personal"]\n',
        "",
        "derived.denominator: Regeln ”account_ratio” behöver denominator. Lägg till fältet.",
    ),
    (
        HOUR,
        'hours = "arsarbetare"\n',
        "",
        "derived.hours: Regeln ”cost_per_hour” behöver hours. Lägg till fältet.",
    ),
    (HOUR, 'hours = "arsarbetare"', 'hours = "timmar"', "derived.hours: Nyckeltalet ”timmar” finns inte."),
    (
        HOUR,
        'hours = "arsarbetare"',
        'hours = "sjukfranvaro"',
        "derived.hours: Nyckeltalet ”sjukfranvaro” har inga arbetade timmar som täljare.",
    ),
    (
        RESULT,
        'aggregation = "amount"',
        'aggregation = "count"',
        "aggregation: Det som regeln ”result_deviation” ger kan inte läggas ihop som ”count”. Ange ”amount”",
    ),
    (
        RESULT,
        'measured = ["month"]',
        'measured = ["month", "year"]',
        "measured: Regeln ”result_deviation” ger inte värden för alla perioder i measured. Ange bara: month.",
    ),
    (
        BOUGHT,
        'measured = ["delar1", "delar2", "year"]',
        'measured = ["month", "year"]',
        "measured: Regeln ”accumulated” ger inte värden för alla perioder i measured. "
        "Ange bara: delar1, delar2, year.",
    ),
    (HIRED, "by_sex = false", "by_sex = true", "by_sex: Huvudboken delar inte upp belopp på kön."),
    (HIRED, '["inhyrd-personal"]', '["hyra"]', "derived.numerator: Kontot ”hyra” finns inte."),
    (HIRED, '["egen-personal"]', '["lon"]', "derived.denominator: Kontot ”lon” finns inte."),
    (
        HIRED,
        '["egen-personal"]',
        '["egen-personal", "egen-personal"]',
        "derived.denominator: Kontot ”egen-personal” står 2 gånger.",
    ),
    (
        BOUGHT,
        '["investeringar"]\nfirst',
        '["underskottspost"]\nfirst',
        "derived.numerator: Kontot ”underskottspost” finns aldrig i ett utfall.",
    ),
]


@pytest.mark.parametrize(("key", "old", "new", "expected"), WRONG)
def test_what_is_wrong_is_told(change, problems, key: str, old: str, new: str, expected: str) -> None:  # type: ignore[no-untyped-def]
    change(f"indicators/{key}.toml", old, new)
    told = problems()
    assert len(told) == 1, told
    assert told[0].startswith(f"data/indicators/{key}.toml: {expected}")


def test_every_rule_has_what_it_needs_told() -> None:
    assert set(module._RULES) == set(RULES)


def test_no_account_is_looked_up_without_an_account_plan(folder: Path, change) -> None:  # type: ignore[no-untyped-def]
    change("indicators/hyrpersonal.toml", '["inhyrd-personal"]', '["hyra"]')
    (folder / "economy" / "accounts.toml").unlink()
    assert read_catalogue(folder).measure(HIRED).derived == Derivation(
        "account_ratio", ("hyra",), ("egen-personal",), first=Month.of(2019, 1)
    )


def test_hours_are_not_missed_when_a_measure_could_not_be_read(change, problems) -> None:  # type: ignore[no-untyped-def]
    change("indicators/arsarbetare.toml", "row = 42", "row = ")
    assert not any(".hours" in problem for problem in problems())
    assert not any("kostnad-per-timme" in problem for problem in problems())


def test_a_measure_without_a_first_month(change, folder: Path) -> None:  # type: ignore[no-untyped-def]
    change("indicators/periodresultat.toml", 'first = "2020-01"\n', "")
    assert read_catalogue(folder).measure(RESULT).derived == Derivation("result_deviation")


def test_parts_may_be_derived_each_in_its_own_way(folder: Path) -> None:
    path = folder / "indicators" / f"{BOUGHT}.toml"
    head, _, rest = path.read_text(encoding="utf-8").partition("row = 48\n")
    common = head + rest.partition("[derived]")[0]
    common = common.replace('name = "Investeringar"\n', "", 1)
    parts = [
        f'[[part]]\nid = "{key}"\nname = "{key}"\n[part.derived]\nrule = "accumulated"\nnumerator = ["{key}"]\n'
        for key in ("resor", "material")
    ]
    path.write_text("\n".join([common, *parts]), encoding="utf-8")
    targets = folder / "targets" / "2023.toml"
    blocks = targets.read_text(encoding="utf-8").split("\n[[")
    kept = [block for block in blocks if f'measure = "{BOUGHT}"' not in block]
    targets.write_text("\n[[".join(kept), encoding="utf-8")
    catalogue = read_catalogue(folder)
    assert {
        key: m.derived.numerator
        for key, m in catalogue.measures.items()
        if m.derived and m.indicator == BOUGHT
    } == {f"{BOUGHT}.resor": ("resor",), f"{BOUGHT}.material": ("material",)}
