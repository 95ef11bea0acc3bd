"""What a file would change, in sentences: how much is new, what changes, and what to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hsf_kpi.analysis.incoming.totals import is_odd
from hsf_kpi.figures.economy.cells import joined
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.model.incoming import Holds
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.preview import Preview
from hsf_kpi.swedish.dates import month_short, month_text
from hsf_kpi.swedish.numbers import number

KIND_WORD: Mapping[AmountKind, str] = {AmountKind.BUDGET: "budget", AmountKind.ACTUAL: "utfall"}
_NOUN: Mapping[Holds, tuple[str, str, bool]] = {
    Holds.OBSERVATIONS: ("värde", "värden", True),
    Holds.LEDGER: ("belopp", "belopp", True),
    Holds.FORECASTS: ("prognosbelopp", "prognosbelopp", True),
    Holds.MOVES: ("del av en omflyttning", "delar av omflyttningar", False),
    Holds.ACTIVITIES: ("aktivitet", "aktiviteter", False),
    Holds.EXTERNAL: ("publicerat värde", "publicerade värden", True),
}
"""One, several, and whether it is an ett-word."""
_ROWS = ("rad", "rader", False)


def preview_finding(preview: Preview) -> str:
    """«Filen har 1 204 värden för oktober 2023: 1 198 nya, 6 ändrar det som fanns. Två värden sticker ut.»"""
    return " ".join(filter(None, (_contents(preview), _to_look_at(preview))))


def preview_notes(preview: Preview) -> tuple[str, ...]:
    """What must be known beside the tables, a sentence or two each. Final months are told by who refuses them."""
    return tuple(_notes(preview))


def what_key(holds: Holds) -> str:
    """The heading of what the values are of."""
    return "Nyckeltal" if holds is Holds.OBSERVATIONS else "Konto"


def file_period(preview: Preview) -> str:
    """«oktober 2023», «jan 2021–okt 2023»; "" without months."""
    if not preview.months:
        return ""
    first, last = preview.months[0], preview.months[-1]
    return month_text(first) if first == last else f"{month_short(first)}–{month_short(last)}"


def _contents(preview: Preview) -> str:
    one, many, neuter = _NOUN.get(preview.holds, _ROWS)
    period = file_period(preview)
    count = (
        f"{number(preview.rows, 0)} {one if preview.rows == 1 else many}{f' för {period}' if period else ''}"
    )
    if not preview.rows:
        return "Filen har inga rader."
    if preview.nothing_new:
        return f"Filen har {count}, och allt i den finns redan."
    parts = []
    if preview.new:
        parts.append(
            f"{number(preview.new, 0)} {('nytt' if neuter else 'ny') if preview.new == 1 else 'nya'}"
        )
    if preview.changed:
        parts.append(f"{number(preview.changed, 0)} ändrar det som fanns")
    if preview.same:
        parts.append(f"{number(preview.same, 0)} är som förut")
    return f"Filen har {count}: {', '.join(parts)}."


def _to_look_at(preview: Preview) -> str:
    parts = []
    if jumps := len(preview.jumps) + preview.more_jumps:
        parts.append("ett värde sticker ut" if jumps == 1 else f"{how_many(jumps)} värden sticker ut")
    if odd := sum(map(is_odd, preview.totals)):
        more = "minst " if preview.more_totals and odd == len(preview.totals) else ""
        parts.append("en summa sticker ut" if odd == 1 else f"{more}{how_many(odd)} summor sticker ut")
    if units := len({one.unit for one in preview.vanished}):
        more = "minst " if preview.more_vanished else ""
        parts.append(f"{more}{'en verksamhet' if units == 1 else f'{how_many(units)} verksamheter'} saknas")
    if not parts:
        return "" if preview.nothing_new else "Inget sticker ut."
    return f"Titta på det här först: {joined(parts)}."


def _notes(preview: Preview) -> Iterator[str]:
    if preview.gone:
        yield f"{_gone(preview)} {_whole(preview.holds)}"
    if preview.judged:
        series = "serie är jämförd" if preview.judged == 1 else "serier är jämförda"
        told = f"{number(preview.judged, 0)} {series} med sina tidigare månader."
        if preview.unjudged:
            told += f" {number(preview.unjudged, 0)} har för få månader för det."
        yield told
    elif preview.unjudged:
        yield "Ingen serie har tillräckligt många tidigare månader för att visa om nya värden sticker ut."


def _gone(preview: Preview) -> str:
    one, many, neuter = _NOUN.get(preview.holds, _ROWS)
    if preview.gone == 1:
        return f"{'Ett' if neuter else 'En'} {one} som finns i dag tas bort."
    return f"{number(preview.gone, 0)} {many} som finns i dag tas bort."


def _whole(holds: Holds) -> str:
    if holds is Holds.LEDGER:
        return "En verksamhets månad ersätts i sin helhet, budget och utfall var för sig."
    if holds is Holds.FORECASTS:
        return "En prognos från samma dag ersätts i sin helhet."
    return "En omflyttning med samma id ersätts i sin helhet."
