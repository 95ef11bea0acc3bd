"""What the figures of förbättringsarbetet find: what the activities are to bring, and how much of the gap that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsf_kpi.analysis.economy.improvements import ImprovementTotals
from hsf_kpi.figures.economy.cells import with_mnkr
from hsf_kpi.figures.economy.improvements_words import part_of_gap
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.model.period import Month
from hsf_kpi.model.register import Improvement, Progress
from hsf_kpi.swedish.dates import month_short
from hsf_kpi.swedish.words import sentence_start


def activities(count: int) -> str:
    return f"{how_many(count)} {'aktivitet' if count == 1 else 'aktiviteter'}"


def register_titles(improvements: Sequence[Improvement], months: Sequence[Month]) -> Iterator[str]:
    live = [one for one in improvements if one.status is not Progress.STOPPED]
    if not live:
        yield "Inga förbättringsaktiviteter pågår"
        return
    last = months[-1] if months else None
    expected = [amount for one in live if last and (amount := one.expected_in(last))]
    if last and expected:
        count = sentence_start(activities(len(expected)))
        yield f"{count} ska ge {with_mnkr(sum(expected))} i {month_short(last)}"
    count = sentence_start(activities(len(live)))
    yield f"{count} är {'registrerad' if len(live) == 1 else 'registrerade'}"


def effect_titles(found: ImprovementTotals, gap_to: str) -> Iterator[str]:
    if not found.whole.activities:
        yield "Inga aktiviteter ger någon effekt"
        return
    left = found.whole.remaining
    if left <= 0:
        if found.gap is not None and found.gap >= 0:
            yield f"Gapet{gap_words(gap_to)} är stängt"
        yield "Aktiviteterna väntas inte ge något mer i år"
        return
    if found.covers is not None:
        part = part_of_gap(found.covers)
        yield f"Resten av årets förväntade effekt räcker till {part}{gap_words(gap_to)}"
        yield f"Resten av årets effekt räcker till {part}"
    elif found.gap is not None:
        yield f"Gapet{gap_words(gap_to)} är stängt; {with_mnkr(left)} mer väntas i år"
    yield f"Aktiviteterna väntas ge {with_mnkr(left)} resten av året"


def gap_words(gap_to: str) -> str:
    return f" till {gap_to}" if gap_to else ""
