"""The register of decided moves (beslutade omflyttningar): which decision, how it is financed, from where to where."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from hsf_kpi.figures.captions import caption
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.register import Move
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import number
from hsf_kpi.swedish.words import ORIGIN_WORD

OUTSIDE = "verksamhet utanför behörigheten"


def moves_table(
    moves: Sequence[Move], names: Mapping[str, str], *, context: Context, origins: Collection[Origin]
) -> Figure:
    """A row for each decided move, newest first. names: unit id → name, of those that may be seen."""
    title = _title(moves)
    sources = ", ".join(sorted(ORIGIN_WORD[origin] for origin in origins))
    return Figure(
        kind=FigureKind.TABLE,
        slug="beslutade-omflyttningar",
        title=title,
        caption=caption("Beslutade omflyttningar, antal medarbetare", context, view=""),
        context=context,
        columns=(
            Column("month", "Månad", Role.LABEL),
            Column("parts", "Från och till", Role.TEXT),
            Column("net", "Netto", Role.COUNT),
            Column("reference", "Beslut", Role.TEXT),
            Column("financed", "Finansiering", Role.TEXT),
            Column("note", "Anmärkning", Role.NOTE),
        ),
        rows=tuple(
            (
                month_text(move.month),
                _parts(move, names),
                move.net,
                move.reference,
                move.financed or "saknas, räknas inte",
                move.note,
            )
            for move in moves
        ),
        sentence=f"Tabell med {len(moves)} {'omflyttning' if len(moves) == 1 else 'omflyttningar'}. {title}.",
        source=f"Källa: registret över beslutade omflyttningar{f' ({sources})' if sources else ''}.",
        origins=frozenset(origins),
        help="En beslutad och finansierad omflyttning är varken ökning eller minskning: den går jämnt ut.",
    )


def _title(moves: Sequence[Move]) -> str:
    unpaid, count = sum(not move.financed for move in moves), len(moves)
    if not moves:
        return "Inga omflyttningar är beslutade"
    if count == 1:
        return f"En omflyttning är beslutad {'men saknar finansiering' if unpaid else 'och finansierad'}"
    many = how_many(count, capital=not unpaid)
    if not unpaid:
        return f"{many} omflyttningar är beslutade och finansierade"
    return f"{how_many(unpaid, capital=True)} av {many} beslutade omflyttningar saknar finansiering"


def _parts(move: Move, names: Mapping[str, str]) -> str:
    """«−6 Medicinkliniken, +6 Närsjukvård Öst», those who give first."""
    ordered = sorted(move.parts, key=lambda part: part.persons)
    return ", ".join(f"{number(p.persons, 0, sign=True)} {names.get(p.unit, OUTSIDE)}" for p in ordered)
