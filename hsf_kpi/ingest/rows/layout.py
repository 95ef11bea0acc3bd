"""Which column of a file each of our fields comes from: by its heading, as the profile says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hsf_kpi.ingest.files.wording import plain
from hsf_kpi.ingest.nearest import nearest
from hsf_kpi.ingest.profiles.check import NEEDED
from hsf_kpi.ingest.rows.faults import shown
from hsf_kpi.model.incoming import Fault
from hsf_kpi.model.profile import FIELDS, Column, Profile, WideColumn

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field comes from. position: None where the profile gives the same text for every row."""

    column: Column
    position: int | None
    heading: str


@dataclass(frozen=True)
class Layout:
    """fields: those that the file has. skip: position → folded texts. extra: headings that nothing is made of."""

    fields: Mapping[str, Place] = field(default_factory=dict)
    wide: tuple[tuple[WideColumn, int, str], ...] = ()
    skip: Mapping[int, frozenset[str]] = field(default_factory=dict)
    extra: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    def heading(self, name: str) -> str:
        place = self.fields.get(name)
        return place.heading if place else ""

    def columns(self, names: Sequence[str]) -> tuple[int, ...]:
        """The positions of those of the fields that come from a column."""
        places = (self.fields.get(name) for name in names)
        return tuple(p.position for p in places if p is not None and p.position is not None)


def layout(header: Sequence[str], profile: Profile) -> Layout:
    """Upper and lower case, spaces and a BOM make no difference. Everything that is missing is told at once."""
    at: dict[str, int] = {}
    for position, heading in enumerate(header):
        at.setdefault(plain(heading), position)
    missing: list[Fault] = []
    fields = {}
    for column in profile.columns:
        place = _place(column, header, at)
        if place is not None:
            fields[column.field] = place
        elif column.required:
            missing.append(_missing(column.names, header))
    wide = []
    for one in profile.wide:
        found = at.get(plain(one.name))
        if found is None:
            missing.append(_missing((one.name,), header))
        else:
            wide.append((one, found, header[found]))
    skip = {
        found: frozenset(map(plain, texts))
        for name, texts in profile.skip.items()
        if (found := _heading(name, profile, fields, at)) is not None
    }
    if not missing:
        missing += _too_few(profile, fields, header)
    used = {place.position for place in fields.values()} | {position for _, position, _ in wide} | skip.keys()
    extra = tuple(heading for position, heading in enumerate(header) if position not in used and heading)
    return Layout(fields, tuple(wide), skip, extra, tuple(missing))


def _place(column: Column, header: Sequence[str], at: Mapping[str, int]) -> Place | None:
    if column.fixed:
        return Place(column, None, "")
    positions = (at.get(plain(name)) for name in column.names)
    found = next((position for position in positions if position is not None), None)
    return None if found is None else Place(column, found, header[found])


def _heading(name: str, profile: Profile, fields: Mapping[str, Place], at: Mapping[str, int]) -> int | None:
    """Where the heading is, or the column that may be called by it and is called something else in this file."""
    wanted = plain(name)
    for column in profile.columns:
        if wanted in map(plain, column.names) and column.field in fields:
            return fields[column.field].position
    return at.get(wanted)


def _missing(names: Sequence[str], header: Sequence[str]) -> Fault:
    near = next((found[0] for name in names if (found := nearest(name, [h for h in header if h], 1))), "")
    asked = f" Menade du ”{shown(near)}”?" if near else ""
    wanted = " eller ".join(f"”{name}”" for name in names)
    return Fault(f"Kolumnen {wanted} saknas.", f"{_headings(header)}{asked}", column=names[0])


def _too_few(profile: Profile, fields: Mapping[str, Place], header: Sequence[str]) -> list[Fault]:
    """Where every column by itself may be missing, but not all of them."""
    there = {*fields} | ({"measure", "numerator"} if profile.wide else set())
    found = []
    for alternatives in NEEDED[profile.holds]:
        if any(there.issuperset(names) for names in alternatives):
            continue
        wanted = " eller ".join(
            f"”{_named(profile, name)}”" for names in alternatives for name in names if name not in there
        )
        found.append(Fault(f"Kolumnen {wanted} saknas.", _headings(header)))
    return found


def _named(profile: Profile, name: str) -> str:
    column = profile.column(name)
    return column.names[0] if column and column.names else FIELDS[profile.holds][name]


def _headings(header: Sequence[str]) -> str:
    told = [shown(heading) for heading in header if heading]
    rest = f" och {len(told) - _SHOWN} till" if len(told) > _SHOWN else ""
    return f"Filen har rubrikerna {', '.join(f'”{heading}”' for heading in told[:_SHOWN])}{rest}."
