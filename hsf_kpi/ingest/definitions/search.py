"""Words to search by (search.toml): what people call measures, units and pages besides their names."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from hsf_kpi.ingest.definitions.around import Around
from hsf_kpi.ingest.definitions.search_shapes import SearchShape, SynonymShape
from hsf_kpi.ingest.definitions.words import named_twice, unknown_unit
from hsf_kpi.model.problems import Problem
from hsf_kpi.model.synonym import Synonym

FILE = "search.toml"


def build_synonyms(shape: SearchShape) -> tuple[Synonym, ...]:
    """In the order of the file. Whether it holds together: see `check_synonyms`."""
    return tuple(
        Synonym(tuple(one.words), tuple(one.measures), tuple(one.units), tuple(one.pages))
        for one in shape.synonym
    )


def check_synonyms(shape: SearchShape, file: str, around: Around) -> list[Problem]:
    """Everything that is wrong with it. Which pages there are is not known here: an unknown one is found by nobody."""
    rows = enumerate(shape.synonym, start=1)
    return [
        *named_twice(file, "synonym", "words", [word for one in shape.synonym for word in one.words]),
        *chain.from_iterable(_check(one, f"{file}: synonym[{number}]", around) for number, one in rows),
    ]


def _check(one: SynonymShape, where: str, around: Around) -> Iterator[Problem]:
    if not (one.measures or one.units or one.pages):
        yield Problem(
            "Orden leder ingenstans.", where, "Ange measures, units eller pages, eller ta bort raden."
        )
    for key in one.measures:
        if around.measures is not None and not _is_measure(key, around.measures):
            yield Problem(
                f"Nyckeltalet ”{key}” finns inte.",
                f"{where}.measures",
                "Ange id för ett nyckeltal i indicators, med eller utan del, eller ta bort det.",
            )
    for unit in one.units:
        yield from unknown_unit(unit, around.units, f"{where}.units")


def _is_measure(key: str, measures: Collection[str]) -> bool:
    """Whether it is a measure, or an indicator with parts."""
    return key in measures or any(one.startswith(f"{key}.") for one in measures)
