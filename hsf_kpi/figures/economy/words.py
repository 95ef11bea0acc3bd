"""The words of amounts: mnkr as people read them, how exactly they are told, and parts that add up as shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from hsf_kpi.analysis.economy.types import Phasing
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_name_short, month_text
from hsf_kpi.swedish.numbers import DASH, SPACE, number

UNKNOWN = "–"
LARGE = 100 * MNKR
"""An estimate of this size is told in whole mnkr: a decimal would promise too much."""

PROVISION_ROW = "Förvaltningsledning, underskottspost"
OTHERS = "Övriga verksamheter"
PHASING: dict[Phasing, str] = {
    Phasing.LOADED: "som i den inlästa budgeten",
    Phasing.EVEN: "linjärt (1/12 per månad)",
    Phasing.SEASONAL: "med tidigare års säsong",
}


def mnkr(amount: int | Fraction, decimals: int = 1, *, sign: bool = False) -> str:
    """Kronor → «−861,0»"""
    return number(Fraction(amount, MNKR), decimals, sign=sign)


def mnkr_text(amount: int | Fraction, decimals: int = 1, *, sign: bool = False) -> str:
    """Kronor → «−861,0 mnkr»"""
    return f"{mnkr(amount, decimals, sign=sign)}{SPACE}mnkr"


def told(
    amount: int | Fraction | None, decimals: int = 1, *, sign: bool = False, starred: bool = False
) -> str:
    """In a table's cell: «−861,0*», «» where there is none."""
    if amount is None:
        return ""
    return f"{mnkr(amount, decimals, sign=sign)}{'*' if starred else ''}"


def as_mnkr(amount: int | Fraction | None) -> float | None:
    """Kronor → mnkr as a plain number, for drawing and for files."""
    return None if amount is None else float(Fraction(amount, MNKR))


def shown(amount: int | Fraction, decimals: int = 1) -> int:
    """Kronor rounded to what is shown, halves away from zero: differences of shown amounts are then as shown."""
    step = Fraction(MNKR, 10**decimals)
    whole = int(abs(Fraction(amount)) / step + Fraction(1, 2))
    return int(whole * step) * (-1 if amount < 0 else 1)


def estimate_decimals(amounts: Collection[int]) -> int:
    """0 where each is a forecast of hundreds of mnkr or stated in whole mnkr, else 1."""
    return 0 if all(abs(amount) >= LARGE or amount % MNKR == 0 for amount in amounts) else 1


def goal_words(year_end: int, decimals: int | None = None) -> str:
    """A year's goal in its own precision: «−800», «0», «+800», «−48,3»; `decimals` for one that is not in whole mnkr."""
    own = estimate_decimals([year_end]) if decimals is None else decimals
    return mnkr(year_end, own if year_end % MNKR else 0, sign=year_end > 0)


def adding_up(
    amounts: Sequence[int], total: int, decimals: int = 1, *, kept: Collection[int] = ()
) -> tuple[int, ...]:
    """The amounts rounded to `decimals` of mnkr so that they add up to `total`, which is rounded already. Kronor.

    Each is at most one step from its own rounding. `kept`: places that keep theirs as long as others can give way (those
    that a title names, and which stand elsewhere too). ValueError where the amounts are further from the total than
    rounding explains.
    """
    step = MNKR // 10**decimals
    rounded = [shown(amount, decimals) for amount in amounts]
    missing, odd = divmod(total - sum(rounded), step)
    if odd or abs(missing) > max(len(amounts), 1) or abs(total - sum(amounts)) > step:
        raise ValueError("the amounts do not add up to the total")
    way = 1 if missing > 0 else -1
    error = [(amount - near) * way for amount, near in zip(amounts, rounded, strict=True)]
    order = sorted(range(len(amounts)), key=lambda i: (error[i] <= 0, i in kept, -error[i], i))
    for i in order[: abs(missing)]:
        rounded[i] += way * step
    return tuple(rounded)


def months_words(months: Sequence[Month]) -> str:
    """«jan–okt 2023», «oktober 2023», «nov 2022–okt 2023»; "" for none."""
    if not months:
        return ""
    first, last = months[0], months[-1]
    if first == last:
        return month_text(first)
    start = month_name_short(first.number) + ("" if first.year == last.year else f" {first.year}")
    return f"{start}{DASH}{month_name_short(last.number)} {last.year}"


def listed(words: Sequence[str]) -> str:
    """«augusti», «augusti och september», «juli, augusti och september»"""
    return " och ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def source_line(source: str, *also: str) -> str:
    """The source with more documents after it, each once: begins with «Källa:» and ends with a full stop."""
    body = source.removeprefix("Källa:").strip().removesuffix(".")
    more = [plain for text in also if (plain := text.strip().removesuffix(".")) not in body]
    return f"Källa: {'; '.join(text for text in (body, *more) if text)}."
