"""The register of known errors in the sources: it says so the day a source is corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from hsf_kpi.ingest.definitions.reading import Files
from hsf_kpi.ingest.definitions.shapes import SourceErrorShape, SourceErrorsShape
from hsf_kpi.ingest.definitions.targets import TargetFiles
from hsf_kpi.model.catalogue import SourceError
from hsf_kpi.model.problems import Problem

FILE = "source_errors.toml"


def build_source_errors(shape: SourceErrorsShape) -> tuple[SourceError, ...]:
    return tuple(
        SourceError(e.id, e.source, e.where, e.printed, e.expected, e.handling, e.measure)
        for e in shape.source_error
    )


def check_source_errors(shape: SourceErrorsShape, files: Files, file: str) -> list[Problem]:
    """The arithmetic of each entry, and that what is said to be left empty is left empty."""
    problems: list[Problem] = []
    counts = Counter(error.id for error in shape.source_error)
    for error in shape.source_error:
        where = f"{file}: source_error[{error.id}]"
        if counts[error.id] > 1:
            problems.append(Problem("Id används flera gånger.", f"{where}.id", "Ge varje fel ett eget id."))
        problems += _check_arithmetic(error, where)
        if error.measure is not None and files.targets_complete:
            problems += _check_empty(error, files.targets, where)
    return problems


def no_longer_found(shape: SourceErrorsShape, source: str, text: str, file: str = FILE) -> list[Problem]:
    """The entries for `source` whose quote no longer stands in its text: it seems to have been corrected."""
    flat = " ".join(text.split())
    return [
        Problem(
            f"”{error.find}” står inte längre i {source}: källan verkar vara rättad.",
            f"{file}: source_error[{error.id}].find",
            "Läs källan, använd det rätta värdet och ta bort posten.",
        )
        for error in shape.source_error
        if error.source == source and " ".join(error.find.split()) not in flat
    ]


def _check_arithmetic(error: SourceErrorShape, where: str) -> Iterator[Problem]:
    if error.expected_value is None:
        if not error.impossible:
            yield Problem(
                "Posten säger inte varför det tryckta värdet är fel.",
                f"{where}.expected_value",
                "Ange expected_value och terms, eller impossible.",
            )
        return
    total = sum(error.terms, Decimal(0))
    if total != error.expected_value:
        yield Problem(
            f"Termernas summa är {total}, inte {error.expected_value}.",
            f"{where}.terms",
            "Rätta termerna eller expected_value.",
        )
    if error.printed_value == error.expected_value:
        yield Problem(
            f"Det tryckta värdet {error.printed_value} är lika med det väntade: källan verkar vara rättad.",
            f"{where}.printed_value",
            "Ta bort posten ur registret.",
        )


def _check_empty(error: SourceErrorShape, targets: TargetFiles, where: str) -> Iterator[Problem]:
    printed = [
        b
        for _, file in targets
        for b in file.baseline
        if b.measure == error.measure and b.wording == error.printed
    ]
    if not printed:
        yield Problem(
            f"Inget nuvärde för ”{error.measure}” har texten ”{error.printed}”.",
            f"{where}.measure",
            "Behåll källans text i nuvärdets wording.",
        )
    if any(b.value is not None for b in printed):
        yield Problem(
            f"Nuvärdet för ”{error.measure}” har ett värde trots att källans tal är fel.",
            f"{where}.measure",
            "Ta bort value ur nuvärdet.",
        )
