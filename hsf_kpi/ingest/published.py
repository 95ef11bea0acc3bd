"""Published figures: the public statistics in data/published and the plan's own nuvärden.

They are finished values («ready») for the whole förvaltning: shown where they are measured, never summed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions.files import label, read_text
from hsf_kpi.ingest.profiles import read_profiles
from hsf_kpi.model.aggregation import from_fixed, to_fixed
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin, Sex
from hsf_kpi.model.incoming import FileRefused
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.observation import ExternalValue, Observation
from hsf_kpi.model.period import Month, Window
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.model.profile import Profile

KOLADA = "kolada"
HOME_REGION = "0019"
"""Region Västmanland in Kolada."""
FIRST_YEAR = 2016
LAST_MONTH = {Window.TERTIAL_1: 4, Window.TERTIAL_2: 8, Window.YEAR: 12, Window.TWO_YEARS: 12}
"""The month that ends a series' window in the year that its value is published for."""

_REGIONS = "kolada_regions.csv"
_INDICATORS = "kolada_indicators.csv"
_COLUMNS = {_INDICATORS: ("kolada_id", "name", "register")}


def read_external(folder: Path, catalogue: Catalogue) -> tuple[ExternalValue, ...]:
    """Every value of every public series in data/published, all regions, read as a file that somebody loads is read.

    DataError with all problems.
    """
    # Here, since files that bring definitions are held against the published figures.
    from hsf_kpi.ingest.incoming import incoming

    path = folder / "published" / _REGIONS
    where = label(folder, path)
    if not path.is_file():
        raise DataError(Problem("Filen saknas.", where, "Återställ filen eller skapa den."))
    try:
        found = incoming(path, where, _profile(folder), catalogue)
    except FileRefused as refused:
        raise DataError(fault.problem(where) for fault in refused.faults) from None
    if found.faults:
        raise DataError(fault.problem(where) for fault in found.faults)
    return tuple(value for part in found.slices() for value in part.external)


def _profile(folder: Path) -> Profile:
    """How the file is ordered: the folder's own profile, or where it has none the one that is shipped."""
    for one in (folder, ROOT / "data"):
        for profile in read_profiles(one):
            if profile.key == KOLADA:
                return profile
    raise DataError(Problem("Källprofilen kolada saknas.", "data/profiles", "Återställ filen kolada.toml."))


def read_series(folder: Path) -> Mapping[str, str]:
    """Each public series' id and the register that Kolada has it from. DataError with all problems."""
    problems: list[Problem] = []
    registers = {row["kolada_id"]: row["register"] for _, row in _rows(folder, _INDICATORS, problems)}
    if problems:
        raise DataError(problems)
    return registers


def read_published(
    folder: Path, catalogue: Catalogue, external: Iterable[ExternalValue] | None = None
) -> tuple[Observation, ...]:
    """The published outcomes of our own measures, for the whole förvaltning. external: the public series, where they have
    been read.

    One value for each measure, unit, period and sex: where the statistics and the plan both give one, the
    statistics' decimal value stands, and the plan's rounded one must agree. DataError with all problems.
    """
    problems: list[Problem] = []
    registers = read_series(folder)
    series = read_external(folder, catalogue) if external is None else external
    observations = {_key(o): o for o in _from_series(catalogue, series, registers)}
    for measure, found, decimals in _from_baselines(catalogue):
        better = observations.setdefault(_key(found), found)
        problems += _disagreement(measure, better, found, decimals)
    if problems:
        raise DataError(problems)
    return tuple(observations.values())


def _key(o: Observation) -> tuple[str, str, Window, Month, Sex]:
    return o.measure, o.unit, o.window, o.end, o.sex


def _rows(folder: Path, name: str, problems: list[Problem]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """(line in the file, row); nothing but a problem where the file is missing or has the wrong columns."""
    path = folder / "published" / name
    where = label(folder, path)
    text = read_text(path, where)
    if isinstance(text, Problem):
        problems.append(text)
        return
    reader = csv.DictReader(io.StringIO(text, newline=None))
    missing = [column for column in _COLUMNS[name] if column not in (reader.fieldnames or ())]
    if missing:
        problems.append(
            Problem(
                f"Kolumnerna {', '.join(missing)} saknas.",
                f"{where}: rad 1",
                f"Filen ska ha kolumnerna {', '.join(_COLUMNS[name])}.",
            )
        )
        return
    for row in reader:
        # DictReader puts None as the value of what is missing, and as the key of what is too much.
        fault = "Raden har för många kolumner." if None in row else ""
        if any(row[column] is None for column in _COLUMNS[name]):
            fault = "Raden är för kort."
        if fault:
            todo = f"Raden ska ha {len(reader.fieldnames or ())} kolumner, åtskilda av komma."
            problems.append(Problem(fault, f"{where}: rad {reader.line_num}", todo))
            continue
        yield reader.line_num, row


def _from_series(
    catalogue: Catalogue, external: Iterable[ExternalValue], registers: Mapping[str, str]
) -> Iterator[Observation]:
    """The region's own values of the series that serve as outcomes of our measures, one a year.

    Not those of monthly measures: a year's value is none of their months or accumulated values.
    """
    measures = {
        x.id: (m, x.window)
        for m in catalogue.measures.values()
        for x in m.external
        if x.register == KOLADA and x.role == "outcome" and x.window in m.measured
    }
    root = catalogue.organisation.root
    for value in external:
        if value.series not in measures or value.region_id != HOME_REGION or value.year < FIRST_YEAR:
            continue
        measure, window = measures[value.series]
        yield Observation(
            measure=measure.key,
            unit=root,
            window=window,
            end=Month.of(value.year, LAST_MONTH[window]),
            sex=Sex.ALL,
            origin=Origin.PUBLISHED,
            source=f"Kolada {value.series}, {registers.get(value.series, 'Kolada')}",
            ready=value.value,
        )


def _from_baselines(catalogue: Catalogue) -> Iterator[tuple[Measure, Observation, int]]:
    """The plan's nuvärden as outcomes, with their printed decimals.

    Not those of monthly measures (a year's nuvärde is not a month's outcome), not forecasts, and not those
    whose date is no period that is measured.
    """
    root = catalogue.organisation.root
    for measure in catalogue.measures.values():
        if measure.monthly:
            continue
        for baseline in measure.baselines:
            period = baseline.period
            if baseline.value is None or period is None or baseline.kind != "outcome":
                continue
            found = Observation(
                measure=measure.key,
                unit=root,
                window=period.window,
                end=period.end,
                sex=baseline.sex,
                origin=Origin.PUBLISHED,
                source=baseline.source,
                ready=to_fixed(baseline.value),
            )
            yield measure, found, baseline.decimals


def _disagreement(
    measure: Measure, better: Observation, found: Observation, decimals: int
) -> Iterator[Problem]:
    """The statistics' decimal value stands; the plan's rounded one must be the same number, or they measure
    different things and the series can't serve as the measure's outcome."""
    assert better.ready is not None
    assert found.ready is not None
    step = Decimal(1).scaleb(-decimals)
    exact, printed = (
        Decimal(v.numerator) / Decimal(v.denominator) for v in map(from_fixed, (better.ready, found.ready))
    )
    if exact.quantize(step, ROUND_HALF_UP) != printed.quantize(step, ROUND_HALF_UP):
        yield Problem(
            f"Planen anger {printed} för {found.end.year} men {better.source} {exact}: de mäter olika saker.",
            f"{measure.key}: external",
            "Ge serien rollen related i stället för outcome.",
        )
