"""Secondary masking, case by case: what the semantics say must not be computed from something else."""

from __future__ import annotations

from collections.abc import Sequence

from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Window
from tests.store.builders import m, moved, obs, organisation, unit
from tests.store.suppression_cases import KINDS, World, made, version
from tests.suppression_judge import Sum, judged

COUNT = KINDS["count"]
TREE = organisation(
    unit("hsf", None), unit("akut", "hsf"), unit("nara", "hsf"), unit("kirurgi", "akut"), unit("medicin", "akut"),
    unit("primar", "nara"), unit("rehab", "nara"),
)  # fmt: skip
LEAVES = ("kirurgi", "medicin", "primar", "rehab")


def masked(
    given: Sequence[Observation], one: Measure = COUNT, tree: Organisation = TREE, length: int = 12
) -> set[tuple[str, str, str]]:
    """(unit, window and month, sex) of the masked sums of either view; nothing masked can be worked out."""
    where = World(tree, {key: i for i, key in enumerate(tree.units, start=1)}, length)
    rows = made(one, where, given)
    here = version(one, where, given, rows)
    assert judged(one, tree, [here]) == []
    return {(x.unit, f"{x.window.value} {x.end}", x.sex.value) for x in here.sums if x.masked}


def year(unit_id: str, counts: Sequence[int], sex: Sex = Sex.ALL) -> list[Observation]:
    return [obs("count", unit_id, m("2022-01") + i, n, sex=sex) for i, n in enumerate(counts)]


def test_a_sex_is_not_the_total_minus_the_other() -> None:
    given = []
    for unit_id in LEAVES:
        women = 3 if unit_id == "kirurgi" else 30
        for sex, count in ((Sex.ALL, women + 40), (Sex.WOMEN, women), (Sex.MEN, 40)):
            given += year(unit_id, [count], sex)
    hidden = masked(given)
    assert ("kirurgi", "month 2022-01", "women") in hidden
    assert ("kirurgi", "month 2022-01", "men") in hidden or ("medicin", "month 2022-01", "women") in hidden
    assert not {unit_id for unit_id, _, _ in hidden} & {"hsf", "akut", "nara"}, "levels above are kept"
    assert "all" not in {sex for _, _, sex in hidden}, "and so are totals"


def test_a_unit_is_not_its_parent_minus_its_siblings() -> None:
    given = [x for u in LEAVES for x in year(u, [3 if u == "kirurgi" else 40])]
    assert masked(given) == {
        (u, f"{w} 2022-01", "all") for u in ("kirurgi", "medicin") for w in ("month", "ytd")
    }


def test_a_unit_that_is_hidden_already_is_the_partner() -> None:
    given = [x for u in LEAVES for x in year(u, [3 if u in ("kirurgi", "medicin") else 40])]
    assert {u for u, _, _ in masked(given)} == {"kirurgi", "medicin"}


def test_a_month_is_not_one_accumulated_sum_minus_another() -> None:
    given = [x for u in LEAVES for x in year(u, [40] * 5 + [3 if u == "kirurgi" else 40] + [40] * 6)]
    hidden = masked(given)
    june = {("kirurgi", "month 2022-06", "all"), ("kirurgi", "ytd 2022-06", "all")}
    assert (
        june <= hidden or {("kirurgi", "month 2022-06", "all"), ("kirurgi", "ytd 2022-05", "all")} <= hidden
    )
    assert not [x for x in hidden if x[1] in ("ytd 2022-12", "r12 2022-12")], "the year is kept"
    assert {u for u, _, _ in hidden} == {"kirurgi", "medicin"}
    assert len(hidden) == 6, "two months and the accumulated sum between them, for two units"


def test_today_is_not_subtracted_from_what_was() -> None:
    tree = organisation(
        unit("hsf", None), unit("akut", "hsf"), unit("nara", "hsf"), moved("rontgen", "akut", "nara", "2022-03"),
        unit("kirurgi", "akut"), unit("primar", "nara"),
    )  # fmt: skip
    given = [x for u in ("rontgen", "kirurgi", "primar") for x in year(u, [3 if u == "rontgen" else 40] * 4)]
    where = World(tree, {key: i for i, key in enumerate(tree.units, start=1)}, 12)
    here = version(COUNT, where, given, made(COUNT, where, given))
    assert judged(COUNT, tree, [here]) == []

    def shown(unit_id: str, org: OrgView) -> Sum | None:
        found = [
            x
            for x in here.sums
            if (x.unit, x.org, x.window, x.end) == (unit_id, org, Window.MONTH, m("2022-01"))
        ]
        return next((x for x in found if not x.masked), None)

    was, now = shown("akut", OrgView.AS_WAS), shown("akut", OrgView.TODAY)
    assert was is None or now is None, "their difference is röntgen"


def test_an_only_child_is_hidden_with_its_parents() -> None:
    tree = organisation(unit("hsf", None), unit("nara", "hsf"), unit("bup", "nara"))
    hidden = masked(year("bup", [3]), tree=tree)
    assert hidden == {(u, f"{w} 2022-01", "all") for u in ("hsf", "nara", "bup") for w in ("month", "ytd")}


def test_a_complement_is_protected_as_the_count_is() -> None:
    share = KINDS["share"]
    numbers = {"kirurgi": (98, 100), "medicin": (60, 100), "primar": (60, 100), "rehab": (60, 100)}
    hidden = masked([obs("share", u, "2022-01", n, d) for u, (n, d) in numbers.items()], share)
    assert {u for u, _, _ in hidden} == {"kirurgi", "medicin"}


def test_nothing_is_hidden_where_nobody_is_few() -> None:
    assert masked([x for u in LEAVES for x in year(u, [40] * 12)]) == set()


def test_finished_values_take_no_part_in_the_sums() -> None:
    given = year("kirurgi", [40]) + [obs("count", u, "2022-01", ready=3) for u in LEAVES[1:]]
    assert masked(given) == set()
