"""Targets and baselines: what they must mean with their measures, and the model objects made of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from hsf_kpi.ingest.definitions.reading import MeasureFile
from hsf_kpi.ingest.definitions.shapes import BaselineShape, TargetShape, TargetsShape
from hsf_kpi.model.codes import Direction, Sex
from hsf_kpi.model.period import MONTHLY_WINDOWS, Period, Window
from hsf_kpi.model.problems import Problem
from hsf_kpi.model.target import Baseline, Target, TargetKind

_K = TargetKind
_UPWARD = {_K.AT_LEAST, _K.ABOVE, _K.AMOUNT_AT_LEAST, _K.ON_BUDGET, _K.MORE_THAN_LAST_YEAR}
_DOWNWARD = {_K.AT_MOST, _K.BELOW, _K.LESS_THAN_LAST_YEAR, _K.LESS_THAN_FIXED_YEAR}
_END_MONTH = {Window.TERTIAL_1: 4, Window.TERTIAL_2: 8, Window.YEAR: 12, Window.TWO_YEARS: 12}

TargetFiles = Sequence[tuple[str, TargetsShape]]


def build_targets(files: TargetFiles) -> Mapping[str, list[Target]]:
    """Measure key → its targets, by year."""
    found: defaultdict[str, list[Target]] = defaultdict(list)
    for _, file in sorted(files, key=lambda named: named[1].year):
        for t in file.target:
            found[t.measure].append(
                Target(
                    file.year, t.kind, t.wording, t.source or file.source, t.low, t.high, t.fixed_year, t.sex
                )
            )
    return found


def build_baselines(files: TargetFiles) -> Mapping[str, list[Baseline]]:
    """Measure key → its baselines, in the order of the files."""
    found: defaultdict[str, list[Baseline]] = defaultdict(list)
    for _, file in sorted(files, key=lambda named: named[1].year):
        for b in file.baseline:
            period = Period(b.end, b.window) if b.end is not None and b.window is not None else None
            source = b.source or file.source
            found[b.measure].append(
                Baseline(b.label, b.wording, b.sex, b.value, b.decimals, period, b.kind, source, b.note)
            )
    return found


def check_targets(
    files: TargetFiles,
    measures: Sequence[MeasureFile],
    *,
    measures_complete: bool,
    complete: bool,
    changes: Collection[str] = (),
) -> list[Problem]:
    """Everything that is wrong. What may hang together with an unreadable file is left unsaid. changes: the names of those
    of the files that hold changes to a year's file.
    """
    problems: list[Problem] = []
    by_key = {read.key: read for read in measures}
    years = Counter(file.year for name, file in files if name not in changes)
    for name, file in files:
        if years[file.year] > 1 and name not in changes:
            problems.append(
                Problem(f"Flera filer har målvärden för {file.year}.", f"{name}: year", "Ha en fil per år.")
            )
        seen = Counter((t.measure, t.sex) for t in file.target)
        for target in file.target:
            where = f"{name}: target[{target.measure}]"
            if seen[target.measure, target.sex] > 1:
                problems.append(
                    Problem("Nyckeltalet har flera målvärden för samma år.", where, "Behåll ett av dem.")
                )
            problems += _check_bounds(target, file.year, where)
            problems += _check_measure(target, by_key, measures_complete, where)
            if target.measure in by_key:
                problems += _check_direction(target, by_key[target.measure], where)
        same = Counter((b.measure, b.sex, b.window, b.end, b.kind) for b in file.baseline)
        for baseline in file.baseline:
            where = f"{name}: baseline[{baseline.measure}]"
            if same[baseline.measure, baseline.sex, baseline.window, baseline.end, baseline.kind] > 1:
                problems.append(
                    Problem("Nyckeltalet har flera nuvärden för samma period.", where, "Behåll ett av dem.")
                )
            problems += _check_measure(baseline, by_key, measures_complete, where)
            problems += _check_period(baseline, by_key.get(baseline.measure), where)
    if complete:
        targeted = {t.measure for _, file in files for t in file.target}
        problems += [
            Problem(
                f"Planens rad {read.shape.row} (”{read.key}”) saknar målvärde.",
                f"{read.where}row",
                "Lägg till ett målvärde i targets/ eller ta bort radnumret.",
            )
            for read in measures
            if read.shape.row is not None and read.key not in targeted
        ]
    return problems


def _check_measure(
    read: TargetShape | BaselineShape, by_key: Mapping[str, MeasureFile], complete: bool, where: str
) -> Iterator[Problem]:
    measure = by_key.get(read.measure)
    if measure is None:
        if complete:
            yield Problem(
                f"Nyckeltalet ”{read.measure}” finns inte.",
                f"{where}.measure",
                "Rätta id eller lägg till nyckeltalet.",
            )
    elif read.sex is not Sex.ALL and not measure.shape.by_sex:
        yield Problem(
            "Nyckeltalet redovisas inte per kön.", f"{where}.sex", "Ta bort kön eller ändra by_sex."
        )


def _check_bounds(target: TargetShape, year: int, where: str) -> Iterator[Problem]:
    kind = target.kind
    for field, value, needed in (
        ("low", target.low, kind.needs_low),
        ("high", target.high, kind.needs_high),
        ("fixed_year", target.fixed_year, kind is _K.LESS_THAN_FIXED_YEAR),
    ):
        if needed and value is None:
            yield Problem(f"Målet ”{kind.value}” behöver {field}.", f"{where}.{field}", "Lägg till värdet.")
        elif not needed and value is not None:
            yield Problem(f"Målet ”{kind.value}” har inget {field}.", f"{where}.{field}", "Ta bort värdet.")
    if target.low is not None and target.high is not None and target.low >= target.high:
        yield Problem("Den nedre gränsen är inte lägre än den övre.", f"{where}.low", "Rätta gränserna.")
    if target.fixed_year is not None and target.fixed_year >= year:
        yield Problem(
            f"Jämförelseåret {target.fixed_year} är inte före målets år {year}.",
            f"{where}.fixed_year",
            "Ange ett tidigare år.",
        )


def contradicts(kind: TargetKind, direction: Direction) -> bool:
    """Whether a target of that kind can't belong to a measure of that direction."""
    return (
        (kind in _UPWARD and direction in (Direction.DOWN, Direction.BAND))
        or (kind in _DOWNWARD and direction in (Direction.UP, Direction.BAND))
        or (kind is _K.BETWEEN and direction is not Direction.BAND)
        or (kind is _K.BETTER_THAN_NATIONAL and direction in (Direction.BAND, Direction.NONE))
    )


def _check_direction(target: TargetShape, measure: MeasureFile, where: str) -> Iterator[Problem]:
    """A target that calls for more can't belong to a measure where less is better, and so on."""
    kind, direction = target.kind, measure.shape.direction
    if contradicts(kind, direction):
        yield Problem(
            f"Målet ”{kind.value}” motsäger riktningen ”{direction.value}” i {measure.file}.",
            f"{where}.kind",
            "Rätta målets slag (kind) eller nyckeltalets riktning (direction).",
        )


def _check_period(baseline: BaselineShape, measure: MeasureFile | None, where: str) -> Iterator[Problem]:
    window, end = baseline.window, baseline.end
    if (window is None) != (end is None):
        field = "window" if window is None else "end"
        yield Problem(
            "Perioden är ofullständig.", f"{where}.{field}", "Ange både window och end, eller ingen av dem."
        )
        return
    if window is None or end is None:
        return
    month = _END_MONTH.get(window)
    if month is not None and end.number != month:
        yield Problem(
            f"Perioden ”{window.value}” kan inte sluta {end}.",
            f"{where}.end",
            f"Den slutar alltid i månad {month:02d}.",
        )
    if measure is None:
        return
    possible = set(measure.shape.measured)
    if Window.MONTH in possible:
        possible |= set(MONTHLY_WINDOWS)
    if window not in possible:
        yield Problem(
            f"Nyckeltalet mäts inte för perioden ”{window.value}”.",
            f"{where}.window",
            f"Välj ett av: {', '.join(sorted(w.value for w in possible))}.",
        )
