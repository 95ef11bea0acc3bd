"""The demo in the order in which it became known: nothing is lost, nothing comes twice, and what was late is corrected."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from pydantic import ValidationError

from hsf_kpi.ingest.demo.loads import LateSettings, LoadSettings, LoadsSettings, loads_of
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.period import Month

SEPTEMBER, OCTOBER = Month.of(2023, 9), Month.of(2023, 10)
AT = dt.datetime(2023, 10, 12, 9)
SETTINGS = LoadsSettings(
    published=dt.datetime(2023, 1, 10),
    load=(
        LoadSettings(through=SEPTEMBER, at=AT),
        LoadSettings(through=OCTOBER, at=AT + dt.timedelta(days=30)),
    ),
    late=(LateSettings(measure="a", unit="k", month=SEPTEMBER, numerator=-3),),
)


def table() -> pd.DataFrame:
    rows = [
        ("a", "k", "month", month.index, sex, amount * FIXED)
        for month in (SEPTEMBER - 1, SEPTEMBER, OCTOBER)
        for sex, amount in ((Sex.ALL.value, 10), (Sex.WOMEN.value, 6), (Sex.MEN.value, 4))
    ]
    return pd.DataFrame(rows, columns=["measure", "unit", "window", "month", "sex", "numerator"])


ENTRIES = pd.DataFrame(
    {
        "month": [SEPTEMBER.index, OCTOBER.index, OCTOBER.index, OCTOBER.index + 2],
        "kind": ["actual", "actual", "budget", "budget"],
    }
)
FORECASTS = pd.DataFrame({"made": [dt.date(2023, 9, 20), dt.date(2023, 10, 20)]})


def test_each_load_has_what_had_come_since_the_one_before() -> None:
    first, second = loads_of(SETTINGS, table(), ENTRIES, FORECASTS)
    assert set(first.observations["month"]) == {SEPTEMBER.index - 1, SEPTEMBER.index}
    assert set(second.observations["month"]) == {SEPTEMBER.index, OCTOBER.index}, "September's correction too"
    assert first.entries["kind"].tolist() == ["actual", "budget", "budget"], (
        "a budget is known from the start"
    )
    assert second.entries["month"].tolist() == [OCTOBER.index]
    assert (len(first.forecasts), len(second.forecasts)) == (1, 1)
    assert first.at == AT.replace(tzinfo=dt.UTC)


def test_what_was_late_adds_up_and_is_corrected_by_the_next() -> None:
    first, second = loads_of(SETTINGS, table(), ENTRIES, FORECASTS)

    def numerators(frame: pd.DataFrame) -> dict[str, int]:
        rows = frame[frame["month"] == SEPTEMBER.index]
        return {sex: value // FIXED for sex, value in zip(rows["sex"], rows["numerator"], strict=True)}

    assert numerators(first.observations) == {"all": 7, "women": 3, "men": 4}
    assert numerators(second.observations) == {"all": 10, "women": 6}
    assert table()["numerator"].sum() == 60 * FIXED, "the demo's own table stays as it was"


@pytest.mark.parametrize("changes", [
    {"load": (LoadSettings(through=OCTOBER, at=AT + dt.timedelta(days=30)), LoadSettings(through=SEPTEMBER, at=AT))},
    {"published": AT},
    {"load": ()},
])  # fmt: skip
def test_loads_in_no_order_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        LoadsSettings.model_validate({**SETTINGS.model_dump(), **changes})
    with pytest.raises(ValidationError):
        LoadSettings(through=OCTOBER, at=AT)
