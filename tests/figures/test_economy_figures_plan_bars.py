"""The plan's tables as bars: every row that is a whole, as printed, the largest first."""

from __future__ import annotations

import pytest

from hsf_kpi import ROOT
from hsf_kpi.figures.economy.plan_bars import plan_bars
from hsf_kpi.figures.figure import Context
from hsf_kpi.figures.shape import records
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.render.screen import chart
from hsf_kpi.swedish.numbers import number

CONTEXT = Context("hsf", "HSF", "HSF", "", "", "", "dagens organisation", "")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(ROOT / "data")


def test_the_ramar_add_up_to_the_printed_sum(catalogue: Catalogue) -> None:
    figure = plan_bars(catalogue.plan_table("ram-per-omrade"), context=CONTEXT)
    assert figure is not None
    rows = list(records(figure))
    assert [row["name"] for row in rows][:2] == ["Område Akutsjukvård", "Område Nära Vård"]
    assert number(sum(row["deviation"] for row in rows), 1).replace("\u00a0", " ") == "8 306,5"
    assert figure.title.replace("\u00a0", " ") == "Område Akutsjukvård är den största posten: 4 381,6 mnkr"
    assert figure.context.period == "2023"
    chart(figure).to_dict(validate=True)


def test_every_table_is_drawn_truly_or_not_at_all(catalogue: Catalogue) -> None:
    drawn = 0
    for table in catalogue.plan_tables:
        figure = plan_bars(table, context=CONTEXT)
        if figure is None:
            continue
        drawn += 1
        assert len(figure.title) <= 75
        sizes = [abs(row["deviation"]) for row in records(figure)]
        assert sizes == sorted(sizes, reverse=True)
        column = next(c for c in table.columns if c.kind.sums)
        printed = [
            (row.name, row.amounts[column.id]) for row in table.rows if row.amounts[column.id] is not None
        ]
        assert {(row["name"], row["deviation"]) for row in records(figure)} <= {
            (n, float(a)) for n, a in printed
        }
        assert bool(figure.help) is (len(figure.rows) < len(printed))
    assert drawn >= 6
