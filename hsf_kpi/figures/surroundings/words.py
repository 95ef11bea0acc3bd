"""How the figures of Omvärld write a value, a place, a movement and where it all comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from hsf_kpi.analysis.regions import FEWEST, Place, Standing
from hsf_kpi.figures.economy.words import listed
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.shape import unique
from hsf_kpi.model.codes import Direction, Status
from hsf_kpi.model.surroundings import KeyFigure
from hsf_kpi.swedish.numbers import MINUS, SPACE, number
from hsf_kpi.swedish.words import STATUS_SHAPE, sentence_start

RIKET = "Riket"
NO_DIRECTION = "ingen riktning"
SAME = "samma plats"
OURS = (
    "Kolada säger inte vad som är bättre: riktning, kortnamn och område är vår indelning. Lika värden delar plats, och"
    " riket är ingen region."
)
MOVEMENT = (
    "Förflyttning i antal platser: plus är en bättre plats. Den räknas från det första år då minst"
    f" {FEWEST} regioner har ett värde; finns det färre nu sägs ingen (vår konvention)."
)
CHANGE = "Ändring mot året före är i måttenheten, av procent i procentenheter."
NO_MONTH = "Den valda månaden begränsar inte åren här: alla publicerade år visas."


def value_text(value: Fraction | None, figure: KeyFigure) -> str:
    """«77,6 %», «36 311,6»; "" for none. The other units stand in a column or the caption."""
    if value is None:
        return ""
    text = number(value, figure.decimals)
    return f"{text}{SPACE}%" if figure.is_share else text


def told_value(value: Fraction, figure: KeyFigure) -> str:
    """In a sentence: «77,6 %», «15,3 per 100 000 invånare»."""
    text = value_text(value, figure)
    rest = figure.unit.removeprefix("procent").strip() if figure.is_share else figure.unit
    return f"{text} {rest}" if rest else text


def place_text(place: Place | None) -> str:
    """«3 av 21», «delad 3 av 21»; "" for none."""
    if place is None:
        return ""
    return f"{'delad ' if place.shared else ''}{place.place}{SPACE}av{SPACE}{place.of}"


def places_words(count: int) -> str:
    """«1 plats», «4 platser»"""
    return f"{number(count, 0)}{SPACE}{'plats' if count == 1 else 'platser'}"


def moved_text(found: Standing) -> str:
    """«+4 platser sedan 2016», «−1 plats sedan 2019», «samma plats som 2016»; "" where nothing can be compared."""
    if not found.moved or found.earlier is None:
        return moved_cell(found)
    moved = places_words(abs(found.moved))
    return f"{'+' if found.moved > 0 else MINUS}{moved} sedan {found.earlier.year}"


def moved_cell(found: Standing) -> str:
    """The same under a heading that says what it counts: «+4 sedan 2016»."""
    if found.moved is None or found.earlier is None:
        return ""
    if found.moved == 0:
        return f"{SAME} som {found.earlier.year}"
    return f"{number(found.moved, 0, sign=True)} sedan {found.earlier.year}"


def change_text(found: Standing, figure: KeyFigure) -> str:
    """Since the year before, in the unit of measure: «+5,2»; "" where that year has no value."""
    if found.changed is None:
        return ""
    return number(found.changed, figure.decimals, sign=True)


def national_text(found: Standing, direction: Direction) -> str:
    """«● bättre», «■ sämre», «◆ lika»; "" where it can't be said."""
    if found.national is None or direction not in (Direction.UP, Direction.DOWN):
        return ""
    if found.better is None:
        return f"{STATUS_SHAPE[Status.NEAR]}{SPACE}lika"
    status, word = (Status.MET, "bättre") if found.better else (Status.MISSED, "sämre")
    return f"{STATUS_SHAPE[status]}{SPACE}{word}"


def regions_words(ids: Iterable[str], names: Mapping[str, str]) -> str:
    """«Halland, Kalmar och Jönköpings län»"""
    return listed([names[one] for one in ids])


def none_or(count: int) -> str:
    """How many of a neuter: «inget», «ett», «tre», «36»"""
    return how_many(count) if count > 1 else ("inget", "ett")[count]


def key_figures_words(count: int) -> str:
    return f"{how_many(count)} nyckeltal"


def value_heading(figure: KeyFigure) -> str:
    """Of a column of its values: a unit of ours stands beside them and in the heading of a file, another is said here."""
    return "Värde" if figure.unit_of_measure else sentence_start(figure.unit)


def source_words(figures: Sequence[KeyFigure], source: str) -> str:
    """«Källa: Kolada, Hälso- och sjukvårdsbarometern.»; of series from several registers where all are kept."""
    registers = unique(figure.register for figure in figures)
    if len(registers) != 1:
        return f"Källa: {source}."
    return f"Källa: Kolada, {registers[0]}."
