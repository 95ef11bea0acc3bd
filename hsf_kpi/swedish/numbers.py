"""Swedish numbers: decimal comma, U+00A0 between thousands and before a unit, U+2212 as minus.

Hand-assembled, since a page formats thousands of them and Babel's own formatter takes ten times as long; the
separators are Babel's, and tests hold the numbers against it. Rounding is done here only, half away from
zero.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from babel.numbers import get_decimal_symbol, get_group_symbol, get_minus_sign_symbol

from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.model.measure import Measure

Number = Fraction | Decimal | float | int

SPACE = "\N{NO-BREAK SPACE}"
MINUS = get_minus_sign_symbol(locale="sv")
COMMA = get_decimal_symbol(locale="sv")
GROUP = get_group_symbol(locale="sv")
DASH = "\N{EN DASH}"

MOST_DECIMALS = 4
"""More would promise a precision that no source has."""

_UNIT = {
    UnitOfMeasure.PERCENT: "%",
    UnitOfMeasure.MINUTES: "min",
    UnitOfMeasure.MNKR: "mnkr",
    UnitOfMeasure.KR_PER_HOUR: "kr/timme",
    UnitOfMeasure.COUNT: "",
    UnitOfMeasure.FTE: "",
    UnitOfMeasure.INDEX: "",
    UnitOfMeasure.PER_100: f"per{SPACE}100",
    UnitOfMeasure.PER_1000: f"per{SPACE}1{GROUP}000",
    UnitOfMeasure.RATIO: "",
    UnitOfMeasure.POINTS_PER_FTE: "poäng/årsarbetare",
}


RATES = frozenset(
    {
        UnitOfMeasure.KR_PER_HOUR,
        UnitOfMeasure.PER_100,
        UnitOfMeasure.PER_1000,
        UnitOfMeasure.POINTS_PER_FTE,
    }
)
"""Units that are named once in a sentence."""


def number(value: Number, decimals: int, *, sign: bool = False) -> str:
    """1035.46 with one decimal → «1 035,5»; `sign` puts a plus before what is above zero. Never «−0,0».

    ValueError (or OverflowError) for a value that is not finite.
    """
    return _write(_scaled(value, 10**decimals), decimals, sign)


def value_text(
    value: Number, measure: Measure, *, unit: bool = True, decimals: int | None = None, sign: bool = False
) -> str:
    """A value with its unit: «78,0 %», «−861,0 mnkr», «7:42 min», «4 999», «1,3 per 100».

    `decimals` are the measure's when not given; for durations (decimal minutes inside) they are decimals
    of the seconds, none when not given.
    """
    text, unit_text = value_and_unit(value, measure, decimals=decimals, sign=sign)
    return f"{text}{SPACE}{unit_text}" if unit and unit_text else text


def value_and_unit(
    value: Number, measure: Measure, *, decimals: int | None = None, sign: bool = False
) -> tuple[str, str]:
    """The parts of `value_text`, for a tile with a small unit: («78,0», «%»). The unit may be empty."""
    places = _base_decimals(measure) if decimals is None else decimals
    if measure.unit_of_measure is UnitOfMeasure.MINUTES:
        return _duration(value, places, sign), _UNIT[measure.unit_of_measure]
    return number(value, places, sign=sign), _UNIT[measure.unit_of_measure]


def difference_text(
    value: Number, measure: Measure, *, decimals: int | None = None, sign: bool = False
) -> str:
    """A difference between two values: as `value_text`, except that shares differ by «procentenheter».

    Rates differ by a plain number: «1,4 per 100 är 0,1 högre».
    """
    if measure.unit_of_measure is not UnitOfMeasure.PERCENT:
        unit = measure.unit_of_measure not in RATES
        return value_text(value, measure, unit=unit, decimals=decimals, sign=sign)
    text = number(value, measure.decimals if decimals is None else decimals, sign=sign)
    return f"{text}{SPACE}{'procentenhet' if text.lstrip('+' + MINUS) == '1' else 'procentenheter'}"


def bound_text(bound: Decimal, measure: Measure, *, unit: bool = True) -> str:
    """A number of the plan in its own precision: 6.0 → «6,0 %», 8 → «8 min», -800 → «−800 mnkr»."""
    minutes = measure.unit_of_measure is UnitOfMeasure.MINUTES
    text = _duration(bound, 0, False) if minutes and bound % 1 else number(bound, places(bound))
    unit_text = _UNIT[measure.unit_of_measure]
    return f"{text}{SPACE}{unit_text}" if unit and unit_text else text


def places(value: Decimal) -> int:
    """The decimals that a number of the plan is written with: 6.0 → 1."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def range_text(low: Decimal, high: Decimal, measure: Measure) -> str:
    """A band of the plan: «85–90 %»; with a word between the numbers where a minus would meet the dash."""
    between = f"{SPACE}till{SPACE}" if low < 0 or high < 0 else DASH
    return f"{bound_text(low, measure, unit=False)}{between}{bound_text(high, measure)}"


def decimals_to_tell_apart(value: Number, bound: Number, measure: Measure) -> int:
    """The decimals that tell `value` and `bound` apart in print: the measure's own, or more, at most four.

    The difference between them does not print as zero either. Equal values get the measure's own. The answer
    is meant for `decimals` of the functions above.
    """
    base = _base_decimals(measure)
    exact, limit = _exact(value), _exact(bound)
    if exact == limit:
        return base
    factor = 60 if measure.unit_of_measure is UnitOfMeasure.MINUTES else 1
    for decimals in range(base, MOST_DECIMALS):
        step = factor * 10**decimals
        if _scaled(exact, step) != _scaled(limit, step) and _scaled(exact - limit, step):
            return decimals
    return max(base, MOST_DECIMALS)


def decimals_that_add_up(
    value: Number, bound: Number, measure: Measure, *, stated: Decimal | None = None
) -> int | None:
    """As `decimals_to_tell_apart`, and such that the printed value and bound differ by the printed difference.

    stated: the bound as the plan prints it, where it is shown so instead of in those decimals. None where up
    to four decimals don't do it: the difference is then «cirka».
    """
    exact, limit = _exact(value), _exact(bound)
    minutes = measure.unit_of_measure is UnitOfMeasure.MINUTES
    least = decimals_to_tell_apart(value, bound, measure)
    if stated is not None and not minutes:
        least = max(least, min(places(stated), MOST_DECIMALS))
    for decimals in range(least, max(least, MOST_DECIMALS) + 1):
        step = (60 if minutes else 1) * 10**decimals
        shown = _scaled(limit, step) if stated is None else limit * step
        if _scaled(exact, step) - shown == _scaled(exact - limit, step):
            return decimals
    return None


def _base_decimals(measure: Measure) -> int:
    return 0 if measure.unit_of_measure is UnitOfMeasure.MINUTES else measure.decimals


def _exact(value: Number) -> Fraction:
    """A float stands for the shortest decimal number that it prints as, not for its binary neighbour."""
    return Fraction(Decimal(repr(float(value)))) if isinstance(value, float) else Fraction(value)


def _scaled(value: Number, factor: int) -> int:
    """value × factor as a whole number, halves away from zero."""
    if isinstance(value, float):
        value = Decimal(repr(float(value)))
    numerator, denominator = value.as_integer_ratio()
    whole = (2 * abs(numerator) * factor + denominator) // (2 * denominator)
    return -whole if numerator < 0 else whole


def _write(scaled: int, decimals: int, sign: bool) -> str:
    whole, rest = divmod(abs(scaled), 10**decimals)
    text = f"{whole:,}".replace(",", GROUP)
    if decimals:
        text = f"{text}{COMMA}{rest:0{decimals}d}"
    return _signed(text, scaled, sign)


def _duration(minutes: Number, decimals: int, sign: bool) -> str:
    """Decimal minutes as m:ss; rounded as seconds, so that 7 min 59,6 s becomes 8:00 and never 7:60."""
    scaled = _scaled(minutes, 60 * 10**decimals)
    whole, rest = divmod(abs(scaled), 60 * 10**decimals)
    seconds, fraction = divmod(rest, 10**decimals)
    text = f"{_write(whole, 0, False)}:{seconds:02d}"
    if decimals:
        text = f"{text}{COMMA}{fraction:0{decimals}d}"
    return _signed(text, scaled, sign)


def _signed(text: str, scaled: int, sign: bool) -> str:
    if scaled < 0:
        return MINUS + text
    return "+" + text if sign and scaled > 0 else text
