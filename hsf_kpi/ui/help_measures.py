"""The handbook's chapter about every nyckeltal, written from the definitions: in the app from those in force, in
docs/handbok/nyckeltalen.md from the ones of the project (`python scripts/handbook.py --write`).
"""

from __future__ import annotations

from collections.abc import Iterable

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.measure import Measure
from hsf_kpi.swedish.sorting import swedish_key
from hsf_kpi.swedish.words import CADENCE_WORD, DIRECTION_WORD, UNIT_CAPTION, sentence_start
from hsf_kpi.ui.text import escaped

TITLE = "Nyckeltalen"
OUTSIDE = "Utanför planen"
_INTRO = (
    "Planens nyckeltal står per målområde i planens ordning, och sist de som inte hör till planen, i bokstavsordning. "
    "Hela definitionen med täljare, nämnare och målvärden står i appen, på sidan Nyckeltal under ”Om nyckeltalet”. "
    "Orden förklaras i [Begrepp och konventioner](begrepp.md)."
)


def measures_text(catalogue: Catalogue) -> str:
    """Markdown: a part for each målområde, a heading for each nyckeltal."""
    lines = [f"# {TITLE}", "", _INTRO, ""]
    plan = tuple(catalogue.plan_rows())
    for area in catalogue.goal_areas:
        lines += _part(area.name, (measure for measure in plan if measure.goal_area == area.id))
    others = [measure for measure in catalogue.measures.values() if measure.row is None]
    lines += _part(OUTSIDE, sorted(others, key=lambda measure: swedish_key(measure.name)))
    return "\n".join(lines)


def _part(title: str, measures: Iterable[Measure]) -> list[str]:
    lines = [f"## {escaped(title)}", ""]
    for measure in measures:
        lines += [
            f"### {escaped(measure.name)}",
            "",
            escaped(measure.definition.what),
            "",
            _facts(measure),
            "",
        ]
    return lines


def _facts(measure: Measure) -> str:
    often = ", ".join(CADENCE_WORD[window] for window in measure.measured if window in CADENCE_WORD)
    reported = f" Redovisas enligt planen: {measure.reporting}." if measure.row else ""
    told = (
        f"Enhet: {UNIT_CAPTION[measure.unit_of_measure]}. {sentence_start(DIRECTION_WORD[measure.direction])}. "
        f"Mäts {often}, {'också' if measure.by_sex else 'inte'} per kön.{reported} Källa: {measure.source}."
    )
    return escaped(told)
