"""The register of HoS 2029 as figures: which activity depends on which, the risks, every version of its lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from hsf_kpi.analysis.transformation import ActivityState
from hsf_kpi.figures.dialogue.words import day, one_line, source_words, who
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.grids import PLAIN, WORSE, Cell, grid_figure
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.shape import slug
from hsf_kpi.figures.transformation import numbered
from hsf_kpi.figures.transformation_words import (
    OUTSIDE,
    SOURCE,
    dependency_titles,
    entry_details,
    risk_titles,
)
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.control import HIGHEST
from hsf_kpi.model.follow_up import Entry, EntryKind
from hsf_kpi.swedish.dates import month_short
from hsf_kpi.swedish.numbers import SPACE

KIND_WORD: Mapping[EntryKind, str] = MappingProxyType(
    {
        EntryKind.RESPONSIBLE: "Ansvarig",
        EntryKind.MILESTONE: "Delmål",
        EntryKind.DEPENDENCY: "Beroende",
        EntryKind.RISK: "Risk",
    }
)
STEPS = tuple(str(step) for step in range(1, HIGHEST + 1))


def dependencies_grid(
    states: Sequence[ActivityState], *, context: Context, origins: Collection[Origin]
) -> Figure:
    """Each activity that depends on something downwards, what it depends on to the right, by the activities' numbers."""
    numbers = {one.activity.id: str(at) for at, one in enumerate(states, 1)}
    met: dict[tuple[str, str], list[str]] = defaultdict(list)
    for state in states:
        for one in state.dependencies:
            other = numbers.get(one.other, OUTSIDE)
            met[numbers[state.activity.id], other].append(one_line(one.text))
    outside = any(other == OUTSIDE for _, other in met)
    depending = [one for one in states if one.dependencies]
    return grid_figure(
        slug="hos-2029-beroenden",
        title=fitting(dependency_titles(states)),
        caption=f"En aktivitet i varje rad, det den beror på i kolumnerna. Registret, {context.period}.",
        context=context,
        cells=[Cell(row, other, PLAIN, "", ("; ".join(texts),)) for (row, other), texts in met.items()],
        rows=[numbers[one.activity.id] for one in depending],
        columns=[*numbers.values(), *([OUTSIDE] if outside else [])],
        row_notes=[one.activity.name for one in depending],
        row_title="Aktivitet",
        column_title="Beror på aktivitet",
        sentence="; ".join(
            f"{row} beror på {'något utanför HoS 2029' if other == OUTSIDE else other}" for row, other in met
        )
        + ".",
        source=source_words(SOURCE, origins),
        origins=origins,
        more_columns=(Column("what", "Vad", Role.TEXT),),
        help=_key_to(states, outside),
    )


def risk_grid(states: Sequence[ActivityState], *, context: Context, origins: Collection[Origin]) -> Figure:
    """Konsekvens downwards from the highest, sannolikhet to the right; in a cell its risktal and how many risks."""
    met: dict[tuple[int, int], list[tuple[str, Entry]]] = defaultdict(list)
    for state in states:
        for one in state.risks:
            met[one.consequence or 0, one.likelihood or 0].append((state.activity.name, one))
    most = max(consequence * likelihood for consequence, likelihood in met)
    cells = [
        Cell(
            str(consequence),
            str(likelihood),
            WORSE if consequence * likelihood == most else PLAIN,
            f"{consequence * likelihood}: {_risks(len(found))}",
            ("; ".join(f"{name}: {one_line(one.text)}" for name, one in found),),
        )
        for (consequence, likelihood), found in sorted(met.items(), reverse=True)
    ]
    return grid_figure(
        slug="hos-2029-riskmatris",
        title=fitting(risk_titles(states)),
        caption=f"Risktal = sannolikhet × konsekvens. Registret, {context.period}.",
        context=context,
        cells=cells,
        rows=tuple(reversed(STEPS)),
        columns=STEPS,
        row_title="Konsekvens",
        column_title="Sannolikhet",
        cell_title="Risktal och antal",
        tones={WORSE: "högst risktal"},
        sentence="Matris, konsekvens mot sannolikhet: "
        + "; ".join(
            f"risktal {c * s}, {_risks(len(found))}" for (c, s), found in sorted(met.items(), reverse=True)
        )
        + ".",
        source=source_words(SOURCE, origins),
        origins=origins,
        more_columns=(Column("which", "Vilka", Role.TEXT),),
    )


def risks_table(states: Sequence[ActivityState], *, context: Context, origins: Collection[Origin]) -> Figure:
    """A row for each risk, the highest risktal first."""
    found = sorted(
        ((one.activity.name, risk) for one in states for risk in one.risks),
        key=lambda pair: -(pair[1].risk_value or 0),
    )
    count = len(found)
    return Figure(
        kind=FigureKind.TABLE,
        slug="hos-2029-risker",
        title="En risk är registrerad"
        if count == 1
        else f"{how_many(count, capital=True)} risker är registrerade",
        caption=f"Riskerna i aktiviteterna, högst risktal först. Registret, {context.period}.",
        context=context,
        columns=(
            Column("activity", "Aktivitet", Role.LABEL),
            Column("text", "Risk", Role.TEXT),
            Column("likelihood", "Sannolikhet", Role.COUNT),
            Column("consequence", "Konsekvens", Role.COUNT),
            Column("value", "Risktal", Role.COUNT),
            Column("month", "Gäller", Role.TEXT),
        ),
        rows=tuple(
            (
                name,
                one_line(one.text),
                one.likelihood,
                one.consequence,
                one.risk_value,
                month_short(one.month),
            )
            for name, one in found
        ),
        sentence=f"Tabell med {_risks(count)}: aktivitet, risk, sannolikhet, konsekvens och risktal.",
        source=source_words(SOURCE, origins),
        origins=frozenset(origins),
        options={
            "shown": "activity,text,likelihood,consequence,value,month",
            "file": "activity,text,likelihood,consequence,value,month",
        },
    )


def lines_table(
    versions: Sequence[Entry],
    activity: str,
    name: str,
    names: Mapping[str, str],
    *,
    context: Context,
    origins: Collection[Origin],
) -> Figure:
    """Every version of the lines of an activity, the newest first. names: activity → as people read it."""
    return Figure(
        kind=FigureKind.TABLE,
        slug=slug(f"hos-2029-register-{activity}"),
        title="Registret har inga rader om aktiviteten än"
        if not versions
        else f"Registret om aktiviteten har ändrats {_times(len(versions))}",
        caption=f"{name}. Allt som förts in i registret, det senaste först.",
        context=context,
        columns=(
            Column("month", "Gäller", Role.LABEL),
            Column("kind", "Slag", Role.TEXT),
            Column("text", "Rad", Role.TEXT),
            Column("details", "Uppgifter", Role.TEXT),
            Column("change", "Ändring", Role.TEXT),
            Column("who", "Förd av", Role.TEXT),
            Column("when", "Förd", Role.TEXT),
            Column("number", "Radnummer", Role.COUNT),
        ),
        rows=tuple(
            (
                month_short(one.month),
                KIND_WORD[one.kind],
                one_line(one.text),
                entry_details(one, names),
                _change(one),
                who(one.written),
                day(one.written),
                one.number,
            )
            for one in versions
        ),
        sentence=f"Tabell med {how_many(len(versions))} rader om {name}: månad, slag, text, av vem och när.",
        source=source_words(SOURCE, origins),
        origins=frozenset(origins),
        empty="" if versions else f"Inget är infört om aktiviteten till och med {context.period}.",
        options={
            "shown": "month,kind,text,details,change,who,when",
            "file": "month,number,kind,text,details,change,who,when",
        },
    )


def _key_to(states: Sequence[ActivityState], outside: bool) -> str:
    """«1 Närakut i Köping, 2 …; U utanför HoS 2029.»"""
    every = ", ".join(numbered(at, one.activity) for at, one in enumerate(states, 1))
    return f"{every}{f'; {OUTSIDE}{SPACE}utanför HoS 2029' if outside else ''}."


def _change(one: Entry) -> str:
    if one.removed:
        return "borttagen"
    return "ny" if one.written is None or one.written.version == 1 else "ändrad"


def _risks(count: int) -> str:
    return "en risk" if count == 1 else f"{how_many(count)} risker"


def _times(count: int) -> str:
    return "en gång" if count == 1 else f"{how_many(count)} gånger"
