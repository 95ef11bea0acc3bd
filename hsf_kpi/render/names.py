"""File names that say what is in the file: «hsf-nyckeltal_vardgaranti-besok_medicinkliniken_2023-10.csv»."""

from __future__ import annotations

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.shape import slug


def file_name(figure: Figure, extension: str) -> str:
    """Figure, unit, latest month (left out when there is none), and the day whose knowledge it shows where that is not now;
    only a–z, 0–9, - and _ before the dot.
    """
    parts = [
        "hsf-nyckeltal",
        slug(figure.slug),
        slug(figure.context.unit_id),
        slug(figure.options.get("month", "")),
        f"per-{figure.context.known.isoformat()}" if figure.context.known else "",
    ]
    return f"{'_'.join(part for part in parts if part)}.{slug(extension)}"
