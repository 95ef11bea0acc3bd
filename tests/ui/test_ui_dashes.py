"""One sign for no value in a table on the page, and how long a definition is."""

import pytest

from hsf_kpi.ui.about import _lines
from hsf_kpi.ui.prepared import _dashed


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (["5,9", "", "6,1"], ["5,9", "–", "6,1"]),
        (["bättre", "–", ""], ["bättre", "–", "–"]),
        (["bland de bästa", ""], ["bland de bästa", ""]),
        (["", ""], ["", ""]),
    ],
)
def test_an_empty_cell_among_numbers_or_dashes_is_a_dash(texts: list[str], shown: list[str]) -> None:
    assert _dashed(texts) == shown


def test_where_a_link_leads_takes_no_line_in_the_definition() -> None:
    assert _lines("**Relaterat.** [Sjukfrånvaro](nyckeltal?" + "x" * 400 + ")") == _lines("**Mål.** 2 %")
