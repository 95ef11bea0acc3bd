"""The words of the month's signals: number, unit, period, which way; and the table, the finding and what was looked at."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hsf_kpi.analysis.signals.types import MonthSignals, Signal, SignalKind
from hsf_kpi.analysis.spc.types import Judged, Phase, Process, Refused, Rule, Side, Variation
from hsf_kpi.figures.shape import keys, records
from hsf_kpi.figures.signals import (
    looked_short,
    looked_words,
    nothing_words,
    signal_words,
    signals_finding,
    signals_table,
)
from hsf_kpi.model.codes import Direction, Origin, Status, UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.target import Target, TargetKind
from tests.figures.figure_samples import CONTEXT, OCTOBER, assessment, measure, outcome
from tests.figures.words_rules import HEADING, plain, right

NAMES = {"kirurg": "Kirurgkliniken", "medicin": "Medicinkliniken", "rontgen": "Röntgenkliniken", "lab": "Laboratoriemedicin",
         "hsf": "Hälso- och sjukvårdsförvaltningen"}  # fmt: skip
ABSENCE = measure(subject="Sjukfrånvaron")
DEMO = frozenset({Origin.DEMO})


def cause(
    rule: Rule = Rule.OUTSIDE,
    side: Side = Side.HIGH,
    *,
    better: bool | None = False,
    run: int = 1,
    seasonal: bool = False,
    value: str = "8.1",
    mean: str = "6.7",
    of: Measure = ABSENCE,
    also: tuple[str, ...] = (),
    unit: str = "kirurg",
    since: str | None = "5.2",
) -> Signal:
    variation = {True: Variation.BETTER, False: Variation.WORSE, None: Variation.NEITHER}[better]
    middle, low, high = Fraction(mean), Fraction(mean) - 1, Fraction(mean) + 1
    before = [None if since is None else Judged(i, Fraction(since), middle, low, high) for i in range(9)]
    latest = Judged(9, Fraction(value), middle, low, high, variation, side, rule, run, True)
    process = Process(
        of, unit, tuple(OCTOBER - back for back in range(9, -1, -1)), (*before, latest),
        (Phase(0, 9, 24, middle, Fraction(1)),), (), seasonal, None,
    )  # fmt: skip
    return Signal(SignalKind.CAUSE, unit, OCTOBER, 9.0, better, of, process, also=also, origins=DEMO)


def said(signal: Signal) -> str:
    words = signal_words(signal, NAMES, CONTEXT)
    right(words.headline)
    right(words.detail)
    assert words.detail.endswith(".")
    assert not words.headline.endswith(".")
    return plain(f"{words.shape} {words.headline} | {words.detail}")


@pytest.mark.parametrize(
    ("signal", "words"),
    [
        (
            cause(),
            "■ Kirurgkliniken: sjukfrånvaron ligger över övre styrgränsen"
            " | 8,1 % i oktober 2023 mot medel 6,7 %, vilket är en försämring.",
        ),
        (
            cause(Rule.SHIFT, Side.LOW, better=True, run=9, value="6.68", mean="6.7"),
            "● Kirurgkliniken: sjukfrånvaron har legat under medel nio månader i rad"
            " | 6,68 % i oktober 2023 mot medel 6,70 %, vilket är en förbättring.",
        ),
        (
            cause(Rule.SHIFT, run=7, seasonal=True, better=None),
            "◆ Kirurgkliniken: sjukfrånvaron har legat över månadens medel sju månader i rad"
            " | 8,1 % i oktober 2023 mot medel 6,7 % för oktober.",
        ),
        (
            cause(Rule.TREND, run=7),
            "■ Kirurgkliniken: sjukfrånvaron har ökat sex månader i rad"
            " | 8,1 % i oktober 2023 mot 5,2 % i april 2023, vilket är en försämring.",
        ),
        (
            cause(Rule.TREND, Side.LOW, run=7, seasonal=True),
            "■ Kirurgkliniken: sjukfrånvaron har minskat säsongsjusterat sex månader i rad"
            " | 8,1 % i oktober 2023 mot medel 6,7 % för oktober, vilket är en försämring.",
        ),
        (
            cause(Rule.TREND, run=7, since=None),
            "■ Kirurgkliniken: sjukfrånvaron har ökat sex månader i rad"
            " | 8,1 % i oktober 2023 mot medel 6,7 %, vilket är en försämring.",
        ),
        (
            cause(Rule.TWO_OF_THREE, Side.LOW, run=2, also=("medicin",)),
            "■ Kirurgkliniken: sjukfrånvaron har legat nära undre styrgränsen två av de tre senaste månaderna"
            " | 8,1 % i oktober 2023 mot medel 6,7 %, vilket är en försämring. Samma sak i Medicinkliniken.",
        ),
        (
            cause(Rule.TWO_OF_THREE, run=3, also=("medicin", "rontgen", "lab", "x", "y")),
            "■ Kirurgkliniken: sjukfrånvaron har legat nära övre styrgränsen de tre senaste månaderna | 8,1 % i oktober 2023"
            " mot medel 6,7 %, vilket är en försämring. Samma sak i Medicinkliniken, Röntgenkliniken, Laboratoriemedicin"
            " och 2 till.",
        ),
    ],
)
def test_a_cause_says_the_rule_then_the_figures(signal: Signal, words: str) -> None:
    assert said(signal) == words


def test_a_name_in_capitals_keeps_them() -> None:
    hme = measure("HME-index", key="hme", unit=UnitOfMeasure.INDEX, direction=Direction.UP)
    assert "Kirurgkliniken: HME-index ligger" in said(cause(of=hme))
    phone = measure("1177 e-tjänster", key="e")
    assert "Kirurgkliniken: 1177 e-tjänster ligger" in said(cause(of=phone))


def target(better: bool, *, frame: bool = False) -> Signal:
    of = ABSENCE
    if frame:
        of = measure("Investeringar", key="inv", unit=UnitOfMeasure.MNKR, direction=Direction.NONE)
    aim = Target(2023, TargetKind.AT_MOST, "6,0", "Planen", high=Decimal("6.0"))
    ends = (OCTOBER - 1, OCTOBER) if better else (OCTOBER, OCTOBER - 1)
    missed, met = (
        assessment(
            outcome(of, value, Period(end, Window.MONTH)),
            aim,
            status,
            bound="6.0",
            reason="skälet till domen",
        )
        for value, status, end in (("6.4", Status.MISSED, ends[0]), ("5.9", Status.MET, ends[1]))
    )
    before, now = (missed, met) if better else (met, missed)
    return Signal(SignalKind.TARGET, "kirurg", OCTOBER, 8.0, better, of, None, before, now, origins=DEMO)


@pytest.mark.parametrize(
    ("better", "frame", "words"),
    [
        (True, False, "● Kirurgkliniken: sjukfrånvaron når nu målet | "),
        (False, False, "■ Kirurgkliniken: sjukfrånvaron når inte längre målet | "),
        (True, True, "● Kirurgkliniken: investeringar är nu inom ramen | "),
        (False, True, "■ Kirurgkliniken: investeringar är inte längre inom ramen | "),
    ],
)
def test_a_target_says_the_reason_and_what_it_was(better: bool, frame: bool, words: str) -> None:
    told = said(target(better, frame=frame))
    unit = "mnkr" if frame else "%"
    assert (
        told
        == f"{words}Oktober 2023: skälet till domen. September 2023 var det {'6,4' if better else '5,9'} {unit}."
    )


def budget(amount: int, share: float) -> Signal:
    return Signal(
        SignalKind.BUDGET,
        "kirurg",
        OCTOBER,
        7.0,
        amount > 0,
        amount=amount,
        share=share,
        origins=frozenset({Origin.LOADED}),
    )


def breach(assignment: str, amount: int | None, in_a_row: int = 0, month: Month = OCTOBER) -> Signal:
    return Signal(
        SignalKind.ASSIGNMENT,
        "kirurg",
        month,
        6.0,
        False,
        assignment=assignment,
        amount=amount,
        in_a_row=in_a_row,
    )


def missing(of: Measure = ABSENCE, *also: str, month: Month = OCTOBER) -> Signal:
    return Signal(SignalKind.MISSING, "hsf", month, 1.0, None, of, also=also)


YEARLY = measure("Antibiotika", key="anti", measured=(Window.YEAR,))


@pytest.mark.parametrize(
    ("signal", "words"),
    [
        (
            budget(-61_400_000, -0.0668),
            "■ Kirurgkliniken: resultatet är 61,4 mnkr sämre än egen budget"
            " | Jan–okt 2023: 6,7 % av den budgeterade kostnaden.",
        ),
        (
            budget(42_000, 0.0123),
            "● Kirurgkliniken: resultatet är 42 tkr bättre än egen budget"
            " | Jan–okt 2023: 1,2 % av den budgeterade kostnaden.",
        ),
        (
            breach("medarbetare", 6, 9),
            "■ Kirurgkliniken: antalet medarbetare ökade med 6 | Oktober 2023 mot september, beslutade omflyttningar"
            " frånräknade. Före det hade uppdraget följts nio månader i rad.",
        ),
        (
            breach("medarbetare", 0, 1),
            "■ Kirurgkliniken: antalet medarbetare minskade inte | Oktober 2023 mot september, beslutade omflyttningar"
            " frånräknade. Uppdraget: hela förvaltningen ska minska varje månad.",
        ),
        (
            breach("medarbetare", 2, 1),
            "■ Kirurgkliniken: antalet medarbetare ökade med 2 | Oktober 2023 mot september, beslutade omflyttningar"
            " frånräknade. Uppdraget: ingen verksamhet ska öka.",
        ),
        (
            breach("hyrpersonal", 1_105_048, month=Month.of(2023, 1)),
            "■ Kirurgkliniken: kostnaden för hyrpersonal ökade med 1,1 mnkr | Januari 2023 mot december."
            " Uppdraget: varje verksamhets kostnad ska minska varje månad.",
        ),
        (
            missing(ABSENCE, "kirurg", "medicin"),
            "○ Sjukfrånvaro: två verksamheter har inte rapporterat oktober 2023"
            " | Kirurgkliniken och Medicinkliniken. Skulle ha rapporterats senast 20 november 2023.",
        ),
        (
            missing(YEARLY, "hsf", month=Month.of(2022, 12)),
            "○ Antibiotika: Hälso- och sjukvårdsförvaltningen har inte rapporterat 2022"
            " | Skulle ha rapporterats senast 20 januari 2023.",
        ),
    ],
)
def test_budgets_assignments_and_late_reports(signal: Signal, words: str) -> None:
    assert said(signal) == words


def test_the_words_lead_to_the_figure() -> None:
    def leads(signal: Signal) -> tuple[str, str, str, str]:
        words = signal_words(signal, {}, CONTEXT)
        return words.page, words.unit_id, words.measure_key, words.assignment

    assert leads(cause()) == ("nyckeltal", "kirurg", "sjukfranvaro", "")
    assert leads(target(True)) == ("nyckeltal", "kirurg", "sjukfranvaro", "")
    assert leads(budget(-9, -0.5)) == ("vagen", "kirurg", "", "")
    assert leads(breach("hyrpersonal", None)) == ("ekonomiatgarder", "kirurg", "", "hyrpersonal")
    assert leads(missing(ABSENCE, "kirurg")) == ("nyckeltal", "hsf", "sjukfranvaro", "")
    assert signal_words(cause(unit="hsf"), {}, CONTEXT).headline.startswith(
        "Hälso- och sjukvårdsförvaltningen:"
    )
    assert signal_words(cause(), {}, CONTEXT).headline.startswith("kirurg:"), "an id where no name is given"


def month(*signals: Signal, **fields: object) -> MonthSignals:
    known = {"units": 2, "series": 420, "judged": 310, "refused": {}, "month": OCTOBER} | fields
    return MonthSignals(signals, **known)  # type: ignore[arg-type]


W, B, N = cause(), cause(better=True), cause(better=None)


@pytest.mark.parametrize(
    ("signals", "words"),
    [
        ((W, W, W, W, B), "Fyra verkliga försämringar och en förbättring i oktober"),
        ((W,), "En verklig försämring i oktober"),
        ((B, B), "Två verkliga förbättringar i oktober"),
        ((N,), "En verklig förändring i oktober"),
        ((W, N, N), "En verklig försämring och två andra förändringar i oktober"),
        ((W, B, N), "En verklig försämring, en förbättring och en annan förändring i oktober"),
        ((), "Inga nya verkliga förändringar i oktober"),
        ((budget(-9, -0.5), missing(ABSENCE, "kirurg")), "Inga nya verkliga förändringar i oktober"),
        ((target(False),), "Inga nya verkliga förändringar i oktober, men ett målvärde nås inte längre"),
        (
            (target(False), target(False), target(True)),
            "Inga nya verkliga förändringar i oktober, men två målvärden nås inte längre och ett målvärde nås nu",
        ),
    ],
)
def test_the_finding(signals: tuple[Signal, ...], words: str) -> None:
    told = signals_finding(month(*signals), NAMES, CONTEXT)
    assert told == words
    right(told, HEADING)


def test_causes_that_are_not_told_are_counted_in_the_finding() -> None:
    found = month(W, left_causes={True: 20, None: 1})
    told = signals_finding(found, NAMES, CONTEXT)
    assert told == "En verklig försämring, 20 förbättringar och en annan förändring i oktober"
    assert (
        signals_finding(month(month=None), NAMES, CONTEXT)
        == "Inga nya verkliga förändringar den valda månaden"
    )


@example({True: 2000, False: 2000, None: 2000}, 9)
@given(st.dictionaries(st.sampled_from([True, False, None]), st.integers(0, 2000)), st.integers(1, 12))
def test_every_finding_and_title_is_short_enough(left: dict[bool | None, int], number: int) -> None:
    at = Month.of(2023, number)
    found = month(left_causes=left, month=at)
    right(signals_finding(found, NAMES, CONTEXT), HEADING)
    right(signals_table(found, NAMES, context=CONTEXT).title, 75)


def test_how_much_was_looked_through() -> None:
    found = month(
        refused={Refused.FEW: 9, Refused.FORECAST: 1, Refused.SEASONAL_SHORT: 100}, by_chance=1, left_out=12
    )
    assert plain(looked_words(found)) == (
        "420 serier i 2 verksamheter är genomgångna; 310 har styrgränser. Av de övriga: 100 följer årets månader och är för"
        " korta, 9 har för få månader och 1 är en prognos. Slumpen ensam ger ungefär fyra nya förändringar i månaden bland"
        " så många. Ett målvärde passerades av slump och räknas inte hit. Tolv mindre"
        " signaler visas inte."
    )
    one = looked_words(month(series=1, units=1, judged=1, by_chance=3, left_out=1))
    assert plain(one) == (
        "1 serie i 1 verksamhet är genomgången; 1 har styrgränser. Tre målvärden passerades av slump och räknas inte hit."
        " En mindre signal visas inte."
    )
    assert plain(looked_short(month())) == "420 serier i 2 verksamheter är genomgångna."
    assert looked_short(month(series=0)) == looked_words(month(series=0))
    assert looked_words(month(series=0)) == "Inga serier finns att gå igenom."
    right(looked_words(month(refused=dict.fromkeys(Refused, 2))))


def test_the_table_has_a_row_for_each_signal_in_their_order() -> None:
    found = month(cause(also=("medicin",)), target(False), budget(-61_400_000, -0.0668), breach("hyrpersonal", 5, 3),
                  missing(ABSENCE, "kirurg"))  # fmt: skip
    figure = signals_table(found, NAMES, context=CONTEXT)
    rows = list(records(figure))
    assert [row["kind"] for row in rows] == ["Förändring", "Målvärde", "Budget", "Uppdrag", "Rapportering"]
    assert [row["better"] for row in rows] == ["■ sämre"] * 4 + ["○ saknas"]
    first, second, third, fourth, last = rows
    assert first["what"] == "Sjukfrånvaron ligger över övre styrgränsen"
    assert (first["unit"], first["also"]) == ("Kirurgkliniken", "Medicinkliniken")
    assert (first["value"], first["mean"], first["low"], first["high"]) == (8.1, 6.7, 5.7, 7.7)
    assert (second["before"], second["now"], second["mean"]) == ("uppnått", "ej uppnått", None)
    assert (third["amount"], third["measured"], third["in_a_row"]) == (-61_400_000, "", None)
    assert third["share"] == pytest.approx(-6.68)
    assert (fourth["in_a_row"], last["value"]) == (3, None)
    assert figure.title == "En verklig försämring i oktober"
    assert figure.origins == {Origin.DEMO, Origin.LOADED}
    assert figure.source.startswith("Källa: inläst, Demodata; varje värdes egen källa")
    assert (figure.context.period, figure.context.view, figure.options["month"]) == (
        "oktober 2023",
        "",
        "2023-10",
    )
    assert {*keys(figure, "shown"), *keys(figure, "file")} <= {column.key for column in figure.columns}
    assert not figure.empty
    assert "Tabell med 5 signaler" in figure.sentence
    for text in (figure.caption, figure.sentence, figure.help):
        right(text)


def test_where_nothing_has_limits_nothing_is_said_to_be_unchanged() -> None:
    """The first year of a database: a month without limits is not a month without change."""
    young = month(breach("hyrpersonal", 1_000_000), judged=0)
    for told in (signals_finding(young, NAMES, CONTEXT), signals_table(young, NAMES, context=CONTEXT).title):
        assert told == "Förändringar kan inte bedömas i oktober"
    missed = signals_finding(month(target(False), judged=0), NAMES, CONTEXT)
    assert missed == "Förändringar kan inte bedömas i oktober, men ett målvärde nås inte längre"
    assert (
        nothing_words(month(judged=0))
        == "Inga serier har styrgränser än, så det går inte att säga vad som är mer än slump."
    )
    # A target that was passed by chance was passed.
    assert nothing_words(month(by_chance=2)) == "Inget av det som rapporterats är mer än slump."


def test_a_table_of_one_kind_has_the_title_of_the_whole_month() -> None:
    found = month(W, B, budget(-9_000_000, -0.5))
    one = signals_table(found, NAMES, context=CONTEXT, only=SignalKind.BUDGET)
    assert one.title == signals_table(found, NAMES, context=CONTEXT).title
    assert [row["kind"] for row in records(one)] == ["Budget"]
    none = signals_table(found, NAMES, context=CONTEXT, only=SignalKind.MISSING)
    assert none.rows == ()
    assert none.empty == "Inget av det här slaget är mer än slump den valda månaden."


def test_an_empty_month_says_so() -> None:
    figure = signals_table(replace(month(), month=None), NAMES, context=CONTEXT)
    assert figure.rows == ()
    assert figure.empty == "Inget av det som rapporterats är mer än slump, och inget målvärde har passerats."
    assert "inga utfall" in figure.source
    assert figure.options["month"] == ""
    one = signals_table(month(W), NAMES, context=CONTEXT)
    assert "Tabell med 1 signal," in one.sentence
