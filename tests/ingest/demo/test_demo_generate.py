"""What holds for every row, and what the seed decides."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from hsf_kpi.ingest.demo import (
    SOURCE,
    DemoLedger,
    DemoSettings,
    blocks_of,
    generate,
    generate_ledger,
    observations,
)
from hsf_kpi.ingest.demo.dialogue_settings import DialogueSettings
from hsf_kpi.ingest.demo.table import COLUMNS
from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin, Persons, Sex, UnitOfMeasure
from hsf_kpi.model.organisation import Organisation, Placement, Unit
from hsf_kpi.model.period import Month, Window
from hsf_kpi.model.problems import DefinitionError
from tests.ingest.demo.derivation import Books

CELL = ["measure", "unit", "window", "end"]


def changed(settings: DemoSettings, section: str, **values: Any) -> DemoSettings:
    part = getattr(settings, section).model_copy(update=values)
    return settings.model_copy(update={section: part})


def with_flow(settings: DemoSettings, key: str, **values: Any) -> DemoSettings:
    flow = {**settings.flow, key: settings.flow[key].model_copy(update=values)}
    return settings.model_copy(update={"flow": flow})


def test_the_same_seed_gives_the_same_and_another_seed_another(
    catalogue: Catalogue, settings: DemoSettings, observed: pd.DataFrame
) -> None:
    pd.testing.assert_frame_equal(generate(catalogue, settings), observed)
    other = generate(catalogue, changed(settings, "general", seed=settings.general.seed + 1))
    same = other["numerator"].fillna(0).to_numpy() == observed["numerator"].fillna(0).to_numpy()
    assert same.mean() < 0.3


def test_a_measure_more_or_less_changes_no_other(
    catalogue: Catalogue, settings: DemoSettings, observed: pd.DataFrame
) -> None:
    fewer = settings.model_copy(
        update={
            "flow": {k: v for k, v in settings.flow.items() if k not in ("remissflode", "vardproduktion")}
        }
    )
    left = observed[~observed["measure"].isin(["remissflode", "vardproduktion"])]
    made = generate(catalogue, fewer)
    assert made.astype(object).fillna(-1).values.tolist() == left.astype(object).fillna(-1).values.tolist()


def test_it_is_fast(catalogue: Catalogue, settings: DemoSettings) -> None:
    start = time.perf_counter()
    generate(catalogue, settings)
    assert time.perf_counter() - start < 5


def test_columns_types_and_keys(frame: pd.DataFrame, catalogue: Catalogue) -> None:
    assert tuple(frame.columns) == COLUMNS
    assert frame["end"].dtype == np.int64
    assert {str(frame[c].dtype) for c in ("numerator", "denominator", "ready")} == {"Int64"}
    assert not frame.duplicated([*CELL, "sex"]).any()
    assert set(frame["measure"].unique()) <= set(catalogue.measures)
    assert set(frame["unit"].unique()) <= set(catalogue.organisation.units)


def test_the_24_monthly_rows_and_the_three_beside_the_plan_have_values(
    frame: pd.DataFrame, catalogue: Catalogue
) -> None:
    monthly = {m.key for m in catalogue.measures.values() if m.monthly}
    assert len([key for key in monthly if catalogue.measure(key).row is not None]) == 24
    assert monthly == set(frame[frame["window"] == "month"]["measure"].unique())
    assert {"vantande-besok", "vantande-atgard", "antal-medarbetare"} <= monthly


def test_windows_are_the_measured_ones(frame: pd.DataFrame, catalogue: Catalogue) -> None:
    for (key, window), rows in frame.groupby(["measure", "window"], observed=True):
        assert Window(str(window)) in catalogue.measure(str(key)).measured
        last = {"delar1": 4, "delar2": 8, "year": 12}.get(str(window))
        if last is not None:
            assert {Month(int(i)).number for i in rows["end"]} == {last}
            assert Month(int(rows["end"].max())).year == (2022 if last == 12 else 2023)


def test_values_only_at_units_that_exist_and_are_measured(frame: pd.DataFrame, catalogue: Catalogue) -> None:
    organisation = catalogue.organisation
    for key, unit, end in frame[["measure", "unit", "end"]].drop_duplicates().itertuples(index=False):
        measure, at = catalogue.measure(key), organisation.units[unit]
        assert at.exists_at(Month(end))
        assert unit in measure.measured_at or {f"tag:{t}" for t in at.tags} & set(measure.measured_at)


def test_women_and_men_make_the_total(frame: pd.DataFrame, catalogue: Catalogue) -> None:
    parts = frame[frame["numerator"].notna()].pivot(
        index=CELL, columns="sex", values=["numerator", "denominator"]
    )
    by_sex = {m.key for m in catalogue.measures.values() if m.by_sex}
    both = parts[parts[("numerator", "women")].notna()]
    assert set(both.index.get_level_values("measure")) == by_sex & set(
        parts.index.get_level_values("measure")
    )
    for column in ("numerator", "denominator"):
        total = both[(column, "women")] + both[(column, "men")]
        told = both[(column, "all")]
        assert (total.dropna() == told.dropna()).all()
        assert len(told.dropna()) > 0
    alone = parts[parts[("numerator", "women")].isna()]
    assert alone[("numerator", "men")].isna().all()


def test_shares_have_at_most_the_denominator_and_nothing_is_negative_but_deviations(
    frame: pd.DataFrame, catalogue: Catalogue
) -> None:
    for key, rows in frame.groupby("measure", observed=True):
        measure = catalogue.measure(str(key))
        share = measure.aggregation in (Aggregation.RATIO, Aggregation.SNAPSHOT_RATIO)
        if share and measure.unit_of_measure is UnitOfMeasure.PERCENT:
            assert (rows["numerator"] <= rows["denominator"]).all(), key
        if measure.unit_of_measure is not UnitOfMeasure.MNKR or key == "investeringar":
            assert (rows["numerator"].dropna() >= 0).all(), key
        assert (rows["denominator"].dropna() >= 0).all(), key
        # A survey's denominator is its respondents.
        below = measure.aggregation.has_denominator or measure.persons is Persons.DENOMINATOR
        assert rows["denominator"].notna().all() == below, key


def test_components_are_whole_units_in_the_stored_scale(frame: pd.DataFrame) -> None:
    for column in ("numerator", "denominator"):
        assert (frame[column].dropna() % FIXED == 0).all()
    assert (frame["ready"].dropna() % (FIXED // 10) == 0).all()
    assert (frame["ready"].notna() ^ frame["numerator"].notna()).all()


def test_worked_hours_stand_on_the_norm_hours_of_the_month(
    frame: pd.DataFrame, settings: DemoSettings
) -> None:
    rows = frame[frame["measure"] == "arsarbetare"]
    norm = {Month.parse(text).index: hours * FIXED for text, hours in settings.norm.hours.items()}
    assert (rows["denominator"] == rows["end"].map(norm)).all()


def test_cost_per_hour_and_hired_staff_stand_on_the_same_hours_and_costs(frame: pd.DataFrame) -> None:
    at = ["unit", "end"]
    hours, cost, hired = (
        frame[(frame["measure"] == key) & (frame["sex"] == "all")].set_index(at)
        for key in ("arsarbetare", "kostnad-per-timme", "hyrpersonal")
    )
    together = cost.join(hours.add_suffix("_hours"), how="inner")
    assert (together["denominator"] == together["numerator_hours"]).all()
    together = hired.join(cost.add_suffix("_cost"), how="inner")
    assert (together["denominator"] == together["numerator_cost"]).all()


def test_the_worse_pressure_ulcers_are_some_of_all(frame: pd.DataFrame) -> None:
    at = ["unit", "window", "end", "sex"]
    every, worse = (frame[frame["measure"] == f"trycksar.kat-{k}"].set_index(at) for k in ("1-4", "2-4"))
    assert (worse["numerator"] <= every["numerator"]).all()
    assert (worse["denominator"] == every["denominator"]).all()


def test_investments_only_grow_through_a_year(frame: pd.DataFrame) -> None:
    rows = frame[frame["measure"] == "investeringar"].assign(year=lambda f: f["end"] // 12)
    wide = rows.pivot(index=["unit", "year"], columns="window", values="numerator").dropna()
    assert len(wide) > 100
    assert (wide["delar1"] < wide["delar2"]).all()
    assert (wide["delar2"] < wide["year"]).all()


def test_surveys_are_finished_values_of_their_own_at_every_level(
    frame: pd.DataFrame, catalogue: Catalogue
) -> None:
    rows = frame[(frame["measure"] == "hme") & (frame["sex"] == "all")]
    assert {"hsf", "akutsjukvard", "kirurgkliniken"} <= set(rows["unit"])
    assert rows["ready"].between(500_000, 1_000_000).all()
    kliniker = rows[
        ~rows["unit"].isin(["hsf", "akutsjukvard", "nara-vard", "medicinsk-diagnostik-och-teknik"])
    ]
    assert kliniker["ready"].nunique() > 30


@pytest.mark.parametrize("key", ["hme", "prestationsniva"])
def test_a_survey_tells_how_many_of_those_employed_answered(
    frame: pd.DataFrame, catalogue: Catalogue, key: str
) -> None:
    at = ["unit", "end", "sex"]
    staff = frame[frame["measure"] == "antal-medarbetare"].set_index(at)["numerator"]
    rows = frame[frame["measure"] == key].set_index(at)
    assert (rows["denominator"] > 0).all()
    together = rows.join(staff.rename("staff"), how="inner")
    organisation = catalogue.organisation
    large = together["staff"] > 50 * FIXED
    alone = np.array([not organisation.children(unit, Month(end)) for unit, end, _ in together.index])
    together = together[large & alone]
    assert len(together) > 150
    share = together["denominator"].astype(float) / together["staff"].astype(float)
    assert share.between(0.75, 0.81).all()
    answered = rows["denominator"].unstack("sex")
    assert (answered["all"] == answered[["women", "men"]].fillna(0).sum(axis=1)).all()
    last = rows["denominator"].xs(Month.of(2022, 12).index, level="end").xs("all", level="sex")
    assert last["hsf"] > last["nara-vard"] > last["vardval-primarvard"]
    assert last["vardgarantienheten"] < 10 * FIXED


def test_observations_are_the_rows(frame: pd.DataFrame) -> None:
    few = frame[frame["measure"].isin(["hme", "vardgaranti.besok", "periodresultat"])]
    made = list(observations(few))
    assert len(made) == len(few)
    assert {o.origin for o in made} == {Origin.DEMO}
    assert {o.source for o in made} == {SOURCE}
    visit = next(o for o in made if o.measure == "vardgaranti.besok")
    assert visit.window is Window.MONTH
    assert visit.sex is Sex.ALL
    assert isinstance(visit.end, Month)
    assert type(visit.numerator) is int
    assert visit.denominator is not None
    assert visit.ready is None
    result = next(o for o in made if o.measure == "periodresultat")
    assert result.denominator is None
    index = next(o for o in made if o.measure == "hme")
    assert index.numerator is None
    assert type(index.ready) is int
    assert sum(o.numerator or 0 for o in made) == int(few["numerator"].sum())


def test_a_new_unit_needs_no_settings(catalogue: Catalogue, settings: DemoSettings) -> None:
    new = Unit("ny-klinik", "Ny klinik", "klinik", (Placement("akutsjukvard"),), tags=frozenset({"personal"}))
    units = {**catalogue.organisation.units, new.id: new}
    bigger = replace(catalogue, organisation=Organisation(units, catalogue.organisation.reorganisations))
    made = generate(bigger, settings)
    rows = made[(made["unit"] == "ny-klinik") & (made["measure"] == "sjukfranvaro") & (made["sex"] == "all")]
    assert len(rows) == 58
    assert (rows["denominator"] > 0).all()


def test_a_measure_that_the_catalogue_lacks_is_left_out_of_the_economy(
    catalogue: Catalogue, settings: DemoSettings
) -> None:
    economic = ("periodresultat", "resultat-mot-foregaende-ar", "helarsprognos", "bruttokostnadsutveckling")
    settings = settings.model_copy(update={"dialogue": DialogueSettings()})  # it names those measures
    for gone in (set(economic), set(economic[1:])):
        measures = {k: m for k, m in catalogue.measures.items() if k not in gone}
        fewer = replace(catalogue, measures=measures)
        made = blocks_of(fewer, settings)
        assert not gone & set(made)
        assert ("periodresultat" in made) == ("periodresultat" not in gone)
        ledger = generate_ledger(fewer, settings, made)
        assert len(ledger.entries) == len(ledger.forecasts) == 0
        assert ledger.moves


def test_without_forecasts_there_is_a_ledger_and_nothing_submitted(
    catalogue: Catalogue, settings: DemoSettings, ledger: DemoLedger
) -> None:
    measures = {k: m for k, m in catalogue.measures.items() if k != "helarsprognos"}
    fewer = replace(catalogue, measures=measures)
    made = generate_ledger(fewer, settings, blocks_of(fewer, settings))
    pd.testing.assert_frame_equal(made.entries, ledger.entries)
    assert len(made.forecasts) == 0


def test_units_may_merge_in_the_middle_of_a_year(catalogue: Catalogue, settings: DemoSettings) -> None:
    """One that sells carries the sales of both on, and its measures still follow from the ledger."""
    july = Month.of(2023, 7)
    units = dict(catalogue.organisation.units)
    for name in ("fysiologkliniken", "rontgenkliniken"):
        [place] = units[name].placements
        units[name] = replace(units[name], placements=(replace(place, last=july - 1),), successor="bild")
    area = Placement("medicinsk-diagnostik-och-teknik", first=july)
    units["bild"] = Unit("bild", "Bild", "klinik", (area,), tags=units["rontgenkliniken"].tags)
    merged = replace(catalogue, organisation=Organisation(units, catalogue.organisation.reorganisations))
    segment = settings.economy.segment[-1]
    listed = {
        unit: amount for unit, amount in segment.units.items() if unit in units and unit != "rontgenkliniken"
    }
    last = segment.model_copy(update={"units": listed})
    changed_settings = changed(settings, "economy", segment=(*settings.economy.segment[:-1], last))
    blocks = blocks_of(merged, changed_settings)
    made = generate_ledger(merged, changed_settings, blocks)
    books = Books(merged, made)
    for key, amounts in (("periodresultat", books.actual), ("bruttokostnadsutveckling", books.gross)):
        block = blocks[key]
        row = block.units.index("bild")
        for t, period in enumerate(block.periods):
            cell = "bild", period.end.index
            told = amounts[cell] - (books.budget[cell] if key == "periodresultat" else 0)
            assert told == block.numerator[row, t, 0]
    sold = made.entries[(made.entries["account"] == "forsaljning") & (made.entries["counterpart"] != "")]
    assert set(sold.loc[sold["unit"] == "bild", "month"]) == set(range(july.index, 2024 * 12))
    assert not (sold["unit"] == sold["counterpart"]).any()
    assert made.entries.loc[sold.index, "amount"].sum() * 2 == (
        made.entries.loc[made.entries["counterpart"] != "", "amount"].sum()
    )
    assert (made.entries.loc[made.entries["account"] == "investeringar", "amount"] > 0).all()


def test_what_the_ledger_makes_is_not_delivered(observed: pd.DataFrame, catalogue: Catalogue) -> None:
    derived = {key for key, measure in catalogue.measures.items() if measure.derived is not None}
    assert len(derived) == 7
    assert not derived & set(observed["measure"].unique())


def test_a_measure_told_by_sex_may_stand_on_one_that_is_not_and_the_other_way(
    catalogue: Catalogue, settings: DemoSettings
) -> None:
    def generated(key: str, by_sex: bool) -> pd.DataFrame:
        measures = {
            **{name: replace(measure, derived=None) for name, measure in catalogue.measures.items()},
            key: replace(catalogue.measure(key), by_sex=by_sex, derived=None),
        }
        made = generate(replace(catalogue, measures=measures), settings)
        return made[made["measure"].isin(["kostnad-per-timme", "hyrpersonal"])]

    for key in ("hyrpersonal", "kostnad-per-timme"):
        made = generated(key, True)
        own = made[(made["measure"] == key) & (made["sex"] != "all")]
        assert set(own["sex"]) == {"women", "men"}
        assert (
            abs(
                own["denominator"].sum()
                / made[(made["measure"] == key) & (made["sex"] == "all")]["denominator"].sum()
                - 1
            )
            < 1e-9
        )


def test_denominators_from_a_measure_of_other_units_are_zero(
    catalogue: Catalogue, settings: DemoSettings
) -> None:
    changed_settings = with_flow(
        settings, "vardgaranti.telefon", denominator_from="belaggning-somatik#d", anchor=(), volume=None
    )
    made = generate(catalogue, changed_settings)
    rows = made[made["measure"] == "vardgaranti.telefon"]
    assert (rows["denominator"] == 0).all()
    assert (rows["numerator"] == 0).all()


def test_a_value_that_cannot_be_met_is_told(catalogue: Catalogue, settings: DemoSettings) -> None:
    anchors = settings.flow["vardgaranti.besok"].anchor
    total = next(a for a in anchors if a.sex is Sex.ALL and a.source)
    for wrong in ("70", "130"):
        clash = total.model_copy(update={"value": total.value * 0 + int(wrong)})
        kept = [a for a in anchors if a.sex is not Sex.ALL] if wrong == "70" else []
        broken = with_flow(settings, "vardgaranti.besok", anchor=(*kept, clash))
        with pytest.raises(DefinitionError) as caught:
            generate(catalogue, broken)
        assert "går inte att nå" in str(caught.value)
        assert "demo/measures.toml, fältet vardgaranti.besok.anchor" in str(caught.value)
