"""Secrets out of files: one line, readable, and never told."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsf_kpi.secret_files import LONGEST
from hsf_kpi.settings import SECRETS, SettingsError, read_settings

SECRET = "h" * 40


def named(name: str, path: Path) -> dict[str, str]:
    return {f"HSF_KPI_{name}_FILE": str(path)}


@pytest.mark.parametrize("ending", ["", "\n", "\r\n", "  \n"])
def test_a_secret_is_read_without_the_end_of_its_line(tmp_path: Path, ending: str) -> None:
    (tmp_path / "token").write_bytes(SECRET.encode() + ending.encode())
    (tmp_path / "db").write_text(f"postgresql://hsf:{SECRET}@db/hsf", "utf-8")
    settings = read_settings(
        named("METRICS_TOKEN", tmp_path / "token") | named("DATABASE_URL", tmp_path / "db")
    )
    assert settings.operations.metrics_token == SECRET
    assert settings.database_url == f"postgresql://hsf:{SECRET}@db/hsf"
    assert SECRET not in repr(settings)


def test_an_empty_name_is_none() -> None:
    assert read_settings(
        {"HSF_KPI_METRICS_TOKEN_FILE": "", "HSF_KPI_METRICS_TOKEN": SECRET}
    ).operations.metrics_token


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "går inte att läsa"),
        (b"", "innehåller inte en rad text"),
        (b" \n", "innehåller inte en rad text"),
        (SECRET.encode() + b"\n" + SECRET.encode(), "innehåller inte en rad text"),
        (b"\xff\xfe" + SECRET.encode(), "innehåller inte en rad text"),
        (b"h" * (LONGEST + 1), "innehåller inte en rad text"),
    ],
)
def test_a_file_that_holds_no_secret_is_told_with_its_name(
    tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    if content is not None:
        (tmp_path / "fil").write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        read_settings(named(name, tmp_path / "fil"))
    (problem,) = caught.value.problems
    assert problem.where == f"HSF_KPI_{name}_FILE"
    assert told in problem.what
    assert SECRET not in str(caught.value)


def test_a_folder_is_no_secret(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="går inte att läsa"):
        read_settings(named("COOKIE_SECRET", tmp_path))


def test_both_ways_at_once_are_refused(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("a" * 40, "utf-8")
    with pytest.raises(SettingsError, match="också HSF_KPI_METRICS_TOKEN är satt") as caught:
        read_settings(named("METRICS_TOKEN", tmp_path / "fil") | {"HSF_KPI_METRICS_TOKEN": SECRET})
    assert SECRET not in str(caught.value)


def test_what_is_read_from_a_file_is_held_against_the_same_rule(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("kort", "utf-8")
    with pytest.raises(SettingsError, match="hemligheten är för kort"):
        read_settings(named("METRICS_TOKEN", tmp_path / "fil"))


def test_what_is_no_secret_is_read_from_no_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="inställningen finns inte"):
        read_settings(named("CONTACT", tmp_path / "fil"))
