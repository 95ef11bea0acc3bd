"""What the other definition files say that a file of its own may name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hsf_kpi.ingest.definitions.public_facts import NO_FACTS, PublicFacts
from hsf_kpi.model.organisation import Unit


@dataclass(frozen=True, slots=True)
class Around:
    """What the other files say that a section may name. None: they could not be read, and nothing is held against them."""

    goal_areas: Collection[str] | None
    units: Mapping[str, Unit] | None
    measures: Collection[str] | None
    series: Collection[str]
    """The ids of the public series."""
    focus_areas: Collection[str] | None = None
    """The ids of the insatsområden."""
    facts: PublicFacts = NO_FACTS
