"""The charts of the economy: valid and constant specs, every layer drawn, words that have room and are Swedish."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.types import NoForecast, Yardstick
from hsf_kpi.figures.economy.bridge import bridge_figure
from hsf_kpi.figures.economy.contribution import contribution_figure
from hsf_kpi.figures.economy.history import forecast_history
from hsf_kpi.figures.economy.trajectory import trajectory_figure
from hsf_kpi.figures.figure import Figure
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.render.alt import alternative_text
from hsf_kpi.render.bars import LINE_HEIGHT as NAME_LINE
from hsf_kpi.render.contribution_chart import MOST
from hsf_kpi.render.csv import csv
from hsf_kpi.render.frame import UNSEEN
from hsf_kpi.render.image import png, svg
from hsf_kpi.render.layers import INKS
from hsf_kpi.render.screen import chart, data, spec
from hsf_kpi.render.table import table
from hsf_kpi.render.trajectory_labels import LINE_HEIGHT, PLOT_HEIGHT
from tests.render.economy_samples import (
    CLINIC,
    DEMO,
    HSF,
    KIR,
    MONTHLY,
    NAMES,
    SOURCE,
    UNDATED,
    bridge,
    contribution,
    drawn,
    submitted,
    trajectory,
)

NONE = NoForecast("Det behövs minst tre hela år.")
EARLIER = submitted((-600, -575, -480), 2022)


def road(found=None, yardstick=Yardstick.PROVISION, undated=UNDATED) -> Figure:
    found = found or trajectory()
    own = found.unit != "hsf"
    return trajectory_figure(
        found,
        yardstick,
        context=KIR if own else HSF,
        own_budget=own,
        origins=DEMO,
        source=SOURCE,
        undated=undated,
    )


def history(*more, outcomes=None) -> Figure:
    ends = {2022: -433 * MNKR} if outcomes is None else outcomes
    return forecast_history(
        more or (*EARLIER, *submitted()), ends, {2023: -800 * MNKR}, context=HSF, origins=DEMO, source=SOURCE
    )


def steps(*amounts: int) -> Figure:
    made = bridge(amounts) if amounts else bridge()
    return bridge_figure(made, context=HSF, origins=DEMO, source=SOURCE)


def ranking(found=None) -> Figure:
    return contribution_figure(
        found or contribution(), NAMES, context=HSF, origins=DEMO, source=SOURCE, own_budget=True
    )


FIGURES: dict[str, Callable[[], Figure]] = {
    "road": road,
    "clinic": lambda: road(CLINIC, undated=None),
    "against zero": lambda: road(yardstick=Yardstick.BUDGET),
    "last year": lambda: road(yardstick=Yardstick.LAST_YEAR),
    "january": lambda: road(trajectory(MONTHLY[:1], forecasts=(), statistical=NONE)),
    "december": lambda: road(trajectory((*MONTHLY, -60_000_000, -57_000_000), statistical=NONE)),
    "gap": lambda: road(trajectory((*MONTHLY[:4], None, *MONTHLY[5:]))),
    "no budget": lambda: road(trajectory(targets=()), undated=None),
    "nothing": lambda: road(
        trajectory((), month=3, targets=(), forecasts=(), statistical=NONE), undated=None
    ),
    "history": history,
    "first forecast": lambda: history(*submitted((-800,)), outcomes={}),
    "bridge": steps,
    "no steps": lambda: bridge_figure(bridge((), 5), context=HSF, origins=DEMO, source=SOURCE),
    "ranking": ranking,
    "one unit": lambda: ranking(contribution({"kir": -61_400})),
    "unknown": lambda: ranking(contribution({"kir": None, "med": -5}, complete=False)),
    "no units": lambda: ranking(contribution({})),
    "provision": lambda: ranking(
        contribution({"kir": -9_000, "fl": -666_700, None: 4}, yardstick=Yardstick.BUDGET, provision=-666_700)
    ),
}


@pytest.fixture(scope="module", params=FIGURES)
def figure(request: pytest.FixtureRequest) -> Figure:
    return FIGURES[request.param]()


def layer(found: Figure, name: str) -> pd.DataFrame:
    rows = data(found)
    return rows[(rows["layer"] == name) & (rows["tone"] != UNSEEN)].reset_index(drop=True)


def named_layers(found: Figure) -> set[str]:
    text = json.dumps(spec(found))
    return {part.partition("'")[0] for part in text.split("datum.layer === '")[1:]}


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", ["road", "history", "bridge", "ranking"])
def test_specs_are_valid(name: str, dark: bool) -> None:
    chart(FIGURES[name](), dark).to_dict(validate=True)


def test_each_layer_has_rows_and_each_row_a_layer(figure: Figure) -> None:
    rows = data(figure)
    assert set(rows["layer"]) == named_layers(figure)
    assert set(rows["tone"]) <= {*INKS, UNSEEN}


def test_the_spec_is_the_same_for_all_data_and_holds_none_of_them() -> None:
    assert spec(road()) is spec(road(CLINIC)) is spec(road(trajectory(MONTHLY[:2])))
    assert spec(history()) is spec(history(*submitted((-3,))))
    assert spec(steps()) is spec(steps(1, 2, 3, 4, 5))
    assert spec(steps()) is not spec(steps(1, 2))
    text = json.dumps([spec(f) for f in (road(), history(), steps(), ranking())], ensure_ascii=False)
    for word in ("978", "Kirurg", "underskott", "egen budget", "Utfall", "Statsbidrag"):
        assert word not in text


def test_every_medium_takes_it(figure: Figure) -> None:
    assert len(table(figure)) == len(figure.rows)
    assert csv(figure).startswith(b"\xef\xbb\xbf")
    said = alternative_text(figure)
    assert said.startswith(figure.title)
    written = re.findall(r"[^\W\d]+", " ".join([said, figure.help, figure.caption, *data(figure)["text"]]))
    assert not {"None", "nan", "null", "True", "False", "of", "the"} & set(written)


@pytest.mark.parametrize("width", [330, 860])
def test_pictures_are_drawn_wide_and_narrow(width: int) -> None:
    for name in ("road", "history", "bridge", "ranking"):
        document = drawn(FIGURES[name](), width)
        ElementTree.fromstring(document)
        assert "NaN" not in document


@pytest.mark.parametrize("name", ["road", "ranking"])
def test_a_whole_picture(name: str) -> None:
    """A ranking leads somewhere on the page; a picture does not, and no reader of pictures has to know of links."""
    figure = FIGURES[name]()
    assert png(figure).startswith(b"\x89PNG")
    assert "href" not in svg(figure)


def test_the_gap_is_a_bar_from_the_target_to_the_forecast() -> None:
    (bar,) = layer(road(), "gap").to_dict("records")
    assert (bar["y"], bar["y2"], bar["tone"]) == (-800, -978, "worse")
    above = trajectory(forecasts=submitted((-700,)))
    assert layer(road(above), "gap")["tone"].tolist() == ["better"]
    assert layer(road(yardstick=Yardstick.LAST_YEAR), "gap").empty


def test_the_line_breaks_where_a_month_is_missing() -> None:
    found = FIGURES["gap"]()
    line = layer(found, "line")
    assert line["y"].isna().tolist() == [False, *[False] * 4, True, *[False] * 5]
    assert len(layer(found, "stem")) == 1
    assert "maj saknas" in layer(found, "note")["text"].tolist()


def test_forecasts_stand_at_their_days_and_the_fan_begins_in_the_outcome() -> None:
    found = road()
    places = layer(found, "diamond")["x"].tolist()
    december = 2023 * 12 + 11
    assert len(places) == 10
    assert places == sorted(places)
    assert places[-1] == pytest.approx(2023 * 12 + 8 + 20 / 31)
    for name in ("fan80", "fan50"):
        fan = layer(found, name)
        assert fan["y"][0] == fan["y2"][0] == pytest.approx(-861.0)
        assert fan["x"].tolist() == [2023 * 12 + 9, december - 1, december]
    assert (layer(found, "fan80")["y"] <= layer(found, "fan50")["y"]).all()
    assert layer(road(CLINIC), "fan80").empty


def test_the_undated_forecast_stands_outside_the_time_axis() -> None:
    found = road()
    (mark,) = layer(found, "undated").to_dict("records")
    assert pd.isna(mark["x"])
    words = layer(found, "end")
    text = (
        words.loc[words["tone"] == "muted", "text"]
        .item()
        .replace("\n", " ")
        .replace("\N{NO-BREAK SPACE}", " ")
    )
    assert text == "−1 035 prognos enligt intranätet, år ej angivet"
    assert words.loc[words["tone"] == "muted", "short"].item() == ""
    assert -1035 not in data(found).query("layer in ['line', 'diamond', 'told', 'middle']")["y"].tolist()


@pytest.mark.parametrize("name", ["road", "clinic", "against zero", "december"])
def test_names_at_the_edge_never_cover_each_other(name: str) -> None:
    found = FIGURES[name]()
    rows = data(found)
    corners = rows.loc[rows["layer"] == "corner", "y"]
    scale = PLOT_HEIGHT / (corners.max() - corners.min())
    labels = layer(found, "end")
    assert len(labels) >= 3
    ends = sorted(
        (y * scale - (lines - 1) * LINE_HEIGHT / 2, y * scale + (lines - 1) * LINE_HEIGHT / 2)
        for y, lines in zip(labels["y"], labels["text"].str.count("\n") + 1, strict=True)
    )
    assert all(b[0] - a[1] >= LINE_HEIGHT - 1e-6 for a, b in itertools.pairwise(ends))


def test_bars_meet_and_have_the_colour_of_their_sign() -> None:
    found = steps()
    bars = layer(found, "bar")
    assert bars["tone"].tolist() == ["data", "better", "better", "better", "worse", "worse", "data"]
    links = layer(found, "link")
    assert links["x"].tolist() == bars["x2"].tolist()[:-1]
    for i, link in links.iterrows():
        assert bars["y"][i] < link["y"] < link["y2"] < bars["y"][i + 1]
        assert bars["y2"][i] < link["dx"] < link["dy"] < bars["y2"][i + 1]


def test_names_of_several_lines_take_their_room() -> None:
    names = layer(steps(), "name")
    for column, at in (("text", "y"), ("short", "y2")):
        heights = (names[column].str.count("\n") + 1) * NAME_LINE / 2
        for i in range(len(names) - 1):
            assert names[at][i + 1] - names[at][i] >= heights[i] + heights[i + 1]
        assert (
            names[column].str.replace("\n", " ").tolist()[4].startswith("Anställda statsbidragsfinansierad")
        )


def test_only_what_the_title_names_has_colour() -> None:
    assert layer(ranking(), "bar")["tone"].tolist() == ["worse"] * 3 + ["grey"] * 9
    assert layer(ranking(), "zero_name")["text"].tolist() == ["egen budget"]
    assert layer(FIGURES["provision"](), "bar")["tone"].tolist()[-1] == "grey"
    assert len(layer(FIGURES["unknown"](), "bar")) == 1


def test_many_units_are_drawn_as_few_that_still_add_up() -> None:
    amounts: dict[str | None, int | None] = {f"Enhet {i}": (i * 7919) % 9000 - 6000 for i in range(60)}
    found = ranking(contribution({**amounts, None: -3_300}))
    numbers = layer(found, "number")["text"]
    assert len(numbers) == MOST
    assert len(found.rows) == 61
    tenths = [int(t.replace("−", "-").replace(",", "")) for t in numbers]
    assert sum(tenths) == -897
    assert "38 med mindre avvikelser" in layer(found, "name")["text"].tolist()


amounts = st.one_of(st.none(), st.integers(-200 * MNKR, 200 * MNKR))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(amounts, max_size=12).map(tuple),
    st.lists(st.integers(-2000, 2000), max_size=10).map(tuple),
    st.sampled_from(Yardstick),
)
def test_any_year_stays_inside_its_axes(monthly, forecasts, yardstick) -> None:
    found = road(trajectory(monthly, forecasts=submitted(forecasts)), yardstick)
    rows = data(found)
    corner = rows[rows["layer"] == "corner"]
    inside = rows[rows["layer"].isin(["line", "target", "diamond", "told", "fan80", "gap"])]
    for column in ("y", "y2"):
        assert inside[column].dropna().between(corner["y"].min(), corner["y"].max()).all()
    assert inside["x"].dropna().between(corner["x"].min(), corner["x"].max()).all()
    assert set(rows["layer"]) == named_layers(found)
