"""A figure about one measure carries its definition, for the files that are read without the page."""

from __future__ import annotations

from dataclasses import replace

from hsf_kpi.figures.figure import Figure
from hsf_kpi.model.measure import Measure


def defined(figure: Figure, measure: Measure) -> Figure:
    """The figure with what the measure counts: «What. Täljare: … Nämnare: …»."""
    of = measure.definition
    parts = (
        of.what,
        f"Täljare: {of.numerator}" if of.numerator else "",
        f"Nämnare: {of.denominator}" if of.denominator else "",
        of.note,
    )
    told = " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part)
    return replace(figure, definition=told)
