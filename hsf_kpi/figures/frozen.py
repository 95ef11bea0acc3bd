"""A report as bytes that mean the same for ever, and the mark of its edition on it.

The bytes are JSON in one form only (keys sorted, ASCII, no spaces), so that equal reports have equal bytes and one hash.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hsf_kpi.figures.frozen_codec import plain, reader
from hsf_kpi.figures.report import EditionMark, Part, Report
from hsf_kpi.model.edition import FORMAT
from hsf_kpi.model.problems import Problem, StoreError


def freeze(report: Report) -> bytes:
    """All that the report says, without the mark of an edition: that holds the hash of these bytes.

    TypeError for a value of another kind than a Figure holds.
    """
    found = {"format": FORMAT, "report": plain(unmarked(report))}
    return json.dumps(found, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def thaw(content: bytes) -> Report:
    """The report that was frozen, equal to it. StoreError for bytes of a later program, or that can't be read."""
    try:
        found = json.loads(content.decode("ascii"), parse_constant=_no_number)
        version = found["format"]
        if isinstance(version, int) and version > FORMAT:
            raise _newer(version)
        if version != FORMAT:
            raise ValueError(f"no such format: {version}")
        report: Report = reader(Report)(found["report"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise StoreError(
            Problem(
                "Utgåvans innehåll går inte att läsa.",
                "utgåva",
                "Be den som sköter servern att hämta den ur en säkerhetskopia.",
            )
        ) from error
    return report


def marked(report: Report, mark: EditionMark) -> Report:
    """The report with the mark, and with «rapport 2023-10-kirurgkliniken-7c1f20ab» in every figure's context: what
    follows a figure into every file.
    """
    return _with_mark(report, mark, f"rapport {mark.id}")


def unmarked(report: Report) -> Report:
    """As it was before `marked`."""
    return _with_mark(report, None, "")


def _with_mark(report: Report, mark: EditionMark | None, words: str) -> Report:
    def part(one: Part) -> Part:
        figure = one.figure
        return replace(one, figure=replace(figure, context=replace(figure.context, edition=words)))

    return replace(
        report,
        edition=mark,
        context=replace(report.context, edition=words),
        sections=tuple(
            replace(section, parts=tuple(part(one) for one in section.parts)) for section in report.sections
        ),
    )


def _no_number(text: str) -> Any:
    raise ValueError(f"not a number: {text}")


def _newer(version: int) -> StoreError:
    return StoreError(
        Problem(
            f"Utgåvan är gjord av en nyare version av programmet (format {version}, känt är {FORMAT}).",
            "utgåva",
            "Uppdatera programmet och öppna den på nytt.",
        )
    )
