"""Building and rebuilding the database: nothing half-done is left behind, a real one starts with published figures only."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from hsf_kpi import ROOT, build
from hsf_kpi.build import bring_up_to_date
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.codes import OrgView, Origin, Sex
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import HsfError, StoreError
from hsf_kpi.model.scope import Scope
from hsf_kpi.settings import Settings
from hsf_kpi.store.load import Delivery
from hsf_kpi.store.store import Store


@pytest.fixture(scope="module")
def real_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with published figures only."""
    mine = settings(tmp_path_factory.mktemp("real"), "real")
    assert bring_up_to_date(mine) == "Databasen är skapad."
    return mine.database_url


@pytest.fixture(scope="module")
def few() -> tuple[Delivery, ...]:
    """The demo's deliveries with what is observed and booked from 2023 on, and some of the other regions' values:
    they are taken in a fraction of the time.
    """
    first = Month.of(2023, 1).index

    def late(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["month"] >= first]

    published, *demo = build._deliveries(ROOT / "data", read_catalogue(ROOT / "data"), demo=True)
    return (
        replace(published, external=published.external[:100]),
        *(replace(one, observations=late(one.observations), ledger=late(one.ledger)) for one in demo),
    )


@pytest.fixture
def smaller(few: tuple[Delivery, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo that is built has these deliveries only."""
    monkeypatch.setattr(build, "_deliveries", lambda *_args, **_options: few)


def copied(built: str, folder: Path, kind: str = "demo") -> Settings:
    """Settings with definitions of the test's own, and a database as it was built from them."""
    data = folder / "data"
    shutil.copytree(ROOT / "data", data)
    mine = settings(folder, kind, data)
    shutil.copyfile(built.removeprefix("sqlite:///"), mine.database_url.removeprefix("sqlite:///"))
    return mine


def settings(folder: Path, kind: str = "demo", data: Path = ROOT / "data") -> Settings:
    return Settings(f"sqlite:///{folder / 'hsf.sqlite3'}", kind, data, 8501)


@pytest.mark.parametrize(("kind", "word"), [("demo", "demodata"), ("real", "verkliga uppgifter")])
def test_a_second_time_changes_nothing(
    tmp_path: Path, kind: str, word: str, request: pytest.FixtureRequest
) -> None:
    """The first time is that of the fixtures, which say that the database was made."""
    built = Path(request.getfixturevalue(f"{kind}_database").removeprefix("sqlite:///"))
    assert [f.name for f in built.parent.iterdir() if f.name.endswith(".new")] == []
    mine = settings(tmp_path, kind)
    before = shutil.copyfile(built, tmp_path / "hsf.sqlite3").read_bytes()
    assert bring_up_to_date(mine) == f"Databasen är aktuell ({word})."
    assert (tmp_path / "hsf.sqlite3").read_bytes() == before
    assert [f.name for f in tmp_path.iterdir() if f.name.endswith(".new")] == []


def test_a_changed_definition_rebuilds_the_demo(tmp_path: Path, demo_database: str, smaller: None) -> None:
    mine = copied(demo_database, tmp_path)
    data = mine.data_dir
    assert bring_up_to_date(mine) == "Databasen är aktuell (demodata)."
    file = data / "indicators" / "hme.toml"
    file.write_text(file.read_text("utf-8") + "\n# ändrad\n", "utf-8")
    assert "ombyggd" in bring_up_to_date(mine)
    with closing(Store.open(mine.database_url)) as store:
        assert store.state().fingerprint == read_catalogue(data).fingerprint


def test_a_real_database_holds_published_values_only_and_keeps_its_loads(
    tmp_path: Path, real_database: str
) -> None:
    mine = copied(real_database, tmp_path, "real")
    data = mine.data_dir
    assert origins(mine, data) == {Origin.PUBLISHED}
    file = data / "indicators" / "hme.toml"
    file.write_text(file.read_text("utf-8") + "\n# ändrad\n", "utf-8")
    assert bring_up_to_date(mine) == "Databasen är uppdaterad efter definitionerna."
    assert origins(mine, data) == {Origin.PUBLISHED}
    assert bring_up_to_date(mine) == "Databasen är aktuell (verkliga uppgifter)."


def origins(mine: Settings, data: Path) -> set[Origin]:
    catalogue = read_catalogue(data)
    scope = Scope.of(catalogue.organisation.units)
    with closing(Store.open(mine.database_url)) as store:
        series = store.unit_series(scope, catalogue, "hsf", View.YTD, Sex.ALL, OrgView.TODAY)
    return {cell.origin for s in series.values() for cells in s.cells.values() for cell in cells.values()}


def test_a_build_that_fails_leaves_the_old_database_as_it_was(
    tmp_path: Path, demo_database: str, smaller: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = copied(demo_database, tmp_path)
    before = (tmp_path / "hsf.sqlite3").read_bytes()
    file = mine.data_dir / "indicators" / "hme.toml"
    file.write_text(file.read_text("utf-8") + "\n# ändrad\n", "utf-8")

    def fails(*_args: object, **_kwargs: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(build.os, "replace", fails)
    with pytest.raises(StoreError, match="går inte att skriva"):
        bring_up_to_date(mine)
    assert (tmp_path / "hsf.sqlite3").read_bytes() == before
    assert [f.name for f in tmp_path.iterdir() if ".new" in f.name] == []


def test_broken_definitions_create_no_database(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    (data / "plan.toml").write_text("inte toml", "utf-8")
    with pytest.raises(HsfError, match=r"plan\.toml"):
        bring_up_to_date(settings(tmp_path, data=data))
    assert not (tmp_path / "hsf.sqlite3").exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    mine = Settings(f"sqlite:///{tmp_path / 'fil' / 'hsf.sqlite3'}", "demo", ROOT / "data", 8501)
    with pytest.raises(StoreError, match="går inte att skriva"):
        bring_up_to_date(mine)


@pytest.mark.postgres
def test_on_postgresql_a_changed_definition_is_taken_over_in_place(
    tmp_path: Path, postgres_url: str, smaller: None
) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    for part in ("economy", "surveys"):
        assert (data / "demo" / f"{part}.toml").exists()
    mine = Settings(postgres_url, "demo", data, 8501)
    assert bring_up_to_date(mine) == "Databasen är skapad."
    file = data / "indicators" / "hme.toml"
    file.write_text(file.read_text("utf-8") + "\n# ändrad\n", "utf-8")
    assert bring_up_to_date(mine) == "Databasen är uppdaterad efter definitionerna."
    assert bring_up_to_date(mine) == "Databasen är aktuell (demodata)."


@pytest.mark.parametrize("kind", ["real", "demo"])
def test_a_broken_file_beside_the_definitions_changes_nothing_and_is_told_again(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    mine = copied(request.getfixturevalue(f"{kind}_database"), tmp_path, kind)
    before = (tmp_path / "hsf.sqlite3").read_bytes()
    file = mine.data_dir / "published" / "kolada_regions.csv"
    file.write_text(file.read_text("utf-8").replace("2016,15.3", "2016,15;3", 1), "utf-8")
    for _ in range(2):
        with pytest.raises(HsfError, match="kolada_regions"):
            bring_up_to_date(mine)
    assert (tmp_path / "hsf.sqlite3").read_bytes() == before
