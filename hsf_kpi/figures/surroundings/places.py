"""The own region's place on each public key figure, as tiles and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hsf_kpi.analysis.regions import BEST, FEWEST, Standing, judged
from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.surroundings.words import (
    CHANGE,
    MOVEMENT,
    NO_DIRECTION,
    NO_MONTH,
    OURS,
    change_text,
    key_figures_words,
    moved_cell,
    moved_text,
    national_text,
    none_or,
    place_text,
    regions_words,
    source_words,
    value_text,
)
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.surroundings import KeyFigure, Surroundings
from hsf_kpi.swedish.sorting import swedish_key

Found = tuple[KeyFigure, Standing]
FEW = 2
"""Key figures that a tile names."""
TOLD = 5
"""Key figures that a report tells of as the worst, the best and those that have moved."""


def worst_first(rows: Sequence[Found]) -> list[Found]:
    """By place as a share of the regions; those without a place last, by name."""

    def key(row: Found) -> tuple[bool, float, tuple[str, str]]:
        place = row[1].place
        at = 0.0 if place is None else -(place.place - 1) / max(place.of - 1, 1)
        return place is None, at, swedish_key(row[0].short_name)

    return sorted(rows, key=key)


def most_telling(rows: Sequence[Found]) -> list[Found]:
    """For a report, that has no room for all: the worst places, the best ones and those that have moved the furthest, in the
    order given. rows: the worst place first.
    """
    placed = with_place(rows)
    moved = sorted((row for row in placed if row[1].moved), key=lambda row: -abs(row[1].moved or 0))
    told = {row[0].id for row in (*placed[:TOLD], *placed[-TOLD:], *moved[:TOLD])}
    return [row for row in rows if row[0].id in told]


def among_best(rows: Sequence[Found]) -> list[Found]:
    found = [row for row in with_place(rows) if row[1].place is not None and row[1].place.place <= BEST]
    return sorted(found, key=lambda row: (row[1].place.place if row[1].place else 0, row[0].short_name))


def with_place(rows: Sequence[Found]) -> list[Found]:
    """Those with a place among enough regions to be counted."""
    return [row for row in rows if row[1].place is not None and row[1].place.of >= FEWEST]


def held_against_national(rows: Sequence[Found]) -> list[Found]:
    """Those that have a direction and a national value in their latest year."""
    return [row for row in rows if judged(row[0].direction) and row[1].national is not None]


def places_tiles(rows: Sequence[Found]) -> list[WordsTile]:
    """Among the best, better than the country, places won and lost: each of how many."""
    placed, national = with_place(rows), held_against_national(rows)
    best = among_best(rows)
    better = [row for row in national if row[1].better]
    moved = [row for row in placed if row[1].moved is not None]
    return [
        _tile("bast", "Bland de tre bästa", len(best), len(placed), _named(best)),
        _tile(
            "riket",
            "Bättre än riket",
            len(better),
            len(national),
            "regionens senaste år, där riket har värde",
        ),
        *(
            _tile(id_, name, len(some), len(moved), _furthest(some))
            for id_, name, some in (
                ("vunna", "Bättre plats än förr", _by_movement(moved, 1)),
                ("forlorade", "Sämre plats än förr", _by_movement(moved, -1)),
            )
        ),
    ]


def _tile(id_: str, name: str, count: int, of: int, line: str) -> WordsTile:
    lines = tuple(part for part in (f"av {key_figures_words(of)} som kan jämföras", line) if part)
    return WordsTile(f"omvarld-{id_}", name, str(count), "", lines)


def _named(rows: Sequence[Found]) -> str:
    more = len(rows) - FEW
    names = "; ".join(figure.short_name for figure, _ in rows[:FEW])
    return f"{names} och {how_many(more)} till" if more > 0 else names


def _by_movement(rows: Sequence[Found], sign: int) -> list[Found]:
    """Those that have moved that way, the furthest first."""
    found = [row for row in rows if (row[1].moved or 0) * sign > 0]
    return sorted(found, key=lambda row: (-abs(row[1].moved or 0), swedish_key(row[0].short_name)))


def _furthest(rows: Sequence[Found]) -> str:
    if not rows:
        return ""
    figure, found = rows[0]
    return f"mest: {figure.short_name}, {moved_text(found)}"


def places_titles(rows: Sequence[Found], region: str) -> Iterator[str]:
    placed = with_place(rows)
    if not placed:
        yield f"{region} har ingen plats att visa"
        return
    best, better = len(among_best(rows)), held_against_national(rows)
    won = sum(bool(row[1].better) for row in better)
    said = f"{region} är bättre än riket på {none_or(won)} av {key_figures_words(len(better))}"
    yield f"{said}, bland de tre bästa på {none_or(best)}"
    yield said


def places_table(
    rows: Sequence[Found],
    around: Surroundings,
    names: Mapping[str, str],
    *,
    area: str,
    context: Context,
    twins: Sequence[tuple[str, str]] = (),
) -> Figure:
    """A row for each key figure that the own region has a value of, in the order given. area: the id of the only field that
    is shown, "" for all. twins: key figures by id that say the same thing twice.
    """
    region = names.get(around.home, "")
    what = f" i området {around.fields[area]}" if area else ""
    years = sorted({found.year for _, found in rows})
    return Figure(
        kind=FigureKind.TABLE,
        slug="omvarld-platser",
        title=fitting(places_titles(rows, region)),
        caption=sentences(
            f"Öppna nyckeltal{what}: {region}, riket och platsen bland regionerna det senaste året med värde.",
            "Sämst plats först.",
        ),
        context=context,
        columns=(
            Column("name", "Nyckeltal", Role.LABEL),
            Column("series", "Kolada-id", Role.TEXT),
            Column("kolada", "Namn i Kolada", Role.TEXT),
            Column("field", "Område", Role.TEXT),
            Column("year", "År", Role.TEXT),
            Column("value", region or "Värde", Role.OUTCOME),
            Column("value_text", region or "Värde", Role.TEXT),
            Column("change", "Ändring mot året före", Role.CHANGE),
            Column("change_text", "Ändring mot året före", Role.TEXT),
            Column("national", "Riket", Role.NATIONAL),
            Column("national_text", "Riket", Role.TEXT),
            Column("unit", "Måttenhet", Role.TEXT),
            Column("against", "Mot riket", Role.STATUS),
            Column("place", "Plats", Role.COUNT),
            Column("of", "Antal regioner", Role.SIZE),
            Column("place_text", "Plats", Role.TEXT),
            Column("moved", "Förflyttning, platser", Role.CHANGE),
            Column("moved_text", "Förflyttning", Role.TEXT),
            Column("best", "Bäst", Role.TEXT),
        ),
        rows=tuple(_row(figure, found, around, names) for figure, found in rows),
        sentence=sentences(
            f"Tabell med {key_figures_words(len(rows))}{what}: värde, ändring, riket, plats, förflyttning och de bästa"
            " regionerna.",
            f"{fitting(places_titles(rows, region))}.",
        ),
        source=source_words([figure for figure, _ in rows], around.source),
        origins=frozenset({Origin.PUBLISHED}) if rows else frozenset(),
        help=sentences(OURS, MOVEMENT, CHANGE, _twice_words(rows, twins), NO_MONTH),
        empty="" if rows else "Det finns inga värden att visa.",
        options={
            "shown": "name,place_text,against,moved_text,year,value_text,change_text,national_text,best,unit",
            "file": "name,series,kolada,field,year,value,change,national,unit,against,place,of,moved,best",
            "month": f"{years[-1]}-12" if years else "",
        },
    )


def told_table(
    rows: Sequence[Found], around: Surroundings, names: Mapping[str, str], *, context: Context
) -> Figure:
    """The table of those that tell the most, with the title of them all; of all where no more are left out."""
    every = places_table(rows, around, names, area="", context=context)
    told = most_telling(rows)
    if len(told) == len(rows):
        return every
    number = how_many(TOLD)
    return replace(
        places_table(told, around, names, area="", context=context),
        slug=f"{every.slug}-urval",
        title=every.title,
        caption=sentences(
            f"Plats bland regionerna senaste året med värde, de {number} sämsta, de {number} bästa och de {number} nyckeltal"
            " som har flyttat mest.",
            "Sämst plats först.",
        ),
        sentence=sentences(
            f"Tabell med {len(told)} av {key_figures_words(len(rows))}: sämst och bäst plats, och längst förflyttning.",
            f"{every.title}.",
        ),
        help=sentences(
            f"Visar {len(told)} av {key_figures_words(len(rows))}; alla finns på sidan Omvärld.",
            MOVEMENT,
            CHANGE,
        ),
    )


def _twice_words(rows: Sequence[Found], twins: Sequence[tuple[str, str]]) -> str:
    """«Har samma värden men räknas var för sig: Strokeenhet … och Stroke …», so that nobody takes one for two."""
    names = {figure.id: figure.short_name for figure, _ in rows}
    pairs = [f"{names[one]} och {names[other]}" for one, other in twins if one in names and other in names]
    return f"Har samma värden men räknas var för sig: {'; '.join(pairs)}." if pairs else ""


def _row(
    figure: KeyFigure, found: Standing, around: Surroundings, names: Mapping[str, str]
) -> tuple[Value, ...]:
    place = found.place
    return (
        figure.short_name,
        figure.id,
        figure.name,
        around.fields[figure.field],
        str(found.year),
        float(found.value),
        value_text(found.value, figure),
        None if found.changed is None else float(found.changed),
        change_text(found, figure),
        None if found.national is None else float(found.national),
        value_text(found.national, figure) or "saknas",
        figure.unit,
        national_text(found, figure.direction),
        None if place is None else place.place,
        None if place is None else place.of,
        place_text(place) or NO_DIRECTION,
        found.moved,
        moved_cell(found),
        regions_words(found.best, names),
    )
