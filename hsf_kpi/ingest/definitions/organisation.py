"""The organisation's definitions: what they must mean together, and the tree made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from hsf_kpi.ingest.definitions.shapes import OrganisationShape, UnitShape
from hsf_kpi.model.organisation import Organisation, Placement, Reorganisation, Unit
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import Problem

FILE = "organisation.toml"
_FIRST, _LAST = Month(0), Month(10**6)


def build_organisation(shape: OrganisationShape) -> Organisation:
    """The tree, in the order of the file. Whether it holds together: see `check_organisation`."""
    units = {
        unit.id: Unit(
            id=unit.id,
            name=unit.name,
            level=unit.level,
            placements=_placements(unit),
            short_name=unit.short_name,
            successor=unit.successor,
            tags=frozenset(unit.tags),
            keys=dict(unit.keys),
            assumed=unit.assumed,
            note=unit.note,
            source=unit.source,
        )
        for unit in shape.unit
    }
    moves = tuple(
        Reorganisation(r.month, r.text, frozenset(r.units), r.source)
        for r in sorted(shape.reorganisation, key=lambda r: r.month)
    )
    return Organisation(units, moves)


def check_organisation(shape: OrganisationShape, file: str) -> list[Problem]:
    """Everything that is wrong with the tree, its periods, successors and names, all at once."""
    units = build_organisation(shape).units
    problems = [
        Problem(
            f"Id ”{unit_id}” används av {count} enheter.",
            f"{file}: unit[{unit_id}].id",
            "Ge varje enhet ett eget id.",
        )
        for unit_id, count in Counter(unit.id for unit in shape.unit).items()
        if count > 1
    ]
    for read in shape.unit:
        where = f"{file}: unit[{read.id}]"
        problems += _check_form(read, where)
        problems += _check_placements(_placements(read), read.id, units, where)
        problems += _check_successor(units[read.id], units, where)
    problems += _check_roots(units, file)
    problems += _check_cycles(units, file)
    problems += _check_keys(units, file)
    for number, move in enumerate(shape.reorganisation, 1):
        problems += _unknown(move.units, units, f"{file}: reorganisation[{number}].units")
    for number, part in enumerate(shape.ram_part, 1):
        problems += _unknown([part.unit], units, f"{file}: ram_part[{number}].unit")
    return problems


def _placements(unit: UnitShape) -> tuple[Placement, ...]:
    if unit.placement:
        return tuple(Placement(p.parent, p.first, p.last) for p in unit.placement)
    return (Placement(unit.parent, unit.first, unit.last),)


def _unknown(ids: Iterable[str], units: Mapping[str, Unit], where: str) -> Iterator[Problem]:
    for unit_id in ids:
        if unit_id not in units:
            yield Problem(f"Enheten ”{unit_id}” finns inte.", where, "Rätta id eller lägg till enheten.")


def _check_form(unit: UnitShape, where: str) -> Iterator[Problem]:
    if unit.placement and (unit.parent or unit.first or unit.last):
        yield Problem(
            "Enheten har både placeringar och egna fält för parent, first eller last.",
            f"{where}.placement",
            "Ange antingen [[unit.placement]] eller fälten, inte båda.",
        )


def _span(placement: Placement) -> tuple[Month, Month]:
    return placement.first or _FIRST, placement.last or _LAST


def _check_placements(
    placements: Sequence[Placement], unit_id: str, units: Mapping[str, Unit], where: str
) -> Iterator[Problem]:
    several = len(placements) > 1
    spans = []
    for number, placement in enumerate(placements, 1):
        at = f"{where}.placement[{number}]" if several else where
        first, last = _span(placement)
        if last < first:
            yield Problem(
                f"Sista månaden {last} är före den första, {first}.", f"{at}.last", "Rätta månaderna."
            )
            continue
        spans.append((first, last))
        parent = placement.parent
        if parent is None:
            continue
        if parent == unit_id:
            yield Problem("Enheten står under sig själv.", f"{at}.parent", "Ange en annan enhet.")
        elif parent not in units:
            yield from _unknown([parent], units, f"{at}.parent")
        elif not _covers(units[parent].placements, first, last):
            yield Problem(
                f"”{parent}” finns inte under hela tiden som enheten står under den.",
                f"{at}.parent",
                "Rätta giltighetstiden eller dela upp placeringen.",
            )
    spans.sort()
    for (_, ended), (began, _) in pairwise(spans):
        if began <= ended:
            yield Problem(
                f"Giltighetstiderna överlappar: en placering gäller till {ended}, nästa från {began}.",
                f"{where}.placement",
                "Låt varje månad ha högst en placering.",
            )


def _covers(placements: Sequence[Placement], first: Month, last: Month) -> bool:
    """Whether the placements, put together, leave no month of the span out."""
    at = first
    for began, ended in sorted(map(_span, placements)):
        if began <= at <= ended:
            if last <= ended:
                return True
            at = ended + 1
    return False


def _check_successor(unit: Unit, units: Mapping[str, Unit], where: str) -> Iterator[Problem]:
    if unit.successor is None:
        return
    at = f"{where}.successor"
    if unit.successor not in units:
        yield Problem(
            f"Efterträdaren ”{unit.successor}” finns inte.", at, "Rätta id eller lägg till enheten."
        )
    elif unit.successor == unit.id:
        yield Problem("Enheten efterträder sig själv.", at, "Ange en annan enhet.")
    elif unit.last is None:
        yield Problem("Enheten har en efterträdare men inget slut.", at, "Ange enhetens sista månad (last).")
    elif not units[unit.successor].exists_at(unit.last + 1):
        yield Problem(
            f"Efterträdaren ”{unit.successor}” finns inte {unit.last + 1}, när enheten har upphört.",
            at,
            "Rätta giltighetstiderna eller efterträdaren.",
        )


def _check_roots(units: Mapping[str, Unit], file: str) -> Iterator[Problem]:
    every = list(units.values())
    roots = [unit.id for unit in every if all(p.parent is None for p in unit.placements)]
    if not roots:
        yield Problem("Ingen enhet står överst.", f"{file}: unit.parent", "Låt exakt en enhet sakna parent.")
    for extra in roots[1:]:
        yield Problem(
            f"Flera enheter står överst: ”{roots[0]}” och ”{extra}”.",
            f"{file}: unit[{extra}].parent",
            "Låt exakt en enhet sakna parent.",
        )


def _check_cycles(units: Mapping[str, Unit], file: str) -> Iterator[Problem]:
    """Looks at every month where something changes; between two changes the tree stands still."""
    by_id: dict[str, Unit] = dict(units.items())
    changes = {_FIRST}
    for unit in by_id.values():
        for placement in unit.placements:
            first, last = _span(placement)
            changes |= {first, last + 1}
    told: set[frozenset[str]] = set()
    for month in sorted(changes):
        for unit_id in by_id:
            path: list[str] = []
            at: str | None = unit_id
            while at in by_id and at not in path:
                path.append(at)
                at = by_id[at].parent_at(month)
            if at not in path:
                continue
            ring = path[path.index(at) :]
            # A unit under itself is told where its parent is checked.
            if len(ring) > 1 and frozenset(ring) not in told:
                told.add(frozenset(ring))
                yield Problem(
                    f"Enheterna bildar en ring: {' → '.join([*ring, ring[0]])}.",
                    f"{file}: unit[{ring[0]}].parent",
                    "Rätta parent för någon av dem.",
                )
    yield from _successor_rings(by_id, file)


def _successor_rings(units: dict[str, Unit], file: str) -> Iterator[Problem]:
    for unit_id, unit in units.items():
        path = [unit_id]
        at = unit.successor
        while at in units and at not in path:
            path.append(at)
            at = units[at].successor
        # Told once, at the first of its members in the order of the file.
        order = list(units)
        if at == unit_id and len(path) > 1 and unit_id == min(path, key=order.index):
            yield Problem(
                f"Efterträdarna bildar en ring: {' → '.join([*path, unit_id])}.",
                f"{file}: unit[{unit_id}].successor",
                "Rätta efterträdaren för någon av dem.",
            )


def _check_keys(units: Mapping[str, Unit], file: str) -> Iterator[Problem]:
    """An external key may pass from one unit to another, but two units can't hold it in the same month."""
    holders: dict[tuple[str, str], list[Unit]] = {}
    for unit in units.values():
        for system, value in unit.keys.items():
            for other in holders.get((system, value), []):
                if _overlap(unit, other):
                    yield Problem(
                        f"Nyckeln ”{value}” i {system} används samtidigt av ”{other.id}”.",
                        f"{file}: unit[{unit.id}].keys",
                        "Ge enheterna olika nycklar eller skilda giltighetstider.",
                    )
            holders.setdefault((system, value), []).append(unit)


def _overlap(one: Unit, other: Unit) -> bool:
    return any(
        max(a, c) <= min(b, d) for a, b in map(_span, one.placements) for c, d in map(_span, other.placements)
    )
