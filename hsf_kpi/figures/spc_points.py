"""What a judged point shows, in words: the pattern that it belongs to, and the title that follows from the latest one."""

from __future__ import annotations

from hsf_kpi.analysis.spc.types import Judged, Process, Rule, Side, Variation
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.swedish.dates import month_name, month_text
from hsf_kpi.swedish.words import sentence_start

_LIMIT = {Side.HIGH: "övre styrgränsen", Side.LOW: "undre styrgränsen"}
_SIDE = {Side.HIGH: "över", Side.LOW: "under"}
_WAY = {Side.HIGH: "stigande", Side.LOW: "sjunkande"}
_MOVED = {Side.HIGH: "stigit", Side.LOW: "sjunkit"}

_WORD = {
    Variation.COMMON: "Vanlig variation",
    Variation.BETTER: "Förbättring",
    Variation.WORSE: "Försämring",
    Variation.NEITHER: "Förändring",
}


def variation_word(variation: Variation, side: Side | None = None) -> str:
    """«Förbättring», «Försämring», «Vanlig variation»; where no way is better «Högre värden» or «Lägre värden»."""
    if variation is Variation.NEITHER and side is not None:
        return "Högre värden" if side is Side.HIGH else "Lägre värden"
    return _WORD[variation]


def pattern(process: Process, index: int, rule: Rule, side: Side) -> tuple[int, int] | None:
    """(first, last) of the pattern of a rule that the point belongs to: its hits and those that overlap them."""
    hits = [hit for hit in process.hits if hit.rule is rule and hit.side is side]
    first = last = index
    grown = False
    while found := [
        h for h in hits if h.first <= last and h.last >= first and (h.first < first or h.last > last)
    ]:
        first, last = min(first, *(h.first for h in found)), max(last, *(h.last for h in found))
        grown = True
    return (first, last) if grown else None


def point_words(process: Process, index: int) -> str:
    """Which rule a point of special cause met, without capital: «14 månader i rad under medel»; "" for common cause.

    A point inside a run tells the whole run as known at the chosen month.
    """
    point = process.points[index]
    if point is None or point.rule is None or point.side is None:
        return ""
    latest = index == len(process.points) - 1
    if point.rule is Rule.OUTSIDE:
        return _outside_words(process, index, point, point.side, latest)
    extent = pattern(process, index, point.rule, point.side)
    length = point.run if latest or extent is None else extent[1] - extent[0] + 1
    if point.rule is Rule.TREND:
        adjusted = "säsongsjusterat " if process.seasonal else ""
        return f"{adjusted}{_WAY[point.side]} {length} månader i rad"
    if point.rule is Rule.SHIFT:
        return _shift_words(process, point.side, length)
    return f"{min(max(point.run, 2), 3)} av 3 månader nära {_LIMIT[point.side]}"


def _outside_words(process: Process, index: int, point: Judged, side: Side, latest: bool) -> str:
    """«utanför undre styrgränsen», and the run on the same side of the mean that it ends."""
    limit = f"utanför {_LIMIT[side]}"
    shift = pattern(process, index, Rule.SHIFT, side)
    length = 0 if shift is None else (index if latest else shift[1]) - shift[0] + 1
    if length > point.run:
        run = _shift_words(process, side, length)
        if not latest:
            return f"{run} och {limit}"
        return f"{run}, {'den' if point.run < 2 else f'de {how_many(point.run)}'} senaste {limit}"
    return f"{point.run} månader i rad {limit}" if latest and point.run > 1 else limit


def _shift_words(process: Process, side: Side, length: int) -> str:
    mean = "månadens medel" if process.seasonal else "medel"
    return f"{length} månader i rad {_SIDE[side]} {mean}"


def signal_text(process: Process, index: int) -> str:
    """«Förbättring: 14 månader i rad under medel»; "" for common cause and where there is nothing to judge."""
    point, words = process.points[index], point_words(process, index)
    return f"{variation_word(point.variation, point.side)}: {words}" if point is not None and words else ""


def change_finding(process: Process) -> str:
    """The title of a curve with limits: what the latest point says; "" where it can't be judged. At most 75 characters."""
    point, index = process.latest, len(process.points) - 1
    if point is None or point.mean is None:
        return ""
    month = month_name(process.months[-1])
    if point.rule is None or point.side is None:
        nothing = f"Inga verkliga förändringar i {month}"
        before = [at for one, at in zip(process.points, process.months, strict=True) if one and one.rule]
        return f"{nothing}; den senaste var i {month_text(before[-1])}" if before else nothing
    side = point.side
    shift = pattern(process, index, Rule.SHIFT, side)
    if point.rule is Rule.SHIFT or (point.rule is Rule.OUTSIDE and shift is not None):
        first = index - point.run + 1 if shift is None else shift[0]
        mean = "sitt månadsmedel" if process.seasonal else "medelvärdet"
        return f"Sedan {month_text(process.months[first])} ligger varje månad {_SIDE[side]} {mean}"
    if point.rule is Rule.TREND:
        since = month_text(process.months[max(index - point.run + 1, 0)])
        moved = f"har värdet {_MOVED[side]} varje månad sedan {since}"
        return f"Säsongsjusterat {moved}" if process.seasonal else _as_main_clause(moved)
    if point.rule is Rule.OUTSIDE:
        if point.run > 1:
            return f"De {how_many(point.run)} senaste månaderna ligger utanför den {_LIMIT[side]}"
        return f"{sentence_start(month)} ligger utanför den {_LIMIT[side]}"
    few = "De tre senaste månaderna" if point.run > 2 else "Två av de tre senaste månaderna"
    return f"{few} ligger nära den {_LIMIT[side]}"


def _as_main_clause(moved: str) -> str:
    return f"Värdet {moved.replace(' värdet', '', 1)}"
