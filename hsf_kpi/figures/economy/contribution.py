"""Who makes the deviation: a bar for each unit below, worst first; the deficit provision apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hsf_kpi.analysis.economy.types import Contribution, Yardstick
from hsf_kpi.figures.economy.contribution_lines import APART, BEST, OTHER, OWN, WORST, Line, lines_of
from hsf_kpi.figures.economy.contribution_words import caption_of, help_of, sentence_of, titles_of
from hsf_kpi.figures.economy.words import as_mnkr, months_words, source_line, told
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Mark, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import Origin, Sex, UnitOfMeasure
from hsf_kpi.swedish.words import SEX_WORD

__all__ = ["APART", "BEST", "OTHER", "OWN", "WORST", "contribution_figure", "row_units"]

SLUG = "vem-avviker"


def contribution_figure(
    contribution: Contribution,
    names: Mapping[str, str],
    *,
    context: Context,
    origins: frozenset[Origin],
    source: str,
    own_budget: bool,
    plural: str = "verksamheter",
) -> Figure:
    """A row for each unit, then the provision; they add up as shown. `row_units` tells the unit of each.

    own_budget: the zero line is called «egen budget», else «budget». plural: what the units are called («kliniker»).
    """
    lines, found = lines_of(contribution, names)
    period = months_words(contribution.months)
    context = replace(context, period=period, sex=SEX_WORD[Sex.ALL])
    unit, against = UnitOfMeasure.MNKR, _against(contribution, own_budget)
    return Figure(
        kind=FigureKind.CONTRIBUTION,
        slug=SLUG,
        title=fitting(titles_of(contribution, lines, found, plural)),
        caption=caption_of(contribution, context, against),
        context=context,
        columns=(
            Column("name", "Verksamhet", Role.LABEL),
            Column("unit", "Id", Role.NOTE),
            Column("actual", "Utfall", Role.OUTCOME, unit, 1),
            Column("actual_text", "Utfall", Role.TEXT),
            Column("against", _heading(contribution), Role.BUDGET, unit, 1),
            Column("against_text", _heading(contribution), Role.TEXT),
            Column("deviation", "Avvikelse", Role.CHANGE, unit, 1),
            Column("shown", "Avvikelse", Role.CHANGE, unit, 1),
            Column("deviation_text", "Avvikelse", Role.TEXT),
            Column("mark", "Del av fyndet", Role.STATUS),
        ),
        rows=tuple(_row(line) for line in lines),
        sentence=sentence_of(contribution, lines, context, against),
        source=source_line(source),
        origins=origins,
        marks=(Mark(Role.BUDGET, against, 0.0, 0.0),),
        help=help_of(contribution, lines),
        unit=unit,
        decimals=1,
        empty="" if lines else f"Det finns inga verksamheter under {context.unit} att visa.",
        options={
            "shown": "name,actual_text,against_text,deviation_text",
            "file": "name,actual,against,deviation",
            "month": contribution.months[-1].iso if contribution.months else "",
        },
    )


def _row(line: Line) -> tuple[Value, ...]:
    return (
        line.name, line.unit, as_mnkr(line.actual), told(line.actual), as_mnkr(line.against), told(line.against),
        as_mnkr(line.amount), as_mnkr(line.told), line.text, line.mark,
    )  # fmt: skip


def _against(contribution: Contribution, own_budget: bool) -> str:
    if contribution.yardstick is Yardstick.LAST_YEAR:
        return "föregående år"
    return "egen budget" if own_budget else "budget"


def _heading(contribution: Contribution) -> str:
    return "Föregående år" if contribution.yardstick is Yardstick.LAST_YEAR else "Budget"


def row_units(figure: Figure) -> tuple[str, ...]:
    """The unit of each row, "" for «Övriga verksamheter»; the provision's is the unit that carries it."""
    return tuple(str(record["unit"]) for record in records(figure))
