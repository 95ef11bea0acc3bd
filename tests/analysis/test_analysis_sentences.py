"""One sentence per case: every kind of target above, on and below its bound, as a reader meets it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hsf_kpi.analysis.assess import assess
from hsf_kpi.model.codes import Status, UnitOfMeasure
from hsf_kpi.model.target import Target, TargetKind
from tests.analysis.builders import a_measure, a_target, around, ytd

# unit | kind and its numbers | value | last year's value | status | sentence
TABLE = """
percent | at_least 95 | 78 | | missed | 78,0 % är 17,0 procentenheter under målet 95 %
percent | at_least 95 | 96.2 | | met | 96,2 % är 1,2 procentenheter över målet 95 %
percent | at_least 95 | 95 | | met | 95,0 % är precis målet 95 %
percent | at_least 95 | 94.97 | | missed | 94,97 % är 0,03 procentenheter under målet 95 %
percent | at_most 2 | 5.1 | | missed | 5,1 % är 3,1 procentenheter över målet 2 %
percent | at_most 6.0 | 5.8 | | met | 5,8 % är 0,2 procentenheter under målet 6,0 %
percent | at_most 6.0 | 6.0 | | met | 6,0 % är precis målet 6,0 %
percent | above 95 | 94 | | missed | 94,0 % är 1,0 procentenheter under gränsen 95 %; målet är över 95 %
percent | above 95 | 95 | | missed | 95,0 % är precis på gränsen 95 %; målet är över 95 %
percent | above 95 | 95.01 | | met | 95,01 % är 0,01 procentenheter över gränsen 95 %; målet är över 95 %
percent | below 10 | 14 | | missed | 14,0 % är 4,0 procentenheter över gränsen 10 %; målet är under 10 %
percent | below 5 | 5 | | missed | 5,0 % är precis på gränsen 5 %; målet är under 5 %
percent | below 5 | 2.6 | | met | 2,6 % är 2,4 procentenheter under gränsen 5 %; målet är under 5 %
percent | between 85 90 | 87 | | met | 87,0 % ligger inom målets 85–90 %
percent | between 85 90 | 90 | | met | 90,0 % ligger inom målets 85–90 %
percent | between 85 90 | 92.3 | | missed | 92,3 % är 2,3 procentenheter över målets 85–90 %
percent | between 85 90 | 84 | | missed | 84,0 % är 1,0 procentenheter under målets 85–90 %
minutes | at_most 8 | 7.5 | | met | 7:30 min är 0:30 min under målet 8 min
minutes | at_most 8 | 18.5167 | | missed | 18:31 min är 10:31 min över målet 8 min
minutes | at_most 8 | 8.005 | | missed | 8:00,3 min är 0:00,3 min över målet 8 min
index | at_least 79 | 77.6 | | missed | 77,6 är 1,4 under målet 79
per_1000 | at_most 250 | 240 | | met | 240,0 per 1 000 är 10,0 under målet 250 per 1 000
mnkr | amount_at_least -800 | -861 | | missed | −861,0 mnkr är 61,0 mnkr under målet −800 mnkr
mnkr | amount_at_least -800 | -800 | | met | −800,0 mnkr är precis målet −800 mnkr
mnkr | on_budget | -861 | | missed | −861,0 mnkr är 861,0 mnkr sämre än budget (målet är noll)
mnkr | on_budget | 12.3 | | met | 12,3 mnkr är 12,3 mnkr bättre än budget (målet är noll)
mnkr | on_budget | 0 | | met | 0,0 mnkr är precis enligt budget (målet är noll)
fte | less_than_last_year | 4999 | 4953 | missed | 4 999 är 46 fler än jan–okt 2022 (4 953); målet är att minska
fte | less_than_last_year | 4900 | 4953 | met | 4 900 är 53 färre än jan–okt 2022 (4 953); målet är att minska
fte | less_than_last_year | 50 | 50 | missed | 50 är oförändrat mot jan–okt 2022 (50); målet är att minska
fte | less_than_last_year | 9.4 | 9.1 | missed | 9,4 är 0,3 fler än jan–okt 2022 (9,1); målet är att minska
count | more_than_last_year | 30 | 29 | met | 30 är 1 fler än jan–okt 2022 (29); målet är att öka
index | more_than_last_year | 23.1 | 21.4 | met | 23,1 är 1,7 högre än jan–okt 2022 (21,4); målet är att öka
index | more_than_last_year | 21 | 21.4 | missed | 21,0 är 0,4 lägre än jan–okt 2022 (21,4); målet är att öka
minutes|less_than_last_year|7|8|met|7:00 min är 1:00 min kortare än jan–okt 2022 (8:00 min); målet är att minska
per_100|more_than_last_year|2|3|missed|2,0 per 100 är 1,0 lägre än jan–okt 2022 (3,0); målet är att öka
kr_per_hour|less_than_last_year|529.6|512.4|missed|529,6 kr/timme är 17,2 högre än jan–okt 2022 (512,4); målet är att minska
percent | at_most 12.5 | 14.26 | | missed | 14,3 % är 1,8 procentenheter över målet 12,5 %
ratio | less_than_fixed_year | 1.4 | 1.3 | missed | 1,4 är 0,1 högre än jan–okt 2022 (1,3); målet är ett lägre värde än 2022
"""
CASES = [[part.strip() for part in line.split("|")] for line in TABLE.strip().splitlines()]


def the_target(text: str) -> Target:
    kind, *numbers = text.split()
    fixed = {"fixed_year": 2022} if kind == TargetKind.LESS_THAN_FIXED_YEAR else {}
    return a_target(TargetKind(kind), *numbers, **fixed)


@pytest.mark.parametrize(("unit", "target", "value", "last_year", "status", "sentence"), CASES)
def test_status_and_sentence(
    unit: str, target: str, value: str, last_year: str, status: str, sentence: str
) -> None:
    measure = a_measure(UnitOfMeasure(unit), targets=(the_target(target),))
    series = ytd(value, last_year or None)
    found = assess(measure, series, **around(measure, series))
    assert (found.status, found.reason.replace("\N{NO-BREAK SPACE}", " ")) == (Status(status), sentence)
    assert found.gap is not None
    assert found.bound is not None
    assert (found.gap >= 0) if found.status is Status.MET else (found.gap <= 0)
    assert found.target is measure.targets[0]
    assert found.inherited_from is None
    assert found.change == (Decimal(value) - Decimal(last_year) if last_year else None)


def test_the_table_has_every_kind_that_needs_no_national_value() -> None:
    named = {case[1].split()[0] for case in CASES}
    assert named == set(TargetKind) - {TargetKind.BETTER_THAN_NATIONAL, TargetKind.ACCORDING_TO_PLAN}
