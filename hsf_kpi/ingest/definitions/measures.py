"""The indicators' definitions: their meaning beside plan and organisation, and the measures made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from hsf_kpi.ingest.definitions.derived import build_derivation
from hsf_kpi.ingest.definitions.reading import MeasureFile
from hsf_kpi.ingest.definitions.shapes import ExternalShape, PlanShape
from hsf_kpi.model.measure import Definition, ExternalSeries, Measure, Tolerance
from hsf_kpi.model.organisation import Unit
from hsf_kpi.model.period import MEASURED_WINDOWS, Window
from hsf_kpi.model.problems import Problem
from hsf_kpi.model.target import Baseline, Target

TAG = "tag:"


def build_measure(read: MeasureFile, targets: Sequence[Target], baselines: Sequence[Baseline]) -> Measure:
    shape = read.shape
    text = shape.definition
    return Measure(
        key=read.key,
        indicator=read.indicator,
        part=read.part,
        name=shape.name,
        short_name=shape.short_name,
        row=shape.row,
        goal_area=shape.goal_area,
        goal=shape.goal,
        definition=Definition(text.what, text.why, text.numerator, text.denominator, text.note),
        unit_of_measure=shape.unit_of_measure,
        direction=shape.direction,
        aggregation=shape.aggregation,
        scale=shape.scale,
        decimals=shape.decimals,
        by_sex=shape.by_sex,
        applies_to=tuple(shape.applies_to),
        measured_at=tuple(shape.measured_at),
        reporting=shape.reporting,
        measured=tuple(shape.measured),
        due_day=shape.due_day,
        persons=shape.persons,
        threshold=shape.threshold,
        person_hours=shape.person_hours,
        tolerance=Tolerance(shape.tolerance.amount, shape.tolerance.relative) if shape.tolerance else None,
        source=shape.source,
        targets=tuple(targets),
        baselines=tuple(baselines),
        external=tuple(ExternalSeries(x.register_, x.id, x.role, x.note, x.window) for x in shape.external),
        related=tuple(shape.related),
        component_unit=shape.component_unit,
        subject=shape.subject,
        threshold_by_sex=shape.threshold_by_sex,
        sources_note=shape.sources_note,
        derived=build_derivation(shape.derived),
        counted=shape.counted,
        counted_unit=shape.counted_unit,
    )


def check_plan(plan: PlanShape, file: str) -> list[Problem]:
    counts = Counter(area.id for area in plan.goal_area)
    return [
        Problem(
            f"Målområdet ”{area}” står {count} gånger.",
            f"{file}: goal_area[{area}].id",
            "Ge varje målområde ett eget id.",
        )
        for area, count in counts.items()
        if count > 1
    ]


def check_measures(
    measures: Sequence[MeasureFile],
    *,
    complete: bool,
    plan: PlanShape | None,
    units: Mapping[str, Unit] | None,
    series: Mapping[str, Collection[str]],
) -> list[Problem]:
    """Everything that is wrong with them together.

    `complete` is False when a file could not be read: then nothing is said about rows and measures that seem
    to be missing. plan, units: None when unreadable. series: register → known ids, where the list is at hand.
    """
    problems: list[Problem] = []
    keys = Counter(read.key for read in measures)
    for read in measures:
        where = read.where
        if keys[read.key] > 1:
            problems.append(
                Problem(
                    f"Nyckeltalet ”{read.key}” finns flera gånger.",
                    f"{where}id",
                    "Ge varje nyckeltal ett eget id.",
                )
            )
        problems += _check_windows(read)
        if plan is not None:
            problems += _check_goal(read, plan)
        if units is not None:
            problems += _check_places(read, units)
        if complete:
            problems += _check_related(read, keys)
        problems += _check_parts(read)
        problems += _check_series(read, series)
    problems += _check_rows(measures, complete)
    return problems


def _check_goal(read: MeasureFile, plan: PlanShape) -> Iterator[Problem]:
    area = next((area for area in plan.goal_area if area.id == read.shape.goal_area), None)
    if area is None:
        yield Problem(
            f"Målområdet ”{read.shape.goal_area}” finns inte.",
            f"{read.where}goal_area",
            f"Välj ett av: {', '.join(area.id for area in plan.goal_area)}.",
        )
    elif read.shape.goal not in area.goals:
        yield Problem(
            f"Målet ”{read.shape.goal}” finns inte i målområdet ”{area.id}”.",
            f"{read.where}goal",
            "Skriv målet ordagrant som i plan.toml.",
        )


def _check_places(read: MeasureFile, units: Mapping[str, Unit]) -> Iterator[Problem]:
    tags = {tag for unit in units.values() for tag in unit.tags}
    for field in ("applies_to", "measured_at"):
        for place in getattr(read.shape, field):
            if place.startswith(TAG):
                if place.removeprefix(TAG) not in tags:
                    yield Problem(
                        f"Ingen enhet har taggen ”{place.removeprefix(TAG)}”.",
                        f"{read.where}{field}",
                        "Rätta taggen eller ge den till en enhet i organisation.toml.",
                    )
            elif place not in units:
                yield Problem(
                    f"Enheten ”{place}” finns inte.",
                    f"{read.where}{field}",
                    "Rätta id eller lägg till enheten i organisation.toml.",
                )


def _check_windows(read: MeasureFile) -> Iterator[Problem]:
    measured = read.shape.measured
    for window in measured:
        if window not in MEASURED_WINDOWS:
            yield Problem(
                f"”{window.value}” beräknas och kan inte mätas.",
                f"{read.where}measured",
                f"Välj bland: {', '.join(w.value for w in MEASURED_WINDOWS)}.",
            )
    if len(set(measured)) < len(measured):
        yield Problem("Samma period står flera gånger.", f"{read.where}measured", "Ta bort dubbletten.")


def _check_related(read: MeasureFile, keys: Collection[str]) -> Iterator[Problem]:
    for key in read.shape.related:
        if key not in keys:
            yield Problem(f"Nyckeltalet ”{key}” finns inte.", f"{read.where}related", "Rätta id.")
        elif key == read.key:
            yield Problem(
                "Nyckeltalet hänvisar till sig självt.", f"{read.where}related", "Ta bort hänvisningen."
            )


def _check_parts(read: MeasureFile) -> Iterator[Problem]:
    """What is divided must say by what: the definition names the denominator."""
    if read.shape.aggregation.has_denominator and not read.shape.definition.denominator:
        yield Problem(
            f"”{read.shape.aggregation.value}” har en nämnare, men definitionen säger inte vilken.",
            f"{read.where}definition.denominator",
            "Beskriv nämnaren.",
        )
    if read.shape.tolerance is not None and read.shape.tolerance.amount <= 0:
        yield Problem(
            "Toleransen måste vara större än 0.",
            f"{read.where}tolerance.amount",
            "Rätta talet eller ta bort toleransen.",
        )


def _check_series(read: MeasureFile, series: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    outcomes = Counter(x.register_ for x in read.shape.external if x.role == "outcome")
    for register, count in outcomes.items():
        if count > 1:
            yield Problem(
                f"{count} serier i ”{register}” har rollen outcome.",
                f"{read.where}external",
                "Låt högst en serie vara utfall.",
            )
    for number, external in enumerate(read.shape.external, 1):
        yield from _check_series_window(read, external)
        known = series.get(external.register_)
        if known is not None and external.id not in known:
            yield Problem(
                f"Serien ”{external.id}” finns inte bland de publicerade i ”{external.register_}”.",
                f"{read.where}external[{external.id}].id",
                "Rätta id eller lägg till serien i published/.",
            )
        if external in read.shape.external[: number - 1]:
            yield Problem(
                f"Serien ”{external.id}” står flera gånger.", f"{read.where}external", "Ta bort dubbletten."
            )


def _check_series_window(read: MeasureFile, external: ExternalShape) -> Iterator[Problem]:
    """A monthly measure has its outcomes from the months: there, a public series is only held beside them."""
    where = f"{read.where}external[{external.id}].window"
    measured, window = read.shape.measured, external.window
    if window not in MEASURED_WINDOWS or window is Window.MONTH:
        allowed = ", ".join(w.value for w in MEASURED_WINDOWS if w is not Window.MONTH)
        yield Problem(
            f"En publicerad serie har ett värde per år, inte per ”{window.value}”.",
            where,
            f"Välj bland: {allowed}.",
        )
    elif external.role == "outcome" and window not in measured and Window.MONTH not in measured:
        yield Problem(
            f"En publicerad serie per ”{window.value}” är utfall, men nyckeltalet mäts inte så.",
            where,
            f"Lägg till {window.value} i measured eller ge serien rollen related.",
        )


def _check_rows(measures: Sequence[MeasureFile], complete: bool) -> Iterator[Problem]:
    """The plan's rows are numbered 1, 2, 3 … without gaps, each once."""
    rows: dict[int, MeasureFile] = {}
    for read in measures:
        row = read.shape.row
        if row is None:
            continue
        if row in rows:
            yield Problem(
                f"Rad {row} används också av ”{rows[row].key}”.",
                f"{read.where}row",
                "Ge varje rad ett eget nummer.",
            )
        else:
            rows[row] = read
    if not complete or not rows:
        return
    missing = sorted(set(range(1, max(rows) + 1)) - set(rows))
    if missing:
        last = rows[max(rows)]
        yield Problem(
            f"Planens rader har luckor: {', '.join(map(str, missing))} saknas.",
            f"{last.where}row",
            "Numrera raderna 1, 2, 3 … utan luckor.",
        )
