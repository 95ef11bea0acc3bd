"""What the tests of the commands that write files share: a database with accounts, and files made in no time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hsf_kpi.figures.report import Report
from tests.people import cheap_passwords, with_people


@pytest.fixture(scope="module")
def people_url(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A copy of the demo database with accounts: what is made is written to its log."""
    with cheap_passwords():
        yield with_people(demo_database, tmp_path_factory.mktemp("people"))


@pytest.fixture
def url(people_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same, as the one that commands are told to use."""
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", people_url)
    return people_url


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are made in no time, where the test is not of what is in them."""

    def made(report: Report, medium: str, told: Any) -> bytes:
        told(1, 2)
        return f"{medium} {report.title}".encode()

    monkeypatch.setattr("hsf_kpi.cli.report.make_beside", made)
