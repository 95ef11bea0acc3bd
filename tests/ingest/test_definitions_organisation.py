"""The tree of units: periods, parents, successors, roots and rings."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsf_kpi.ingest.definitions.organisation import build_organisation, check_organisation
from hsf_kpi.ingest.definitions.shapes import OrganisationShape
from hsf_kpi.model.period import Month


def unit(unit_id: str, **fields: object) -> dict[str, object]:
    return {"id": unit_id, "name": unit_id, "level": "klinik", "source": "prov", **fields}


def shape(*units: dict[str, object], **rest: object) -> OrganisationShape:
    return OrganisationShape.model_validate({"unit": list(units), **rest})


def check(*units: dict[str, object], **rest: object) -> list[str]:
    return [str(problem) for problem in check_organisation(shape(*units, **rest), "o.toml")]


ROOT = unit("rot")
FAULTS = [
    (
        [ROOT, unit("a", parent="rot"), unit("a", parent="rot")],
        "o.toml: unit[a].id: Id ”a” används av 2 enheter.",
    ),
    ([ROOT, unit("a", parent="b")], "o.toml: unit[a].parent: Enheten ”b” finns inte."),
    ([ROOT, unit("a", parent="a")], "o.toml: unit[a].parent: Enheten står under sig själv."),
    ([unit("a", parent="a")], "o.toml: unit.parent: Ingen enhet står överst."),
    ([ROOT, unit("a")], "o.toml: unit[a].parent: Flera enheter står överst: ”rot” och ”a”."),
    (
        [ROOT, unit("a", parent="b"), unit("b", parent="c"), unit("c", parent="a")],
        "o.toml: unit[a].parent: Enheterna bildar en ring: a → b → c → a.",
    ),
    (
        [ROOT, unit("a", parent="rot", first="2023-01", last="2022-12")],
        "o.toml: unit[a].last: Sista månaden 2022-12 är före den första, 2023-01.",
    ),
    (
        [ROOT, unit("a", parent="rot", first="2023-01"), unit("b", parent="a")],
        "o.toml: unit[b].parent: ”a” finns inte under hela tiden som enheten står under den.",
    ),
    (
        [ROOT, unit("a", parent="rot", last="2022-12"), unit("b", parent="a", last="2023-01")],
        "o.toml: unit[b].parent: ”a” finns inte under hela tiden",
    ),
    (
        [
            ROOT,
            unit(
                "a", placement=[{"parent": "rot", "last": "2022-12"}, {"parent": "rot", "first": "2022-12"}]
            ),
        ],
        "o.toml: unit[a].placement: Giltighetstiderna överlappar: en placering gäller till 2022-12,",
    ),
    (
        [
            ROOT,
            unit("a", placement=[{"parent": "rot", "last": "2022-12"}, {"parent": "b", "first": "2023-01"}]),
        ],
        "o.toml: unit[a].placement[2].parent: Enheten ”b” finns inte.",
    ),
    (
        [ROOT, unit("a", parent="rot", placement=[{"parent": "rot"}])],
        "o.toml: unit[a].placement: Enheten har både placeringar och egna fält",
    ),
    (
        [ROOT, unit("a", parent="rot", last="2022-12", successor="b")],
        "o.toml: unit[a].successor: Efterträdaren ”b” finns inte.",
    ),
    (
        [ROOT, unit("a", parent="rot", last="2022-12", successor="a")],
        "o.toml: unit[a].successor: Enheten efterträder sig själv.",
    ),
    (
        [ROOT, unit("a", parent="rot", successor="b"), unit("b", parent="rot")],
        "o.toml: unit[a].successor: Enheten har en efterträdare men inget slut.",
    ),
    (
        [
            ROOT,
            unit("a", parent="rot", last="2022-12", successor="b"),
            unit("b", parent="rot", first="2023-02"),
        ],
        "o.toml: unit[a].successor: Efterträdaren ”b” finns inte 2023-01, när enheten har upphört.",
    ),
    (
        [
            ROOT,
            unit("a", parent="rot", last="2022-12", successor="b"),
            unit("b", parent="rot", last="2022-12", successor="a"),
        ],
        "o.toml: unit[a].successor: Efterträdarna bildar en ring: a → b → a.",
    ),
    (
        [ROOT, unit("a", parent="rot", keys={"ansvar": "1"}), unit("b", parent="rot", keys={"ansvar": "1"})],
        "o.toml: unit[b].keys: Nyckeln ”1” i ansvar används samtidigt av ”a”.",
    ),
]


@pytest.mark.parametrize(("units", "expected"), FAULTS)
def test_a_fault_is_told(units: list[dict[str, object]], expected: str) -> None:
    found = check(*units)
    assert sum(problem.startswith(expected) for problem in found) == 1, found


def test_unknown_units_in_reorganisations_and_frames() -> None:
    move = {"month": "2023-01", "text": "x", "units": ["rot", "borta"], "source": "y"}
    part = {"unit": "borta", "name": "x", "source": "y", "ram": {"2023": "1.0"}}
    assert [p.split(": E")[0] for p in check(ROOT, reorganisation=[move], ram_part=[part])] == [
        "o.toml: reorganisation[1].units",
        "o.toml: ram_part[1].unit",
    ]


RIGHT = [
    [ROOT],
    [ROOT, unit("a", parent="rot", first="2023-01"), unit("b", parent="a", first="2023-01")],
    [ROOT, unit("a", parent="rot", last="2022-12", successor="b"), unit("b", parent="rot", first="2023-01")],
    # A key passes from a unit to its successor.
    [
        ROOT,
        unit("a", parent="rot", last="2022-12", successor="b", keys={"ansvar": "1"}),
        unit("b", parent="rot", first="2023-01", keys={"ansvar": "1"}),
    ],
    # b stands under a, and later a under b: never at the same time.
    [
        ROOT,
        unit("a", placement=[{"parent": "rot", "last": "2022-12"}, {"parent": "b", "first": "2023-01"}]),
        unit("b", placement=[{"parent": "a", "last": "2022-12"}, {"parent": "rot", "first": "2023-01"}]),
    ],
    # The parent's two placements follow on each other, and so cover the child's one.
    [
        ROOT,
        unit("a", parent="rot"),
        unit("b", placement=[{"parent": "rot", "last": "2022-12"}, {"parent": "a", "first": "2023-01"}]),
        unit("c", parent="b"),
    ],
    # A unit that pauses, with a child that pauses with it.
    [
        ROOT,
        unit("a", placement=[{"parent": "rot", "last": "2021-12"}, {"parent": "rot", "first": "2023-01"}]),
        unit("b", parent="a", first="2023-01"),
    ],
]


@pytest.mark.parametrize("units", RIGHT)
def test_what_holds_together_is_accepted(units: list[dict[str, object]]) -> None:
    assert check(*units) == []


def test_a_ring_that_only_exists_for_a_while_is_found() -> None:
    found = check(
        ROOT,
        unit("a", placement=[{"parent": "rot", "last": "2022-12"}, {"parent": "b", "first": "2023-01"}]),
        unit("b", placement=[{"parent": "rot", "last": "2022-12"}, {"parent": "a", "first": "2023-01"}]),
    )
    assert found == [
        "o.toml: unit[a].parent: Enheterna bildar en ring: a → b → a. Rätta parent för någon av dem."
    ]


def test_a_gap_between_the_parents_placements_is_found() -> None:
    found = check(
        ROOT,
        unit("a", placement=[{"parent": "rot", "last": "2021-12"}, {"parent": "rot", "first": "2023-01"}]),
        unit("b", parent="a"),
    )
    assert [p.split(":")[1].strip() for p in found] == ["unit[b].parent"]


def test_every_problem_is_told_at_once() -> None:
    found = check(
        ROOT,
        unit("a"),
        unit("b", parent="borta"),
        unit("c", parent="rot", first="2023-01", last="2022-12"),
        unit("d", parent="rot", successor="e"),
    )
    assert {p.split(": ")[1] for p in found} == {
        "unit[a].parent",
        "unit[b].parent",
        "unit[c].last",
        "unit[d].successor",
    }


def test_the_tree_keeps_the_order_of_the_file_and_sorts_the_moves() -> None:
    moves = [
        {"month": month, "text": month, "units": ["rot"], "source": "y"} for month in ("2023-01", "2020-01")
    ]
    organisation = build_organisation(
        shape(ROOT, unit("b", parent="rot"), unit("a", parent="rot"), reorganisation=moves)
    )
    assert list(organisation.units) == ["rot", "b", "a"]
    assert organisation.children("rot", Month.of(2023, 1)) == ("b", "a")
    assert [r.month.iso for r in organisation.reorganisations] == ["2020-01", "2023-01"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'id = "medicinkliniken"',
            'id = "kirurgkliniken"',
            "data/organisation.toml: unit[kirurgkliniken].id: Id ”kirurgkliniken” används av 2 enheter.",
        ),
        (
            'parent = "hsf"',
            'parent = "vuxenpsykiatri"',
            "data/organisation.toml: unit[nara-vard].parent: Enheterna bildar en ring: nara-vard →",
        ),
        (
            'first = "2023-01"',
            'first = "2023-02"',
            "data/organisation.toml: unit[medicinkliniken-sala].successor: Efterträdaren "
            "”narsjukvard-ost” finns inte 2023-01",
        ),
    ],
)
def test_a_fault_in_the_file_itself(
    change, problems, folder: Path, old: str, new: str, expected: str
) -> None:  # type: ignore[no-untyped-def]
    change("organisation.toml", old, new)
    found = problems()
    assert any(problem.startswith(expected) for problem in found), found
