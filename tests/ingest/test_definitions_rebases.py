"""data/trend.toml: what a wrong rebase is told, and how the right ones are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.definitions.rebases import TrendShape, build_rebases, check_rebases
from hsf_kpi.model.period import Month
from hsf_kpi.model.rebase import Rebase

STEP: dict[str, Any] = {
    "measure": "sjukfranvaro",
    "unit": "hsf",
    "first": "2022-04",
    "reason": "Pandemin.",
    "source": "Folkhälsomyndigheten",
}
BASE = STEP | {"first": "2021-01", "last": "2021-12"}


def told(*entries: dict[str, Any]) -> list[str]:
    shape = TrendShape.model_validate({"rebase": list(entries)})
    return [str(problem) for problem in check_rebases(shape, "data/trend.toml", measures=None, units=None)]


def test_the_entry_that_comes_with_the_product() -> None:
    [rebase] = read_catalogue(ROOT / "data").rebases
    assert (rebase.measure, rebase.unit, rebase.first, rebase.last, rebase.below) == (
        "hyrpersonal",
        "hsf",
        Month.of(2021, 1),
        Month.of(2022, 12),
        True,
    )
    assert "förvaltningsplanen" in rebase.reason
    assert "antaget" in rebase.source


def test_as_they_are_read() -> None:
    shape = TrendShape.model_validate({"rebase": [BASE | {"below": True}, STEP]})
    rest = ("Pandemin.", "Folkhälsomyndigheten")
    assert build_rebases(shape) == (
        Rebase("sjukfranvaro", "hsf", Month.of(2021, 1), *rest, last=Month.of(2021, 12), below=True),
        Rebase("sjukfranvaro", "hsf", Month.of(2022, 4), *rest),
    )


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([STEP], []),
        ([BASE, STEP], []),
        ([BASE | {"last": "2021-01"}], []),
        ([STEP, STEP | {"measure": "hyrpersonal"}, STEP | {"unit": "nara-vard"}], []),
        (
            [BASE | {"last": "2020-12"}],
            [
                "rebase[sjukfranvaro, hsf, 2021-01].last: Basperioden slutar 2020-12 men börjar 2021-01. "
                "Ange en månad som inte är före first."
            ],
        ),
        (
            [STEP, STEP],
            [
                "rebase[sjukfranvaro, hsf, 2022-04].first: Posten överlappar "
                "rebase[sjukfranvaro, hsf, 2022-04]. Låt en post börja efter att den andras basperiod har "
                "slutat, eller ta bort den ena."
            ],
        ),
        (
            [STEP | {"first": "2021-12"}, BASE],
            [
                "rebase[sjukfranvaro, hsf, 2021-01].first: Posten överlappar "
                "rebase[sjukfranvaro, hsf, 2021-12]. Låt en post börja efter att den andras basperiod har "
                "slutat, eller ta bort den ena."
            ],
        ),
    ],
)
def test_what_is_wrong_is_told(entries: list[dict[str, Any]], expected: list[str]) -> None:
    assert told(*entries) == [f"data/trend.toml: {text}" for text in expected]


months = st.integers(0, 8)
entries = st.tuples(months, st.none() | months)


@given(one=entries, other=entries)
@settings(max_examples=80)
def test_two_entries_overlap_when_they_share_a_month(
    one: tuple[int, int | None], other: tuple[int, int | None]
) -> None:
    start = Month.of(2020, 1)
    taken, written = [], []
    for first, length in (one, other):
        last = None if length is None else first + length
        taken.append(set(range(first, (first if last is None else last) + 1)))
        own = STEP | {"first": (start + first).iso}
        written.append(own if last is None else own | {"last": (start + last).iso})
    assert bool(told(*written)) == bool(taken[0] & taken[1]) == bool(told(*reversed(written)))


def test_unknown_measures_and_units_and_those_without_months(change, problems) -> None:  # type: ignore[no-untyped-def]
    at = "data/trend.toml: rebase["
    change("trend.toml", 'measure = "hyrpersonal"', 'measure = "hyrpersonalen"')
    change("trend.toml", 'unit = "hsf"', 'unit = "hsv"')
    assert problems() == [
        f"{at}hyrpersonalen, hsv, 2021-01].measure: Nyckeltalet ”hyrpersonalen” finns inte. "
        "Ange nyckeln för ett nyckeltal i indicators/.",
        f"{at}hyrpersonalen, hsv, 2021-01].unit: Verksamheten ”hsv” finns inte. "
        "Rätta id eller lägg till enheten i organisation.toml.",
    ]
    change("trend.toml", 'measure = "hyrpersonalen"', 'measure = "hme"')
    change("trend.toml", 'unit = "hsv"', 'unit = "hsf"')
    assert problems() == [
        f"{at}hme, hsf, 2021-01].measure: Nyckeltalet ”hme” mäts inte varje månad och har inga styrgränser. "
        "Ange ett nyckeltal som mäts varje månad, eller ta bort posten."
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'first = "2021-01"',
            'first = "januari 2021"',
            'rebase[hyrpersonal].first: ”januari 2021” är ingen månad. Skriv år och månad som "2023-01".',
        ),
        ("below = true", 'below = "ja"', "rebase[hyrpersonal].below: Värdet har fel typ: ”ja”. Ange true"),
        ("below = true", "beneath = true", "rebase[hyrpersonal].beneath: Fältet är okänt."),
        ('unit = "hsf"\n', "", "rebase[hyrpersonal].unit: Fältet saknas. Lägg till fältet i filen."),
        ("[[rebase]]", "[[rebase]", "rad 3, kolumn"),
    ],
)
def test_a_wrong_shape_is_told(old: str, new: str, expected: str, change, problems) -> None:  # type: ignore[no-untyped-def]
    change("trend.toml", old, new)
    [problem] = problems()
    assert problem.startswith(f"data/trend.toml: {expected}")


def test_nothing_is_looked_up_where_others_are_unreadable(change, problems) -> None:  # type: ignore[no-untyped-def]
    change("trend.toml", 'measure = "hyrpersonal"', 'measure = "finns-inte"')
    change("trend.toml", 'unit = "hsf"', 'unit = "finns-inte"')
    change("organisation.toml", "[[unit]]", "[[unit]")
    change("indicators/hme.toml", 'id = "hme"', "id = 5")
    assert not [text for text in problems() if "trend.toml" in text]


def test_the_file_may_be_missing_or_empty(folder: Path) -> None:
    (folder / "trend.toml").write_text("", encoding="utf-8")
    assert read_catalogue(folder).rebases == ()
    (folder / "trend.toml").unlink()
    assert read_catalogue(folder).rebases == ()
