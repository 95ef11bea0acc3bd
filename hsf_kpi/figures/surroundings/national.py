"""The plan's targets «Bättre än riks snittet», year by year: met, missed, or not to be judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hsf_kpi.analysis.judge import judge
from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.words import listed
from hsf_kpi.figures.figure import Column, Context, Figure, Role
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.grids import BETTER, NONE, WORSE, Cell, grid_figure
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.shape import unique
from hsf_kpi.figures.surroundings.words import NO_MONTH, source_words
from hsf_kpi.model.codes import Origin, Status
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.surroundings import KeyFigure
from hsf_kpi.model.target import Target
from hsf_kpi.swedish.numbers import DASH
from hsf_kpi.swedish.words import STATUS_WORD, sentence_start

TONE: Mapping[Status, str] = {Status.MET: BETTER, Status.MISSED: WORSE, Status.NOT_ASSESSABLE: NONE}
EMPTY = "Planen har inget mål ”bättre än rikssnittet” med en öppen serie att pröva mot."


@dataclass(frozen=True)
class Against:
    """A measure with such a target, and its public series: the own region's values and the country's, by year."""

    measure: Measure
    target: Target
    figure: KeyFigure
    own: Mapping[int, Fraction]
    national: Mapping[int, Fraction]

    def status(self, year: int) -> Status:
        """The target held against that year's values, whatever year it is set for."""
        value, compared = self.own.get(year), self.national.get(year)
        if value is None or compared is None:
            return Status.NOT_ASSESSABLE
        return judge(self.target, value, compared=compared, direction=self.measure.direction).status


def years_of(found: Sequence[Against]) -> list[int]:
    known = {year for one in found for year in (*one.own, *one.national)}
    return list(range(min(known), max(known) + 1)) if known else []


def national_grid(found: Sequence[Against], source: str, *, region: str, context: Context) -> Figure:
    """A row for each measure in the plan's order, a column for each year."""
    years = years_of(found)
    decimals = max((one.figure.decimals for one in found), default=0)
    aims = sorted({one.target.year for one in found})
    span = f"{years[0]}{DASH}{years[-1]}" if years else ""
    return grid_figure(
        slug="omvarld-battre-an-riket",
        title=fitting(_grid_titles(found)),
        caption=f"Planens mål ”{found[0].target.wording}”, prövade år för år, {region} mot riket {span}."
        if found
        else "Planens mål mot rikssnittet.",
        context=replace(context, period=span),
        cells=[_cell(one, year) for one in found for year in years],
        rows=[one.measure.short_name for one in found],
        columns=[str(year) for year in years],
        row_notes=[one.measure.name for one in found],
        row_title="Nyckeltal",
        column_title="År",
        tones={TONE[status]: STATUS_WORD[status] for status in TONE},
        more_columns=(
            Column("own", region, Role.OUTCOME, decimals=decimals),
            Column("national", "Riket", Role.NATIONAL, decimals=decimals),
        ),
        sentence=_sentence(found),
        source=sentences(
            source_words([one.figure for one in found], source),
            f"Mål: {'; '.join(unique(one.target.source for one in found))}." if found else "",
        ),
        origins={Origin.PUBLISHED} if found else (),
        help=sentences(
            f"● {STATUS_WORD[Status.MET]}, ■ {STATUS_WORD[Status.MISSED]}, ○ {STATUS_WORD[Status.NOT_ASSESSABLE]}:"
            " värdet för regionen eller riket saknas.",
            f"Målet är satt för {listed([str(year) for year in aims])}; övriga år prövas på samma sätt men är inga"
            " mål i planen."
            if aims
            else "",
            "Lika med riket når inte målet.",
            NO_MONTH,
        ),
        empty=EMPTY,
    )


def _cell(one: Against, year: int) -> Cell:
    own, national = one.own.get(year), one.national.get(year)
    values = tuple(None if value is None else float(value) for value in (own, national))
    return Cell(one.measure.short_name, str(year), TONE[one.status(year)], more=values)


def national_titles(found: Sequence[Against]) -> Iterator[str]:
    """The page's: «Alla fyra mål uppnås 2025; Förtroende vårdcentral uppnåddes inte 2022», and shorter ones."""
    judged = [year for year in years_of(found) if _with(found, year, Status.MET, Status.MISSED)]
    if not judged:
        yield "Målen mot rikssnittet kan inte prövas"
        return
    year = judged[-1]
    all_ = _with(found, year, Status.MET, Status.MISSED)
    met, missed = _with(found, year, Status.MET), _with(found, year, Status.MISSED)
    # «mål uppnås 2025»; «mål som kan prövas 2026 uppnås» where the others have no value yet.
    verb = f"uppnås {year}" if len(all_) == len(found) else f"som kan prövas {year} uppnås"
    if missed:
        if len(all_) == 1:
            yield f"Målet uppnås inte {year}" if len(found) == 1 else f"Det enda mål {verb} inte"
            return
        said = f"{how_many(len(met), capital=True)} av {how_many(len(all_))} mål {verb}"
        yield f"{said}; {_names(missed)} uppnås inte"
        yield said
        return
    said = f"Alla {how_many(len(all_))} mål {verb}" if len(all_) > 1 else f"Det enda mål {verb}"
    said = f"Målet uppnås {year}" if len(found) == 1 else said
    earlier = next((y for y in reversed(judged[:-1]) if _with(found, y, Status.MISSED)), None)
    if earlier is not None:
        yield f"{said}; {_names(_with(found, earlier, Status.MISSED))} uppnåddes inte {earlier}"
        yield f"{said}; senast ett mål missades var {earlier}"
    yield said


def _grid_titles(found: Sequence[Against]) -> Iterator[str]:
    """«Förtroende vårdcentral var inte bättre än riket 6 av 10 år»: of the target that is missed the most."""
    years = years_of(found)
    missed = {
        one.measure.short_name: sum(one.status(year) is Status.MISSED for year in years) for one in found
    }
    most = max(missed.values(), default=0)
    if not found or not most:
        yield "Alla mål uppnåddes alla år som kan prövas" if found else "Inga mål prövas mot riket"
        return
    names = [name for name, count in missed.items() if count == most]
    judged = max(
        sum(one.status(year) is not Status.NOT_ASSESSABLE for year in years)
        for one in found
        if one.measure.short_name in names
    )
    said = f"var inte bättre än riket {most} av {judged} år"
    yield f"{listed(names)} {said}"
    yield f"{how_many(len(names), capital=True)} nyckeltal {said}"


def _with(found: Sequence[Against], year: int, *statuses: Status) -> list[Against]:
    return [one for one in found if one.status(year) in statuses]


def _names(found: Sequence[Against]) -> str:
    """«Förtroende sjukhus och Rimlig väntetid sjukhus» as in running text."""
    return listed([one.measure.short_name[:1].lower() + one.measure.short_name[1:] for one in found])


def _sentence(found: Sequence[Against]) -> str:
    parts = [f"Tabell med {how_many(len(found))} mål och {how_many(len(years_of(found)))} år."]
    for one in found:
        missed = [str(year) for year in years_of(found) if one.status(year) is Status.MISSED]
        said = (
            f"målet uppnåddes inte {listed(missed)}" if missed else "målet uppnåddes alla år som kan prövas"
        )
        parts.append(f"{sentence_start(one.measure.short_name)}: {said}.")
    return sentences(*parts)
