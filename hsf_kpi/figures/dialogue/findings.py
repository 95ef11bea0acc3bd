"""The sentences over what is handed in: what the head has left to answer, and who below is ready. At most 100 signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsf_kpi.analysis.deviating import Deviation
from hsf_kpi.analysis.handed_in import Overview
from hsf_kpi.figures.economy.words import mnkr_text
from hsf_kpi.figures.figure import Context
from hsf_kpi.figures.findings import heading
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.model.dialogue import HandIn
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.words import sentence_start

"""Characters of the sentence over a page."""
FINAL = "slutligt"


def own_page_finding(found: Sequence[Deviation], hand_in: HandIn, context: Context) -> str:
    """«Tre avvikelser behöver ett svar innan dialogen», «Allt är besvarat och klart för dialog»"""
    month = month_text(hand_in.month)
    left = sum(not one.answered for one in found)
    if left:
        start = sentence_start("en avvikelse" if left == 1 else f"{how_many(left)} avvikelser")
        if context.state == FINAL:
            return f"{start} i {month} fick inget svar"
        if hand_in.is_ready:
            return f"Klart för dialog, men {start[:1].lower()}{start[1:]} saknar svar"
        return f"{start} behöver ett svar innan dialogen"
    start = "Allt är besvarat" if found else f"Inget avviker i {month}"
    if hand_in.is_ready:
        return f"{start} och klart för dialog" if found else f"{start}, och det är klart för dialog"
    if context.state == FINAL:
        return f"Allt som avvek i {month} är besvarat" if found else start
    return f"{start} men inte klarmarkerat för dialog" if found else start


def handed_in_finding(found: Overview) -> str:
    """«Nio av elva verksamheter är klara för dialog; deras prognoser är tillsammans −45,3 mnkr»: as much as there is room
    for. The forecasts are those handed in, which need not be of the same units.
    """
    return heading(_overview_sentences(found))


def ready_words(found: Overview) -> str:
    """«Ingen av elva verksamheter är klar för dialog», «Alla två i behörigheten är klara för dialog»"""
    count, ready, of = len(found.rows), found.ready, " verksamheter" if found.all_seen else " i behörigheten"
    if count == 1:
        seen = "" if found.all_seen else " i behörigheten"
        return f"Verksamheten{seen} under är {'klar' if ready else 'inte klar'} för dialog"
    if ready == count:
        return f"Alla {how_many(count)}{of} är klara för dialog"
    start = "Ingen" if not ready else sentence_start(how_many(ready))
    return f"{start} av {how_many(count)}{of} är {'klar' if ready <= 1 else 'klara'} för dialog"


def _overview_sentences(found: Overview) -> Iterator[str]:
    if not found.rows:
        yield "Inga verksamheter lämnar in under den här"
        return
    start, total = ready_words(found), found.total
    if total.result is not None:
        one = total.handed_in == 1
        given = "en prognos är lämnad" if one else f"{how_many(total.handed_in)} prognoser är lämnade"
        yield f"{start}; {given}, {mnkr_text(total.result)}{'' if one else ' tillsammans'}"
    yield start
