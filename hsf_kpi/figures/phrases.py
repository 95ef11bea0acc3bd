"""Swedish phrases that titles, captions and tables share: a value with its star, a difference, a count."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hsf_kpi.analysis.reasons import is_frame, missing_words
from hsf_kpi.analysis.types import Assessment, Outcome
from hsf_kpi.model.codes import Missing, Sex, Status, UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import MONTHLY_WINDOWS, Window
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import (
    MOST_DECIMALS,
    SPACE,
    decimals_to_tell_apart,
    difference_text,
    number,
    value_text,
)
from hsf_kpi.swedish.periods import is_moment, period_words
from hsf_kpi.swedish.words import MISSING_TEXT, STATUS_SHAPE, STATUS_WORD, comparative_for

_COUNTED = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]
_ALREADY_SAID = (Missing.NOT_MEASURED_HERE, Missing.NOT_BY_SEX)


def outcome_text(outcome: Outcome, bound: Fraction | None = None) -> str:
    """«6,6 %», «6,6 %*» for an incomplete sum, or why there is no value («maskerat»).

    With `bound`, as many decimals as tell the value from it.
    """
    if outcome.value is None:
        return why_missing(outcome)
    measure = outcome.measure
    decimals = None if bound is None else decimals_to_tell_apart(outcome.value, bound, measure)
    return value_text(outcome.value, measure, decimals=decimals) + ("*" if outcome.starred else "")


def why_missing(outcome: Outcome) -> str:
    """A few words: «försenat», «maskerat», «mäts inte på denna nivå»."""
    return MISSING_TEXT[Missing.NOT_REPORTED] if outcome.missing is None else missing_words(outcome)


def period_of(outcome: Outcome) -> str:
    """The outcome's own period: «oktober 2023», «jan–okt 2023», «2022»; a stock's is its month in every view."""
    return period_words(outcome.measure, outcome.period)


def difference(amount: Fraction, measure: Measure, *, sign: bool = False) -> str:
    """A difference that is not zero does not read as zero: it gets the decimals it needs, at most four."""
    decimals = decimals_to_tell_apart(amount, 0, measure)
    text = difference_text(amount, measure, decimals=decimals, sign=sign)
    # A title tells the difference alone, so nothing else in it says that it is money.
    return f"{text}{SPACE}kr" if measure.unit_of_measure is UnitOfMeasure.KR_PER_HOUR else text


def change_text(assessment: Assessment) -> str:
    """«0,7 procentenheter lägre än jan–okt 2022», «samma som 2021»; "" with nothing to compare with."""
    if assessment.change is None:
        return ""
    before = period_of(assessment.last_year)
    if not assessment.change:
        return f"{same_words(assessment)} {before}"
    return f"{change_words(assessment)} än {before}"


def change_words(assessment: Assessment) -> str:
    """The same without the period, for a column that says it: «0,7 procentenheter lägre», «samma»."""
    if assessment.change is None:
        return ""
    if assessment.change == 0:
        return "samma"
    word = comparative_for(assessment.measure, assessment.change > 0, assessment.outcome.period.window)
    return f"{difference(abs(assessment.change), assessment.measure)} {word}"


def same_words(assessment: Assessment) -> str:
    """«samma som»; of what is counted «lika många som»."""
    word = comparative_for(assessment.measure, True, assessment.outcome.period.window)
    return "lika många som" if word.startswith("fler") else "samma som"


def is_judged_frame(assessment: Assessment) -> bool:
    """Whether the verdict is on a frame of money: staying inside it is no achievement, and is not called one."""
    target = assessment.target
    judged = assessment.status is not Status.NOT_ASSESSABLE
    return judged and target is not None and is_frame(assessment.measure, target)


def verdict_word(assessment: Assessment) -> str:
    """«ej uppnått»; of a frame «inom ram» or «över ram»."""
    if is_judged_frame(assessment):
        return "inom ram" if assessment.status is Status.MET else "över ram"
    return STATUS_WORD[assessment.status]


def verdict_text(assessment: Assessment) -> str:
    """«■ ej uppnått»: the shape and the word together, never one without the other."""
    return f"{STATUS_SHAPE[assessment.status]}{SPACE}{verdict_word(assessment)}"


def used_text(used: Fraction) -> str:
    """The degree of use in percent; «100,0 %» only when it is exactly that."""
    decimals = 1
    while decimals < MOST_DECIMALS and used != 100 and number(used, decimals) == number(100, decimals):
        decimals += 1
    return f"{number(used, decimals)}{SPACE}%"


def latest_words(outcome: Outcome) -> str:
    """The period as a label at the end of a curve: «oktober», «jan–okt», «rullande 12», «2022»."""
    text, window = period_of(outcome), outcome.period.window
    if window is Window.MONTH or is_moment(outcome.measure, window):
        return month_text(outcome.period.end).removesuffix(f" {outcome.period.end.year}")
    if window is Window.YTD:
        return text.removesuffix(f" {outcome.period.end.year}")
    return f"rullande{SPACE}12" if window is Window.R12 else text


def target_wording(assessment: Assessment) -> str:
    """The plan's own words, untouched; "" without a target."""
    return assessment.target.wording if assessment.target else ""


def missing_finding(name: str, outcome: Outcome) -> str:
    """Why there is no value, as a sentence with a verb."""
    missing = outcome.missing or Missing.NOT_REPORTED
    words, period = why_missing(outcome), period_of(outcome)
    if missing in _ALREADY_SAID:
        return f"{name} {words}"
    if missing is Missing.MEASURING_STARTED:
        return "Mätningen har börjat, men det finns inget utfall än"
    if missing is Missing.TOO_SHORT:
        return f"{name} har mätts {words}"
    if missing is Missing.ZERO_DENOMINATOR:
        return f"{name} kan inte beräknas för {period}: {words}"
    if missing is Missing.NOT_APPLICABLE and words != MISSING_TEXT[missing]:
        return f"{name} {words}"
    return f"{name}: värdet för {period} är {words}"


def how_many(count: int, *, capital: bool = False) -> str:
    """«två», «Elva», «25»: whole numbers up to twelve in words, as in running Swedish text."""
    text = _COUNTED[count] if count < len(_COUNTED) else number(count, 0)
    return text[:1].upper() + text[1:] if capital else text


def units_words(count: int) -> str:
    """«1 verksamhet», «11 verksamheter»"""
    return f"{number(count, 0)} {'verksamhet' if count == 1 else 'verksamheter'}"


def sex_text(sex: Sex) -> str:
    return {Sex.ALL: "Alla", Sex.WOMEN: "Kvinnor", Sex.MEN: "Män"}[sex]


def is_curve(measure: Measure, outcomes: Sequence[Outcome]) -> bool:
    """Whether the outcomes are a monthly series, drawn as a curve; others are dots.

    Without any outcomes the measure's own cadence decides.
    """
    return outcomes[-1].period.window in MONTHLY_WINDOWS if outcomes else measure.monthly
