"""The register of known source errors: each of the named ones, with arithmetic that really differs."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from hsf_kpi.ingest.definitions import check_source
from hsf_kpi.model.catalogue import Catalogue

PLAN = "Förvaltningsplan 2023–2025"
# As the plan prints them: no-break spaces, and two spaces between columns.
PRINTED = """
K622%
SUMMA~ 434,5~ 277,7
Summa förändring~ 507,6~ 404,1~ 75,0
LPIK~uppräkning~ 79,2~ 61,4
Demografiuppräkning~vårdval~ 6,8~ 6,8~ 6,7
""".replace("~", "\N{NO-BREAK SPACE}")


def test_the_six_known_errors(catalogue: Catalogue) -> None:
    assert [(e.id, e.printed.split()[0], e.expected.split()[0]) for e in catalogue.source_errors] == [
        ("fortroende-vardcentral-kvinnor", "K622%", "En"),
        ("riktade-statsbidrag-summa", "277,7", "277,8"),
        ("ramforandring-2023", "507,6", "507,5"),
        ("ramforandring-2025", "75,0", "74,9"),
        ("vardval-2024", "68,2", "68,0"),
        ("vardval-2025", "6,7", "6,8"),
    ]
    assert all(e.source == PLAN and e.where and e.handling for e in catalogue.source_errors)


@pytest.mark.parametrize(
    ("error", "printed", "expected"),
    [
        ("riktade-statsbidrag-summa", "277.7", "277.8"),
        ("ramforandring-2023", "507.6", "507.5"),
        ("ramforandring-2025", "75.0", "74.9"),
        ("vardval-2024", "68.2", "68.0"),
        ("vardval-2025", "6.7", "6.8"),
    ],
)
def test_the_arithmetic(data: Path, error: str, printed: str, expected: str) -> None:
    raw = tomllib.loads((data / "source_errors.toml").read_text(encoding="utf-8"))
    [entry] = [e for e in raw["source_error"] if e["id"] == error]
    assert sum(map(Decimal, entry["terms"])) == Decimal(expected) != Decimal(printed)
    assert entry["printed_value"] == printed
    assert entry["printed"].startswith(printed.replace(".", ","))
    assert entry["expected"].startswith(expected.replace(".", ","))


def test_the_quotes_stand_in_the_plan(data: Path) -> None:
    assert check_source(data, PLAN, PRINTED) == []


@pytest.mark.parametrize(
    ("was", "corrected", "errors"),
    [
        ("K622%", "K62%", {"fortroende-vardcentral-kvinnor"}),
        ("277,7", "277,8", {"riktade-statsbidrag-summa"}),
        ("75,0", "74,9", {"ramforandring-2023", "ramforandring-2025"}),
        ("61,4", "61,2", {"vardval-2024"}),
        ("6,7\n", "6,8\n", {"vardval-2025"}),
    ],
)
def test_a_corrected_source_is_told(data: Path, was: str, corrected: str, errors: set[str]) -> None:
    assert was in PRINTED
    problems = check_source(data, PLAN, PRINTED.replace(was, corrected))
    assert {p.where for p in problems} == {f"data/source_errors.toml: source_error[{e}].find" for e in errors}
    assert all("källan verkar vara rättad" in p.what for p in problems)


def test_another_source_is_not_searched(data: Path) -> None:
    assert check_source(data, "Förvaltningsplan 2024–2026", "") == []
