"""How the units of one kind are spread over the value axis, with the own one marked."""

from __future__ import annotations

from collections.abc import Mapping

from hsf_kpi.analysis.compare.types import Ranked, Ranking
from hsf_kpi.figures.captions import caption, measure_words, own_context, sentences, star_words
from hsf_kpi.figures.compare.words import (
    assessments_of,
    comparison_source,
    dots_words,
    has_better_way,
    name_of,
    own_row,
    place_words,
    row_text,
    way_words,
    whose,
)
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Mark, Role
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.peers import OWN, left_out_words
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.shape import latest_month, slug
from hsf_kpi.swedish.numbers import value_text
from hsf_kpi.swedish.words import sentence_start

_FIRST, _MIDDLE, _LAST = 0, 1, 2


def distribution_figure(found: Ranking, names: Mapping[str, str], *, context: Context) -> Figure:
    """A row for each unit, lowest value first. names: unit id → name, of the units within the scope."""
    measure = found.measure
    unit, decimals = measure.unit_of_measure, measure.decimals
    assessments = assessments_of(found)
    own = own_context(context, measure, [a.outcome for a in assessments])
    marks: tuple[Mark, ...] = (
        Mark(Role.MEDIAN, f"Median {value_text(found.median, measure)}", found.median, found.median),
    )
    if found.quartiles is not None:
        marks += (Mark(Role.TEXT, "mittersta hälften", *found.quartiles),)
    ordered = sorted(found.rows, key=lambda row: (row.value, row.place))
    mine = own_row(found)
    kinds = {whose(row, found.own) for row in found.rows}
    return Figure(
        kind=FigureKind.DISTRIBUTION,
        slug=f"{slug(measure.key)}-fordelning",
        title=fitting(iter(_titles(found, names))),
        caption=caption(
            f"Fördelning {found.group.words}: {measure_words(measure)}",
            context,
            period=own.period,
            view=own.view,
        ),
        context=own,
        columns=(
            Column("unit", "Verksamhetens id", Role.SERIES),
            Column("name", "Verksamhet", Role.LABEL),
            Column("value", "Värde", Role.OUTCOME, unit, decimals),
            Column("value_text", "Värde", Role.TEXT),
            Column("place", "Plats", Role.COUNT),
            Column("whose", "Vems", Role.STATUS),
        ),
        rows=tuple(
            (
                row.unit or "",
                name_of(row, names),
                row.value,
                row_text(row, measure),
                row.place,
                whose(row, found.own),
            )
            for row in ordered
        ),
        sentence=_sentence(found, names),
        source=comparison_source(measure, assessments, found.origins, targets=False),
        origins=found.origins,
        marks=marks,
        help=sentences(
            "Fältet: den mittersta hälften av verksamheterna, med medianen som streck."
            if found.quartiles
            else "",
            dots_words(kinds - {OWN}, ""),
            f"Stor fylld: {name_of(mine, names)}." if mine is not None else "",
            star_words([a.outcome for a in assessments]),
            left_out_words(found.left_out + len(found.missing)),
        ),
        unit=unit,
        decimals=decimals,
        options={
            "shown": "name,value_text,place",
            "file": "name,value,place",
            "month": latest_month(assessments),
            "better": measure.direction.value if has_better_way(measure) else "",
        },
    )


def _quarter(found: Ranking, row: Ranked) -> int | None:
    """The first, the last or the middle of the order; None where all are alike or there are too few to tell."""
    before, count = row.place - 1, len(found.rows)
    after = sum(other.place > row.place for other in found.rows)
    if found.quartiles is None or before == after == 0:
        return None
    if before + 1 <= count / 4:
        return _FIRST
    return _LAST if after + 1 <= count / 4 else _MIDDLE


def _titles(found: Ranking, names: Mapping[str, str]) -> list[str]:
    """«Kirurgkliniken ligger i den bästa fjärdedelen, plats 2 av 13», and shorter ones."""
    own = own_row(found)
    if own is None:
        return _of_the_group(found)
    name, place = name_of(own, names), place_words(found, own)
    ends = ("bästa", "sämsta") if has_better_way(found.measure) else ("lägsta", "högsta")
    quarter = _quarter(found, own)
    if quarter is None:
        return [f"{name} har {place}", sentence_start(place)]
    where = "i den mittersta hälften" if quarter == _MIDDLE else f"i den {ends[quarter // 2]} fjärdedelen"
    return [f"{name} ligger {where}, {place}", f"{name} ligger {where}", f"{sentence_start(where)}, {place}"]


def _of_the_group(found: Ranking) -> list[str]:
    if found.quartiles is not None and found.quartiles[0] != found.quartiles[1]:
        return [f"Hälften av verksamheterna ligger mellan {_quartiles(found)}"]
    return [f"Verksamheternas median är {value_text(found.median, found.measure)}"]


def _quartiles(found: Ranking) -> str:
    """«5,1 och 6,8 %»"""
    assert found.quartiles is not None
    low, high = found.quartiles
    return f"{value_text(low, found.measure, unit=False)} och {value_text(high, found.measure)}"


def _sentence(found: Ranking, names: Mapping[str, str]) -> str:
    measure, own = found.measure, own_row(found)
    values = [row.value for row in found.rows]
    told = (
        ""
        if own is None
        else f"{name_of(own, names)} har {row_text(own, measure)}, {place_words(found, own)}."
    )
    half = f", hälften ligger mellan {_quartiles(found)}" if found.quartiles else ""
    return sentences(
        f"Punkter för {how_many(len(values))} verksamheter {found.group.words} längs en värdeaxel."
        f" {measure_words(measure)}{', ' if way_words(measure) else ''}{way_words(measure)}.",
        told,
        f"Lägst {value_text(min(values), measure)}, högst {value_text(max(values), measure)},"
        f" medianen är {value_text(found.median, measure)}{half}.",
    )
