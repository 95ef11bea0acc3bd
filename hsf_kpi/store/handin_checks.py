"""What must hold of what is handed in before it is written. Every problem at once, in Swedish; `where` names the field
as its form does.
"""

from __future__ import annotations

from typing import Final

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.dialogue import LONGEST_LINE, LONGEST_TEXT, Analysis, OwnForecast, PlannedAction
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import Problem
from hsf_kpi.store.handin_text import clean_action, clean_analysis, clean_forecast
from hsf_kpi.store.typed import Found, of_function, of_month, of_text, problems
from hsf_kpi.swedish.dates import month_text

MOST_KRONOR: Final = 1000 * MNKR
MOST_RESULT: Final = 100_000 * MNKR
MOST_MONTHS: Final = 120
"""From the month to the one when an åtgärd is done."""


def analysis_problems(analysis: Analysis, catalogue: Catalogue) -> list[Problem]:
    """Everything that is wrong with the analysis and its helårsbedömning."""
    return problems(_of_analysis(clean_analysis(analysis), catalogue))


def action_problems(action: PlannedAction, catalogue: Catalogue) -> list[Problem]:
    """Everything that is wrong with the åtgärd."""
    return problems(_of_action(clean_action(action), catalogue))


def forecast_problems_of(forecast: OwnForecast, catalogue: Catalogue) -> list[Problem]:
    """Everything that is wrong with the own forecast."""
    return problems(_of_forecast(clean_forecast(forecast), catalogue))


def place_problems(unit: str, month: Month, catalogue: Catalogue) -> list[Problem]:
    """Whether something can be handed in for the unit in the month at all."""
    return problems(_of_place(unit, month, catalogue))


def _of_analysis(one: Analysis, catalogue: Catalogue) -> Found:
    yield from _of_place(one.unit, one.month, catalogue)
    yield from _of_measure(one.measure, catalogue)
    if not one.text:
        yield "Analysen är tom.", "analys", "Skriv vad utfallet beror på."
    yield from of_text(one.text, LONGEST_TEXT, "analys")
    if one.year_end is not None and not one.year_end_reason:
        yield (
            "Helårsbedömningen saknar motivering.",
            "motivering",
            "Skriv varför målet bedöms nås eller inte.",
        )
    if one.year_end is None and one.year_end_reason:
        yield (
            "Det finns en motivering men ingen helårsbedömning.",
            "helårsbedömning",
            "Välj en bedömning, eller ta bort motiveringen.",
        )
    yield from of_text(one.year_end_reason, LONGEST_TEXT, "motivering")


def _of_action(one: PlannedAction, catalogue: Catalogue) -> Found:
    yield from _of_place(one.unit, one.month, catalogue)
    yield from _of_measure(one.measure, catalogue)
    for text, where, empty, todo in (
        (one.what, "åtgärd", "Det står inte vad som ska göras.", "Skriv vad som ska göras."),
        (one.responsible, "ansvarig funktion", "Ingen ansvarig är angiven.",
         "Ange en funktion, till exempel Verksamhetschef."),
        (one.effect, "väntad effekt", "Den väntade effekten saknas.", "Skriv vad åtgärden väntas ge."),
    ):  # fmt: skip
        if not text:
            yield empty, where, todo
        yield from of_text(text, LONGEST_LINE, where)
    yield from of_function(one.responsible, "ansvarig funktion")
    if one.due < one.month:
        yield (
            f"Åtgärden ska vara klar {month_text(one.due)}, före månaden som den lämnas in för.",
            "klar senast",
            f"Välj {month_text(one.month)} eller en senare månad.",
        )
    elif one.due > one.month + MOST_MONTHS:
        yield "Åtgärden ska vara klar först om mer än tio år.", "klar senast", "Kontrollera året."
    if one.amount is not None and one.amount < 0:
        yield (
            "Effekten i kronor är mindre än noll.",
            "effekt i kronor",
            "Ange beloppet per år utan minustecken, eller lämna fältet tomt.",
        )
    elif one.amount is not None and one.amount > MOST_KRONOR:
        yield "Effekten är över en miljard kronor per år.", "effekt i kronor", "Kontrollera enheten: kronor."


def _of_forecast(one: OwnForecast, catalogue: Catalogue) -> Found:
    yield from _of_place(one.unit, one.month, catalogue)
    if abs(one.result) > MOST_RESULT:
        yield (
            "Prognosen är större än hundra miljarder kronor.",
            "egen prognos",
            "Kontrollera enheten: kronor.",
        )
    if not one.reason:
        yield "Prognosen saknar motivering.", "motivering till prognosen", "Skriv vad prognosen bygger på."
    yield from of_text(one.reason, LONGEST_TEXT, "motivering till prognosen")


def _of_place(unit: str, month: Month, catalogue: Catalogue) -> Found:
    known = catalogue.organisation.units.get(unit)
    wrong = list(of_month(month))
    yield from wrong
    if not wrong and known is not None and not known.exists_at(month):
        yield (
            f"Verksamheten ”{known.name}” fanns inte i {month_text(month)}.",
            "verksamhet",
            "Välj en annan månad eller verksamhet.",
        )
    if known is None:
        yield f"Verksamheten ”{unit}” finns inte.", "verksamhet", "Välj en verksamhet i listan."


def _of_measure(key: str, catalogue: Catalogue) -> Found:
    if key not in catalogue.measures:
        yield f"Nyckeltalet ”{key}” finns inte.", "nyckeltal", "Välj ett nyckeltal i listan."
