"""Enheter below the leaves: more rows, the same figures."""

from __future__ import annotations

import pandas as pd
import pytest

from hsf_kpi.ingest.demo import enlarge
from hsf_kpi.ingest.demo.enlarge import enhet_id
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.model.period import Month

CELL = ["measure", "unit", "window", "end", "sex"]
OCTOBER = Month.of(2023, 10)


@pytest.fixture(scope="module", params=[2, 10])
def bigger(
    request: pytest.FixtureRequest, catalogue: Catalogue, frame: pd.DataFrame
) -> tuple[int, Catalogue, pd.DataFrame]:
    return (request.param, *enlarge(catalogue, frame, request.param))


def test_every_leaf_gets_k_enheter_and_its_rows_move_down(
    bigger: tuple[int, Catalogue, pd.DataFrame], catalogue: Catalogue, frame: pd.DataFrame
) -> None:
    k, larger, made = bigger
    organisation = larger.organisation
    assert organisation.children("kirurgkliniken", OCTOBER) == tuple(
        enhet_id("kirurgkliniken", n) for n in range(k)
    )
    assert organisation.children("halsocenter", OCTOBER) == ()
    assert organisation.heir(enhet_id("halsocenter", 0), OCTOBER) == enhet_id("paramedicinsk-primarvard", 0)
    assert organisation.path(enhet_id("forvaltningsledning", 1), OCTOBER)[:2] == (
        "hsf",
        "forvaltningsledning",
    )
    inner = {"medicinsk-stab", "planering-och-utveckling"}
    parts = made[made["numerator"].notna()]
    assert {u for u in parts["unit"].unique() if "-enhet-" not in u} == inner
    stays = frame["ready"].notna() | frame["unit"].isin(inner)
    assert len(made) == int(stays.sum()) + k * int((~stays).sum())


def test_sums_equal_the_leafs_exactly(
    bigger: tuple[int, Catalogue, pd.DataFrame], catalogue: Catalogue, frame: pd.DataFrame
) -> None:
    _, _, made = bigger
    leaf = made["unit"].astype(str).str.replace(r"-enhet-\d+$", "", regex=True)
    shared = {m.key for m in catalogue.measures.values() if m.aggregation.shared_denominator}
    sums = made.assign(unit=leaf, measure=made["measure"].astype(str)).groupby(CELL, observed=True)
    together = sums.agg(
        numerator=("numerator", "sum"), denominator=("denominator", "sum"), most=("denominator", "max")
    )
    before = frame.astype({"unit": str, "measure": str}).set_index(CELL)
    both = before.join(together.add_suffix("_sum"))
    parts = both[both["numerator"].notna()]
    assert (parts["numerator"] == parts["numerator_sum"]).all()
    own = parts[parts["denominator"].notna()]
    is_shared = own.index.get_level_values("measure").isin(list(shared))
    assert (own["denominator"] == own["denominator_sum"])[~is_shared].all()
    assert (own["denominator"] == own["most_sum"])[is_shared].all()
    ready = both[both["ready"].notna()]
    assert len(ready) == int(made["ready"].notna().sum())


def test_women_and_men_make_the_total_in_every_enhet(bigger: tuple[int, Catalogue, pd.DataFrame]) -> None:
    _, _, made = bigger
    rows = made[
        made["numerator"].notna() & (made["measure"].isin(["vardgaranti.besok", "antal-medarbetare"]))
    ]
    wide = rows.astype(dict.fromkeys(("measure", "unit", "window", "sex"), str)).pivot(
        index=CELL[:4], columns="sex", values=["numerator", "denominator"]
    )
    for column in ("numerator", "denominator"):
        part = wide[column].dropna()
        assert len(part) > 0
        assert (part["women"] + part["men"] == part["all"]).all()


def test_no_share_is_above_one_in_any_enhet(
    bigger: tuple[int, Catalogue, pd.DataFrame], catalogue: Catalogue
) -> None:
    _, _, made = bigger
    shares = {
        m.key
        for m in catalogue.measures.values()
        if m.aggregation in (Aggregation.RATIO, Aggregation.SNAPSHOT_RATIO)
        and m.unit_of_measure is UnitOfMeasure.PERCENT
    }
    rows = made[made["measure"].isin(shares)]
    assert len(rows) > 10_000
    assert (rows["numerator"] <= rows["denominator"]).all()
    counts = made[made["measure"].isin(["antal-medarbetare", *shares])]
    assert (counts["numerator"] >= 0).all()
    assert not made.duplicated(CELL).any()


def test_measures_are_measured_at_the_enheter(bigger: tuple[int, Catalogue, pd.DataFrame]) -> None:
    _, larger, made = bigger
    for key, rows in made.groupby("measure", observed=True):
        assert set(rows["unit"].unique()) <= set(larger.measure(str(key)).measured_at)
    assert "kirurgkliniken" in larger.measure("hme").measured_at
    assert "kirurgkliniken" not in larger.measure("sjukfranvaro").measured_at


def test_fewer_than_two_is_no_split(catalogue: Catalogue, frame: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="at least 2"):
        enlarge(catalogue, frame, 1)
