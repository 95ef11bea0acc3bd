"""The second step of validation: do the settings and the catalogue mean the same units, measures and
months?"""

from __future__ import annotations

from collections.abc import Iterator

from hsf_kpi.ingest.demo.block import reporting_units
from hsf_kpi.ingest.demo.dialogue import dialogue_problems
from hsf_kpi.ingest.demo.follow_ups import follow_ups_problems
from hsf_kpi.ingest.demo.ledger_check import ledger_problems
from hsf_kpi.ingest.demo.loads import load_problems
from hsf_kpi.ingest.demo.months import months_problems
from hsf_kpi.ingest.demo.registers import register_problems
from hsf_kpi.ingest.demo.settings import DemoSettings
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DefinitionError, Problem


def check(catalogue: Catalogue, settings: DemoSettings) -> None:
    """DefinitionError with every problem, in Swedish, naming file and field."""
    problems = [*_measures(catalogue, settings), *_units(catalogue, settings), *_months(settings)]
    problems += _respondents(catalogue, settings)
    problems += [*_seasons(settings), *_parts(catalogue, settings)]
    problems += ledger_problems(catalogue, settings)
    if not problems:
        problems += _segments(catalogue, settings)
        problems += register_problems(settings.registers, catalogue.organisation, settings.general.last)
        problems += dialogue_problems(catalogue, settings)
        problems += follow_ups_problems(catalogue, settings)
        problems += months_problems(settings)
        problems += load_problems(settings.loads, catalogue)
    if problems:
        raise DefinitionError(problems)


def _measures(catalogue: Catalogue, settings: DemoSettings) -> Iterator[Problem]:
    named = [("measures.toml", key, key) for key in settings.flow]
    named += [("surveys.toml", key, key) for key in settings.survey]
    named += [
        ("events.toml", f"shift[{i}].measure", s.measure) for i, s in enumerate(settings.events.shift, 1)
    ]
    for i, hole in enumerate(settings.events.hole, 1):
        named += [("events.toml", f"hole[{i}].measures", key) for key in hole.measures]
    for file, field, key in named:
        if key not in catalogue.measures:
            yield Problem(
                f"Nyckeltalet ”{key}” finns inte.",
                f"demo/{file}, fältet {field}",
                "Rätta namnet eller ta bort det.",
            )


def _respondents(catalogue: Catalogue, settings: DemoSettings) -> Iterator[Problem]:
    """What counts those who were asked must do so every month, and by sex where the survey is kept by sex."""
    for key, survey in settings.survey.items():
        name, asked = survey.respondents_from, catalogue.measures.get(survey.respondents_from or "")
        by_sex = key in catalogue.measures and catalogue.measures[key].by_sex
        counts = asked is not None and asked.monthly and (asked.by_sex or not by_sex)
        if name is not None and not (counts and name in settings.flow):
            yield Problem(
                f"Nyckeltalet ”{name}” räknar inte de tillfrågade varje månad, per kön där enkäten har det.",
                f"demo/surveys.toml, fältet {key}.respondents_from",
                "Välj ett nyckeltal i measures.toml som gör det, till exempel antal-medarbetare, eller ta bort fältet.",
            )


def _units(catalogue: Catalogue, settings: DemoSettings) -> Iterator[Problem]:
    named = [("units.toml", f"unit.{unit}", unit) for unit in settings.weights.unit]
    named += [("events.toml", f"shift[{i}].unit", s.unit) for i, s in enumerate(settings.events.shift, 1)]
    named += [("events.toml", f"hole[{i}].unit", h.unit) for i, h in enumerate(settings.events.hole, 1)]
    named += [("economy.toml", "provision_unit", settings.economy.provision_unit)]
    for i, segment in enumerate(settings.economy.segment, 1):
        named += [("economy.toml", f"segment[{i}].units", unit) for unit in segment.units]
    for key, flow in settings.flow.items():
        named += [("measures.toml", f"{key}.units", unit) for unit in flow.units]
    for file, field, unit in named:
        if unit not in catalogue.organisation.units:
            yield Problem(
                f"Verksamheten ”{unit}” finns inte.",
                f"demo/{file}, fältet {field}",
                "Rätta namnet eller ta bort det.",
            )


def _months(settings: DemoSettings) -> Iterator[Problem]:
    general = settings.general
    for index in range(general.first.index, general.last.index + 1):
        if Month(index).iso not in settings.norm.hours:
            yield Problem(
                f"Normtimmar saknas för {Month(index).iso}.",
                "demo/norm_hours.toml, fältet hours",
                "Lägg till månaden.",
            )
    texts = [
        (f"measures.toml, fältet {key}.level", text) for key, f in settings.flow.items() for text in f.level
    ]
    texts += [
        (f"surveys.toml, fältet {key}.level", text) for key, s in settings.survey.items() for text in s.level
    ]
    texts += [("economy.toml, fältet landing", text) for text in settings.economy.landing]
    texts += [("economy.toml, fältet gross.growth", text) for text in settings.economy.gross.growth]
    for where, text in texts:
        try:
            Month.parse(text)
        except ValueError:
            yield Problem(f"”{text}” är ingen månad.", f"demo/{where}", "Skriv till exempel ”2023-10”.")


def _seasons(settings: DemoSettings) -> Iterator[Problem]:
    named = [("economy.toml, fältet gross.season", settings.economy.gross.season)]
    for key, flow in settings.flow.items():
        named += [(f"measures.toml, fältet {key}.season", flow.season)]
        named += [(f"measures.toml, fältet {key}.volume_season", flow.volume_season)]
    for where, name in named:
        if name is not None and name not in settings.general.seasons:
            yield Problem(
                f"Månadsprofilen ”{name}” finns inte.",
                f"demo/{where}",
                "Lägg till den i demo.toml, under seasons.",
            )


def _parts(catalogue: Catalogue, settings: DemoSettings) -> Iterator[Problem]:
    """Denominators: from a volume or from another measure, never in a circle."""
    for key, flow in settings.flow.items():
        for field, name in (("denominator_from", flow.denominator_from), ("cap_from", flow.cap_from)):
            if name is not None and name.partition("#")[0] not in settings.flow:
                yield Problem(
                    f"Nyckeltalet ”{name}” har inga värden i demon.",
                    f"demo/measures.toml, fältet {key}.{field}",
                    "Rätta namnet.",
                )
        if _circular(key, settings):
            yield Problem(
                "Nämnaren går tillbaka till sig själv.",
                f"demo/measures.toml, fältet {key}.denominator_from",
                "Ge något av nyckeltalen en volume.",
            )
        measure = catalogue.measures.get(key)
        if measure is None:
            continue
        if measure.aggregation is Aggregation.SURVEY:
            yield Problem(
                "Nyckeltalet är ett enkätvärde.",
                f"demo/measures.toml, fältet {key}",
                "Flytta det till surveys.toml.",
            )
        own = measure.aggregation.has_denominator and not measure.aggregation.shared_denominator
        if own and flow.volume is None and flow.denominator_from is None:
            yield Problem(
                "Nyckeltalet har en nämnare men ingen volym.",
                f"demo/measures.toml, fältet {key}.volume",
                "Ange volume eller denominator_from.",
            )


def _segments(catalogue: Catalogue, settings: DemoSettings) -> Iterator[Problem]:
    """Segments lie in the demo's months and reach their end, listed units exist in all of theirs, landings lie in
    segments.
    """
    economy, organisation = settings.economy, catalogue.organisation
    measure = catalogue.measures.get(economy.result)
    measured = reporting_units(measure, organisation) if measure else tuple(organisation.units)
    months: set[Month] = set()
    for i, segment in enumerate(economy.segment, 1):
        where = f"demo/economy.toml, fältet segment[{i}]"
        inside = [Month(index) for index in range(segment.first.index, segment.last.index + 1)]
        months |= set(inside)
        if segment.first < settings.general.first or segment.last > settings.general.last:
            yield Problem("Segmentet ligger utanför demons månader.", where, "Rätta first eller last.")
        for unit in (economy.provision_unit, *segment.units):
            if not all(organisation.units[unit].exists_at(month) for month in inside):
                yield Problem(
                    f"Verksamheten ”{unit}” finns inte i alla månader.",
                    f"{where}.units",
                    "Ta bort verksamheten eller dela segmentet.",
                )
            elif unit not in measured:
                yield Problem(
                    f"Verksamheten ”{unit}” har ingen egen ekonomi.", f"{where}.units", "Ta bort den."
                )
    if (end := economy.segment[-1].last) < settings.general.last:
        yield Problem(
            f"Segmenten slutar {end}, före demons sista månad {settings.general.last}.",
            f"demo/economy.toml, fältet segment[{len(economy.segment)}].last",
            "Lägg till ett segment för månaderna efter.",
        )
    for text in economy.landing:
        if Month.parse(text) not in months:
            yield Problem(
                f"Prognosen för {text} ligger utanför segmenten.",
                "demo/economy.toml, fältet landing",
                "Ta bort månaden eller lägg till ett segment.",
            )


def _circular(key: str, settings: DemoSettings) -> bool:
    seen: set[str] = set()
    ahead = [key]
    while ahead:
        flow = settings.flow.get(ahead.pop())
        for name in (flow.denominator_from, flow.cap_from) if flow else ():
            part = (name or "").partition("#")[0]
            if part == key:
                return True
            if part and part not in seen:
                seen.add(part)
                ahead.append(part)
    return False
