"""Swedish phrases that titles, captions and tables share: a value with its star, a difference, a count."""

from __future__ import annotations

from fractions import Fraction

from hsf_kpi.analysis.types import Assessment, Outcome
from hsf_kpi.model.codes import Missing, Sex, Status
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import MONTHLY_WINDOWS, Window
from hsf_kpi.swedish.dates import month_text, period_text
from hsf_kpi.swedish.numbers import decimals_to_tell_apart, difference_text, number, value_text
from hsf_kpi.swedish.words import MISSING_TEXT, STATUS_SHAPE, STATUS_WORD, comparative

_COUNTED = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]
_ALREADY_SAID = (Missing.NOT_MEASURED_HERE, Missing.NOT_BY_SEX)


def outcome_text(outcome: Outcome, bound: Fraction | None = None) -> str:
    """«6,6 %», «6,6 %*» for an incomplete sum, or why there is no value («maskerat»).

    With `bound`, as many decimals as tell the value from it.
    """
    if outcome.value is None:
        return MISSING_TEXT[outcome.missing or Missing.NOT_REPORTED]
    measure = outcome.measure
    decimals = None if bound is None else decimals_to_tell_apart(outcome.value, bound, measure)
    return value_text(outcome.value, measure, decimals=decimals) + ("*" if outcome.starred else "")


def difference(amount: Fraction, measure: Measure, *, sign: bool = False) -> str:
    """A difference that is not zero does not read as zero: it gets the decimals it needs, at most four."""
    decimals = decimals_to_tell_apart(amount, 0, measure)
    return difference_text(amount, measure, decimals=decimals, sign=sign)


def change_text(assessment: Assessment) -> str:
    """«0,7 procentenheter lägre än jan–okt 2022», «samma som 2021»; "" with nothing to compare with."""
    if assessment.change is None:
        return ""
    link = "än" if assessment.change else "som"
    return f"{change_words(assessment)} {link} {period_text(assessment.last_year.period)}"


def change_words(assessment: Assessment) -> str:
    """The same without the period, for a column that says it: «0,7 procentenheter lägre», «samma»."""
    if assessment.change is None:
        return ""
    if assessment.change == 0:
        return "samma"
    word = comparative(assessment.measure.unit_of_measure, assessment.change > 0)
    return f"{difference(abs(assessment.change), assessment.measure)} {word}"


def status_text(status: Status) -> str:
    """«■ ej uppnått»: the shape and the word together, never one without the other."""
    return f"{STATUS_SHAPE[status]}\N{NO-BREAK SPACE}{STATUS_WORD[status]}"


def latest_words(outcome: Outcome) -> str:
    """The period as a label at the end of a curve: «oktober», «jan–okt», «rullande 12», «2022»."""
    text = period_text(outcome.period)
    if outcome.period.window is Window.MONTH:
        return month_text(outcome.period.end).removesuffix(f" {outcome.period.end.year}")
    if outcome.period.window is Window.YTD:
        return text.removesuffix(f" {outcome.period.end.year}")
    return "rullande\N{NO-BREAK SPACE}12" if outcome.period.window is Window.R12 else text


def target_wording(assessment: Assessment) -> str:
    """The plan's own words, untouched; "" without a target."""
    return assessment.target.wording if assessment.target else ""


def missing_finding(name: str, outcome: Outcome) -> str:
    """Why there is no value, as a sentence with a verb."""
    missing = outcome.missing or Missing.NOT_REPORTED
    words, period = MISSING_TEXT[missing], period_text(outcome.period)
    if missing in _ALREADY_SAID:
        return f"{name} {words}"
    if missing is Missing.MEASURING_STARTED:
        return f"{name} har börjat mätas men har inget värde"
    if missing is Missing.TOO_SHORT:
        return f"{name} har mätts {words}"
    if missing is Missing.ZERO_DENOMINATOR:
        return f"{name} har {words} för {period}"
    return f"{name}: värdet för {period} är {words}"


def how_many(count: int, *, capital: bool = False) -> str:
    """«två», «Elva», «25»: whole numbers up to twelve in words, as in running Swedish text."""
    text = _COUNTED[count] if count < len(_COUNTED) else number(count, 0)
    return text[:1].upper() + text[1:] if capital else text


def sex_text(sex: Sex) -> str:
    return {Sex.ALL: "Alla", Sex.WOMEN: "Kvinnor", Sex.MEN: "Män"}[sex]


def is_curve(outcome: Outcome) -> bool:
    """Whether the outcome belongs to a monthly series, drawn as a curve; others are dots."""
    return outcome.period.window in MONTHLY_WINDOWS
